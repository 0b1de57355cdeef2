"""`manage.py check_links`: what is asked, what is kept, what editors see of it."""

import csv
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platforma import links
from platforma.lib.links.check import Outcome
from platforma.lib.links.models import SprawdzonyAdres, Wynik
from platforma.lib.links.request import Client
from platforma.lib.revision import Rewizja
from platforma.lib.spreadsheets import csv_lines
from platforma.management.commands import check_links
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from praktyki.models import ParametrPrawny
from tests import builders
from tests.misbehaving import misbehaving
from tests.platforma.test_link_checker import resolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    client = Client(agent="test", timeout=2, resolve=resolve)
    monkeypatch.setattr(check_links.Command, "client", lambda self, timeout: client)
    with misbehaving() as server:
        server.url = f"http://strona.test:{server.port}"
        yield server


def check(**options):
    call_command("check_links", pause=0, stdout=None, **options)


def result(url):
    return SprawdzonyAdres.objects.get(url=url)


def test_every_field_with_an_address_is_asked():
    labels = {f"{field.model._meta.label}.{field.name}" for field in links.url_fields()}
    assert {
        "praktyki.Zrodlo.url",
        "praktyki.PodstawaPrawna.url",
        "praktyki.ParametrPrawny.zrodlo_url",
        "praktyki.Organizacja.www",
        "praktyki.Jst.ludnosc_zrodlo",
        "spotkania.Material.url",
        "spotkania.Prelegent.www",
    } <= labels


def test_every_row_with_an_address_leads_to_a_page_of_the_desk():
    for field in links.url_fields():
        assert links.way_to_entry(field.model) is not None


def test_results_are_kept_and_repaired_links_clear_themselves(server):
    praktyka = builders.make_praktyka(status="draft")
    praktyka.zrodla.create(tytul="Uchwała", url=f"{server.url}/missing")
    builders.make_organizacja(www=f"{server.url}/moved")
    check()
    broken = result(f"{server.url}/missing")
    assert (broken.wynik, broken.kod) == (Wynik.BRAK, 404) and broken.zawodzi_od
    assert result(f"{server.url}/moved").dokad == f"{server.url}/ok"
    links.keep([(broken.url, Outcome(Wynik.SERWER, 500))])
    assert result(broken.url).zawodzi_od == broken.zawodzi_od  # the first day stays
    links.keep([(broken.url, Outcome(Wynik.DZIALA, 200))])
    assert (result(broken.url).zawodzi_od, result(broken.url).is_broken) == (None, False)


def test_an_address_that_no_entry_names_is_forgotten(server):
    links.keep([("http://dawny.test/", Outcome(Wynik.BRAK, 404))])
    builders.make_organizacja(www=f"{server.url}/ok")
    check()
    assert list(SprawdzonyAdres.objects.values_list("url", flat=True)) == [f"{server.url}/ok"]


def test_only_the_broken_are_asked_again(server):
    for path in ("ok", "broken"):
        builders.make_organizacja(www=f"{server.url}/{path}")
    check()
    server.asked.clear()
    check(broken=True)
    assert server.paths() == [("HEAD", "/broken"), ("GET", "/broken")]


def test_an_interrupted_check_keeps_what_it_found_and_the_next_goes_on_from_there(server, monkeypatch):
    urls = [f"{server.url}/ok?{name}" for name in "abc"]
    for url in urls:
        builders.make_organizacja(www=url)

    def interrupted(self, asked):
        yield asked[0], Outcome(Wynik.DZIALA, 200)
        raise KeyboardInterrupt

    monkeypatch.setattr(check_links.LinkChecker, "check_all", interrupted)
    for checked in (1, 2, 3):
        with pytest.raises(KeyboardInterrupt):
            check()
        assert SprawdzonyAdres.objects.count() == checked


def test_a_machine_without_network_breaks_no_link(server):
    url = "http://unknown.test/"
    builders.make_organizacja(www=url)
    links.keep([(url, Outcome(Wynik.DZIALA, 200))])
    with pytest.raises(CommandError, match="Czy jest sieć"):
        check()
    assert result(url).wynik == Wynik.DZIALA


@pytest.fixture
def dead(server):
    """An address whose server nobody knows, found so nine days ago."""
    url, then = "http://unknown.test/", timezone.now() - timedelta(days=9)
    builders.make_organizacja(www=url)
    links.keep([(url, Outcome(Wynik.DNS))])
    SprawdzonyAdres.objects.update(sprawdzono=then, zawodzi_od=then)
    return result(url)


def test_a_name_that_is_still_dead_is_noted_when_another_server_answers(server, dead):
    witness = f"{server.url}/ok"
    builders.make_organizacja(www=witness)
    links.keep([(witness, Outcome(Wynik.DZIALA, 200))])
    before = result(witness).sprawdzono
    check(broken=True)
    now = result(dead.url)
    assert (now.wynik, now.zawodzi_od) == (Wynik.DNS, dead.zawodzi_od)
    assert now.sprawdzono > dead.sprawdzono
    assert server.paths() == [("HEAD", "/ok")]
    assert result(witness).sprawdzono == before  # it was a question about the network


@pytest.mark.parametrize("witness", [[], ["http://other.unknown.test/"], ["http://unknown.test/other"]])
def test_a_dead_name_is_not_noted_while_nobody_answers(server, dead, witness):
    for url in witness:
        builders.make_organizacja(www=url)
        links.keep([(url, Outcome(Wynik.DZIALA, 200))])
    with pytest.raises(CommandError, match="Czy jest sieć"):
        check(broken=True)
    assert result(dead.url).sprawdzono == dead.sprawdzono


def test_few_servers_are_asked_about_the_network(server, dead, monkeypatch):
    def silent(self, url):
        asked.append(url)
        return Outcome(Wynik.DNS)

    asked = []
    monkeypatch.setattr(check_links.LinkChecker, "check", silent)
    for number in range(9):
        builders.make_organizacja(www=f"http://{number}.test/")
        links.keep([(f"http://{number}.test/", Outcome(Wynik.DZIALA, 200))])
    with pytest.raises(CommandError, match="Czy jest sieć"):
        check(broken=True)
    assert asked == [dead.url, *(f"http://{number}.test/" for number in (8, 7, 6))]


def test_readers_notice_nothing(server):
    builders.make_organizacja(www=f"{server.url}/broken")
    before = list(Rewizja.objects.values_list("number"))
    check()
    assert list(Rewizja.objects.values_list("number")) == before


def test_the_report_names_entries_and_holds_no_formulas(server, tmp_path, monkeypatch):
    builders.make_organizacja(nazwa="Fundacja Świt", www=f"{server.url}/missing")
    links.keep([("=HYPERLINK()", Outcome(Wynik.BLEDNY, note="@zły"))])
    SprawdzonyAdres.objects.filter(url="=HYPERLINK()").update(zawodzi_od=timezone.now() - timedelta(days=9))
    _heading, line = csv_lines(links.report(SprawdzonyAdres.objects.all()))
    assert line.startswith("'=HYPERLINK();") and ";'@zły;" in line
    check(report=tmp_path / "raport.csv")
    with (tmp_path / "raport.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file, delimiter=";")
    assert heading[:3] == ["adres", "wynik", "kod"]
    assert row[:3] == [f"{server.url}/missing", "nie ma takiej strony", "404"]
    assert row[-1] == "organizacja: Fundacja Świt"


def test_a_report_that_cannot_be_written_is_said(server, tmp_path):
    with pytest.raises(CommandError, match="Nie można zapisać raportu"):
        check(report=tmp_path / "nie-ma" / "raport.csv")


def test_the_desk_lists_broken_links_with_their_entries(admin_client):
    praktyka = builders.make_praktyka(tytul="Zielone podwórka")
    praktyka.zrodla.create(tytul="Uchwała", url="https://przyklad.pl/a")
    parametr = ParametrPrawny.objects.create(
        instrument=builders.make_instrument(),
        klucz="prog",
        nazwa="Próg",
        wartosc=1,
        obowiazuje_od="2026-01-01",
        zrodlo_url="https://przyklad.pl/a",
    )
    links.keep(
        [
            ("https://przyklad.pl/a", Outcome(Wynik.BRAK, 404)),
            ("https://przyklad.pl/b", Outcome(Wynik.DZIALA, 200)),
        ]
    )
    page = admin_client.get("/admin/platforma/sprawdzonyadres/").content.decode()
    assert f'href="/admin/praktyki/praktyka/{praktyka.pk}/change/"' in page and "Zielone podwórka" in page
    assert f'href="/admin/praktyki/parametrprawny/{parametr.pk}/change/"' in page
    assert "https://przyklad.pl/b" not in page
    every = admin_client.get("/admin/platforma/sprawdzonyadres/?wynik=wszystkie").content.decode()
    assert "https://przyklad.pl/b" in every
    fine = admin_client.get("/admin/platforma/sprawdzonyadres/?wynik=dziala").content.decode()
    assert "https://przyklad.pl/b" in fine and "https://przyklad.pl/a" not in fine


def test_the_list_asks_no_more_for_more_links(admin_client):
    def queries(count):
        for number in range(count):
            url = f"https://przyklad.pl/{count}/{number}"
            builders.make_praktyka().zrodla.create(tytul="Uchwała", url=url)
            instrument = builders.make_instrument()
            instrument.podstawy_prawne.create(akt="Ustawa", url=url)
            links.keep([(url, Outcome(Wynik.BRAK, 404))])
        with CaptureQueriesContext(connection) as counted:
            admin_client.get("/admin/platforma/sprawdzonyadres/")
        return len(counted)

    assert queries(1) == queries(3)


@pytest.mark.parametrize(
    ("role", "status"), [(None, 403), (REDAKTOR, 200), (WYDAWCA, 200), (ADMINISTRATOR, 200)]
)
def test_the_editors_see_the_list_and_change_nothing(client, role, status):
    links.keep([("https://przyklad.pl/a", Outcome(Wynik.BRAK, 404))])
    row = SprawdzonyAdres.objects.get()
    client.force_login(builders.make_user(role))
    assert client.get("/admin/platforma/sprawdzonyadres/").status_code == status
    assert (
        client.post(f"/admin/platforma/sprawdzonyadres/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    )
