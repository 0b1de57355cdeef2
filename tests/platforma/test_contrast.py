"""Every pair of colours that meets on a page is far enough apart, in each theme (WCAG 2.1: 1.4.3, 1.4.11)."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TEXT, SHAPE = 4.5, 3.0  # a shape is the edge of a control, a focus ring, or a mark that carries meaning

GROUNDS = ("paper", "surface", "sunken")
PAIRS = [
    *[
        (text, ground, TEXT)
        for text in ("ink", "ink-soft", "heading", "link", "link-strong")
        for ground in GROUNDS
    ],
    *[(text, tint, TEXT) for text in ("ink", "ink-soft", "link", "link-strong") for tint in ("brand-tint",)],
    ("accent-ink", "sunken", TEXT),
    ("accent-line", "sunken", SHAPE),
    *[(text, "accent-tint", TEXT) for text in ("ink", "ink-soft", "link", "link-strong", "accent-ink")],
    *[(text, ground, TEXT) for text in ("on-brand", "on-brand-soft") for ground in ("brand", "brand-deep")],
    ("accent", "brand-deep", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "on-brand", TEXT),
    ("positive", "positive-tint", TEXT),
    ("positive", "paper", TEXT),
    ("danger", "paper", TEXT),
    ("danger", "surface", TEXT),
    *[("line-strong", ground, SHAPE) for ground in (*GROUNDS, "brand-tint")],
    *[("accent-line", ground, SHAPE) for ground in ("paper", "surface", "accent-tint")],
    *[("focus", ground, SHAPE) for ground in (*GROUNDS, "brand-tint", "accent-tint")],
]


def themes() -> dict[str, dict[str, str]]:
    """Return `{theme: {token: "#rrggbb"}}` for light, dark, and both with more contrast."""
    usual, more = (CSS / "tokens.css").read_text(), (CSS / "contrast.css").read_text()
    result = {}
    for theme, place in (("light", 1), ("dark", 2)):
        result[theme] = {match[1]: match[place + 1] for match in PAIR.finditer(usual)}
        result[f"{theme}, more contrast"] = result[theme] | {
            match[1]: match[place + 1] for match in PAIR.finditer(more)
        }
    return result


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_known_colours():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", themes())
def test_every_pair_is_far_enough_apart(theme):
    tokens = themes()[theme]
    poor = {
        f"{one} / {other}": round(contrast(tokens[one], tokens[other]), 2)
        for one, other, least in PAIRS
        if contrast(tokens[one], tokens[other]) < least
    }
    assert poor == {}


def test_more_contrast_gives_text_seven_to_one():
    for theme in ("light, more contrast", "dark, more contrast"):
        tokens = themes()[theme]
        for text in ("ink", "ink-soft", "heading", "link"):
            assert contrast(tokens[text], tokens["paper"]) >= 7


def test_colours_are_written_in_tokens_only():
    strays = {
        str(path.relative_to(CSS)): found
        for path in CSS.rglob("*.css")
        if path.name not in ("tokens.css", "contrast.css", "print.css", "admin.css")
        if (found := re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", path.read_text()))
    }
    assert strays == {}
