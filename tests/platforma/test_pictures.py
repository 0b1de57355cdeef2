"""Pictures of links: one for each public practice and meeting, drawn whatever the title."""

import io

import pytest
from PIL import Image

from platforma.lib.pictures import _font, drawn
from platforma.lib.publication import Status
from tests.builders import make_praktyka, make_spotkanie
from tests.reading import read

pytestmark = pytest.mark.django_db


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("make", [make_praktyka, make_spotkanie])
def test_a_page_names_a_picture_that_is_there(client, make):
    row = make(tytul="Łódź łączy & pomaga", streszczenie="Opis „w cudzysłowie”.")
    html = read(client, row).html
    address = f"http://127.0.0.1:8000{row.get_absolute_url()}obraz.png"
    for name, value in {
        "og:title": "Łódź łączy &amp; pomaga",
        "og:description": "Opis „w cudzysłowie”.",
        "og:url": f"http://127.0.0.1:8000{row.get_absolute_url()}",
        "og:image": address,
    }.items():
        assert f'<meta property="{name}" content="{value}">' in html
    response = client.get(row.picture_url)
    assert response["Content-Type"] == "image/png"
    assert opened(response.content).size == (1200, 630)
    assert len(response.content) < 100_000


def test_a_picture_is_drawn_once_for_one_state_of_the_content(client):
    row = make_praktyka(tytul="Pierwszy")
    first = client.get(row.picture_url)
    assert client.get(row.picture_url, headers={"if-none-match": first["ETag"]}).status_code == 304
    row.tytul = "Drugi"
    row.save()
    second = client.get(row.picture_url, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second.content != first.content


@pytest.mark.parametrize("make", [make_praktyka, make_spotkanie])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_what_is_not_public_has_no_picture(client, make, status):
    row = make(status=status)
    assert client.get(row.picture_url).status_code == 404
    if status == Status.ARCHIVED:
        assert "og:image" not in read(client, row).html


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "W" * 400,
        "słowo " * 200,
        "Konstantynopolitańczykowianeczka" * 9,
        "🙂 \x01\n\t ﷽",
        "a\u0301" * 99,
    ],
)
def test_any_text_can_be_drawn(text):
    assert opened(drawn(text, text, text)).size == (1200, 630)


def test_every_polish_letter_has_a_shape_of_its_own():
    from font_source_sans_pro import SourceSansProBold

    font = _font(SourceSansProBold, 60)
    missing = bytes(font.getmask("\U0010fffd"))
    shapes = {bytes(font.getmask(letter)) for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–§"}
    assert missing not in shapes
    assert len(shapes) == 22
