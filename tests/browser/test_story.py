"""One practice from the form that an NGO fills in to the archive, each person in a browser of their own."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests import documents
from tests.browser.people import People, choose, open_waiting, press, send_as_a_person, told
from tests.server import running_server

TITLE = "Mikrogranty dla sąsiadów w Lipowie Wymyślonym"
ADDRESS = "/praktyki/mikrogranty-dla-sasiadow-w-lipowie-wymyslonym/"
REASON = "Podaj źródło. W rozwiązaniu brakuje terminu naboru."
BARRED = "ten wpis opublikuje ktoś inny niż osoba, która go utworzyła"
SUCCESSOR = "Kompas na Powiat Policki"
AHEAD = timedelta(seconds=15)


@pytest.fixture
def people(chrome, tmp_path):
    with running_server(tmp_path, TWO_PERSON_RULE=1) as server:
        people = People(chrome, server)
        yield people
        people.close()


def test_from_a_submission_to_the_archive(people):
    ngo, gmina, reader = people.somebody(), people.somebody(), people.somebody()
    renata, wanda, wiktor = (people.editor(name) for name in ("renata", "wanda", "wiktor"))

    status = send_in(ngo)
    entry = make_draft(renata)
    send_back(wanda, entry)
    correct(renata, entry)
    hear_the_gmina(renata, gmina, entry)
    refuse_the_author(wanda, entry)
    at = schedule(wiktor, entry)
    wait_until_public(reader, gmina, ngo, status, at)
    report = report_error(reader)
    mend(wiktor, reader, report)
    read_history(wanda, entry)
    archive(wiktor, reader, entry)


def send_in(ngo) -> str:
    """Fill the form in; return the address of the submission's status page."""
    ngo.goto("/zglos/")
    ngo.get_by_label("Co to za praktyka?").fill(TITLE)
    ngo.get_by_label("Opisz ją w dwóch zdaniach").fill("Gmina daje sąsiadom po 2000 zł na wspólne prace.")
    ngo.get_by_label("Gdzie ją prowadzono?").fill("Lipowo Wymyślone")
    ngo.get_by_label("Jaka organizacja").fill("Fundacja Wymyślona")
    ngo.get_by_label("Mikrogrant", exact=True).check()
    send_as_a_person(ngo, "Zapisz i przejdź dalej")
    ngo.get_by_label("Co zrobiono, krok po kroku?").fill("Gmina ogłasza nabór raz w roku.")
    press(ngo, "Zapisz i przejdź dalej")
    ngo.locator("#id_plik").set_input_files(
        {"name": "regulamin-naboru.pdf", "mimeType": "application/pdf", "buffer": documents.pdf("Regulamin")}
    )
    press(ngo, "Dodaj plik")
    expect(ngo.get_by_text("regulamin-naboru.pdf").first).to_be_visible()
    ngo.get_by_role("link", name="Przejdź dalej", exact=True).click()
    ngo.get_by_label("Imię i nazwisko").fill("Janina Wymyślona")
    ngo.locator("#id_email").fill("janina@example.org")
    ngo.get_by_label("Znam informację o danych").check()
    press(ngo, "Zapisz i przejdź dalej")
    press(ngo, "Wyślij do redakcji")
    expect(ngo.get_by_text("Czeka, aż redakcja je otworzy.")).to_be_visible()
    return ngo.url


def make_draft(renata) -> str:
    """Make the draft of the submission, with its file, and hand it over; return the address of its form."""
    open_waiting(renata, "Przysłane praktyki", 1)
    renata.get_by_role("link", name=TITLE).click()
    submission = renata.url
    press(renata, "Utwórz szkic praktyki")
    expect(renata.locator("#id_tytul")).to_have_value(TITLE)
    expect(renata.locator("#id_rozwiazanie")).to_have_value("Gmina ogłasza nabór raz w roku.")
    entry = renata.url
    renata.goto(submission)
    press(renata, "Dołącz załączniki do praktyki")
    told(renata, "załączniki są wśród materiałów")
    expect(renata.locator(".readiness-stop")).to_be_visible()
    expect(renata.get_by_role("button", name="Opublikuj")).to_have_count(0)
    press(renata, "Przekaż do sprawdzenia")
    told(renata, "Przekazano do sprawdzenia")
    return entry


def send_back(wanda, entry):
    open_waiting(wanda, "Praktyki do sprawdzenia", 1)
    wanda.get_by_role("link", name=TITLE, exact=True).click()
    expect(wanda).to_have_url(re.compile(re.escape(entry)))
    press(wanda, "Cofnij do szkicu")
    told(wanda, "Napisz, co trzeba poprawić")
    wanda.get_by_label("Powód").fill(REASON)
    press(wanda, "Cofnij do szkicu")
    told(wanda, "Cofnięto do szkicu")


def correct(renata, entry):
    """Read the reason at the desk, add what the readiness asks for, hand it over again."""
    open_waiting(renata, "Praktyki cofnięte do poprawy", 1)
    expect(renata.locator(".sent-back")).to_have_text(REASON)
    renata.get_by_role("link", name=TITLE, exact=True).click()
    expect(renata).to_have_url(re.compile(re.escape(entry)))
    expect(renata.locator(".readiness-stop + .needs li")).to_have_text(
        ["Źródło Co najmniej jedno: czytelnik musi móc sprawdzić, skąd to wiemy."]
    )
    renata.fill("#id_rozwiazanie", "Gmina ogłasza nabór w marcu.")
    press(renata, "Dodaj: źródło")
    renata.fill("#id_zrodla-0-tytul", "Regulamin mikrograntów")
    press(renata, "Przekaż do sprawdzenia")
    told(renata, "Przekazano do sprawdzenia")
    expect(renata.locator(".readiness-go")).to_be_visible()


def hear_the_gmina(renata, gmina, entry):
    """Give the gmina a link; it reads the page and writes, and the editor finds and closes the comment."""
    renata.goto(entry)
    renata.get_by_role("link", name="Linki do podglądu").click()
    renata.get_by_label("Dla kogo").fill("Urząd Gminy Lipowo")
    press(renata, "Utwórz link")
    gmina.goto(renata.get_by_label("Skopiuj go teraz").input_value())
    expect(gmina.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    gmina.get_by_label("Twoja uwaga").fill("Nabór trwa dwa tygodnie.")
    send_as_a_person(gmina, "Wyślij uwagę")
    expect(gmina.get_by_role("status").get_by_text("uwaga dotarła do redakcji")).to_be_visible()
    open_waiting(renata, "Praktyki z uwagami z podglądu", 1)
    renata.get_by_role("link", name=TITLE, exact=True).click()
    expect(renata.locator(".preview-comments")).to_contain_text("Nabór trwa dwa tygodnie.")
    press(renata, "Oznacz jako załatwioną")
    expect(renata.locator(".preview-comments")).to_have_count(0)


def refuse_the_author(wanda, entry):
    """Whoever changes the entry while checking it has become an author, and is refused."""
    wanda.goto(entry)
    wanda.fill("#id_rozwiazanie", "Gmina ogłasza nabór w marcu. Nabór trwa dwa tygodnie.")
    press(wanda, "Opublikuj")
    told(wanda, BARRED)
    expect(wanda.get_by_role("button", name="Opublikuj")).to_have_count(0)


def schedule(wiktor, entry) -> datetime:
    """Publish it with a moment a little ahead, which is returned."""
    wiktor.goto(entry)
    at = datetime.now(ZoneInfo("Europe/Warsaw")).replace(microsecond=0) + AHEAD
    wiktor.get_by_label("Dzień publikacji").fill(f"{at:%d.%m.%Y}")
    wiktor.get_by_label("Godzina publikacji").fill(f"{at:%H:%M:%S}")
    press(wiktor, "Opublikuj")
    told(wiktor, "Opublikowano: od")
    return at


def places(reader) -> list[bool]:
    """Tell of the page, the list, the list searched and the search whether they have the practice."""
    lists = []
    for address in ("/praktyki/?sort=najnowsze", f"/praktyki/?q={TITLE}", f"/szukaj/?q={TITLE}"):
        reader.goto(address)
        lists.append(reader.locator(f'main a[href="{ADDRESS}"]').count() > 0)
    return [reader.goto(ADDRESS).ok, *lists]


def wait_until_public(reader, gmina, ngo, status, at):
    """See it hidden before its moment and everywhere from then on."""
    assert places(reader) == [False] * 4
    gmina.reload()
    expect(gmina.get_by_text("Wpis pojawi się w serwisie")).to_be_visible()
    ngo.goto(status)
    expect(ngo.get_by_text("Redakcja przygotowuje wpis do publikacji.")).to_be_visible()
    assert datetime.now(at.tzinfo) < at, "too slow to see that it was hidden"

    ngo.wait_for_function(f"() => Date.now() >= {at.timestamp() * 1000}")
    ngo.reload()
    expect(ngo.get_by_text("Praktyka jest opublikowana. Dziękujemy!")).to_be_visible()
    ngo.get_by_role("link", name="Zobacz stronę praktyki").click()
    expect(ngo).to_have_url(re.compile(ADDRESS))
    expect(ngo.get_by_role("main")).to_contain_text("Nabór trwa dwa tygodnie.")
    assert places(reader) == [True] * 4


def report_error(reader) -> str:
    """Report an error of the page; return the address where its answer will stand."""
    reader.goto(ADDRESS)
    reader.get_by_role("link", name="Zgłoś błąd na tej stronie").click()
    reader.get_by_label("Co jest nie tak?").fill("Nabór jest w kwietniu, nie w marcu.")
    send_as_a_person(reader, "Wyślij zgłoszenie")
    expect(reader.get_by_text("Czeka, aż redakcja je otworzy.")).to_be_visible()
    return reader.url


def mend(wiktor, reader, report):
    open_waiting(wiktor, "Zgłoszone błędy", 1)
    wiktor.get_by_role("link", name=TITLE).click()
    case = wiktor.url
    expect(wiktor.get_by_text("Nabór jest w kwietniu, nie w marcu.")).to_be_visible()
    wiktor.get_by_role("link", name="popraw wpis").click()
    wiktor.fill("#id_rozwiazanie", "Gmina ogłasza nabór w kwietniu. Nabór trwa dwa tygodnie.")
    wiktor.get_by_role("button", name="Zapisz", exact=True).click()
    told(wiktor, TITLE)
    wiktor.goto(case)
    wiktor.get_by_label("Odpowiedź dla osoby zgłaszającej").fill("Poprawione, dziękujemy.")
    press(wiktor, "Poprawione, zamknij")
    open_waiting(wiktor, "Zgłoszone błędy", 0)
    reader.goto(report)
    expect(reader.get_by_text("Poprawione, dziękujemy.")).to_be_visible()
    reader.goto(ADDRESS)
    expect(reader.get_by_role("main")).to_contain_text("ogłasza nabór w kwietniu")


def read_history(wanda, entry):
    """Find each step with its person, and the two words that the last correction changed."""
    wanda.goto(entry)
    wanda.get_by_role("link", name="Historia", exact=True).first.click()
    story = wanda.locator(".timeline").inner_text()
    for words in ("Renata", "Wanda", "Wiktor", REASON):
        assert words in story
    wanda.get_by_role("link", name=re.compile("^Co się zmieniło")).first.click()
    change = wanda.locator(".difference .change").filter(has=wanda.get_by_text("Rozwiązanie", exact=True))
    expect(change.locator("del")).to_have_text("[usunięto: marcu]")
    expect(change.locator("ins")).to_have_text("[dodano: kwietniu]")


def archive(wiktor, reader, entry):
    """Put a successor in its place; its own address goes on telling so."""
    wiktor.goto(entry)
    wiktor.get_by_label("Powód").fill("Program się skończył.")
    choose(wiktor, "id_step_successor", SUCCESSOR)
    press(wiktor, "Przenieś do archiwum")
    told(wiktor, "Przeniesiono do archiwum")
    reader.goto(ADDRESS)
    expect(reader.get_by_text("Ten wpis jest w archiwum.")).to_be_visible()
    expect(reader.get_by_text("Program się skończył.")).to_be_visible()
    assert places(reader) == [True, False, False, False]
    reader.get_by_role("link", name=SUCCESSOR).first.click()
    expect(reader.get_by_role("heading", name=SUCCESSOR, level=1)).to_be_visible()
