"""The real server reads waiting texts by itself: what stands in a file is found within a minute."""

import time
from urllib.parse import quote
from urllib.request import urlopen

import pytest

SECONDS = 60
INSIDE = {  # words that stand in the file only: the file's material
    "kompletność wniosku": "Wniosek o inicjatywę lokalną – wzór do wypełnienia",
    "załączniki sprawozdanie uproszczone": "Tryb małych zleceń – lista kontrolna dla urzędu",
    "odpowiedzialność ponosi operator": "Regranting krok po kroku – slajdy",
    "dowodu wydatki razem": "Rozliczenie mikrograntu na jednej stronie – wzór",
}


@pytest.mark.browser
def test_words_inside_files_are_found_within_a_minute(site):
    waiting, started = dict(INSIDE), time.monotonic()
    while waiting and time.monotonic() - started < SECONDS:
        for words, title in list(waiting.items()):
            with urlopen(f"{site.url}/materialy/?q={quote(words)}") as page:
                found = page.read().decode()
            if title in strip_marks(found):
                del waiting[words]
        time.sleep(1)
    assert waiting == {}


def strip_marks(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")
