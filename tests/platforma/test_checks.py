"""The system checks find a template that would fail, or that the Content-Security-Policy would break."""

import pytest
from django.conf import settings
from django.test import override_settings

from platforma.checks import templates_are_sound


def check(folder, source):
    (folder / "strona.html").write_text(source)
    with override_settings(TEMPLATES=[settings.TEMPLATES[0] | {"DIRS": [folder]}]):
        return [message.id for message in templates_are_sound(None)]


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead">{{ tytul }}</p>',
        '<script type="module" src="/static/js/a.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '{% include "strona.html" with on="1" style="2" only %}',
        "{# <style> onclick= #}<p data-style=x>styl=a</p>",
    ],
)
def test_a_sound_template_passes(tmp_path, source):
    assert check(tmp_path, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "{% if %}",
        "{{ a|nofilter }}",
        '{% extends "brak.html" %}',
        "{% if x %}{% include 'brak.html' %}{% endif %}",
    ],
)
def test_a_template_that_cannot_work_is_refused(tmp_path, source):
    assert set(check(tmp_path, source)) == {"platforma.E002"}


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<p\nstyle='{{ x }}'>",
        '<a href="#" onclick="go()">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a hx-on:click="go()">',
    ],
)
def test_code_inside_the_page_is_refused(tmp_path, source):
    assert check(tmp_path, source) == ["platforma.E003"]
