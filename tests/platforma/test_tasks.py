"""What waits at the desk: every count is that of the list one click away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platforma.lib.links.models import SprawdzonyAdres
from platforma.lib.mail import Wiadomosc
from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.lib.search.models import Zapytanie
from platforma.models import Zgloszenie
from platforma.roles import REDAKTOR
from platforma.tasks import TASKS
from praktyki.models import ParametrPrawny, Praktyka
from spotkania.models import Spotkanie
from tests import builders

pytestmark = pytest.mark.django_db


def make_practices():
    """Leave, for each task of practices, another number of rows that wait, and some that do not."""
    for number, state in enumerate(("review", "draft", "published"), start=1):
        for _copy in range(number):
            builders.make_praktyka(status=state)
    ahead = timezone.now() + timedelta(days=1)
    scheduled = builders.make_praktyka(published_at=ahead)
    scheduled.zrodla.create(tytul="Źródło")
    builders.make_liczba(scheduled)
    one_voice, both = builders.make_praktyka(), builders.make_praktyka()
    for praktyka, sides in ((one_voice, ("urzad", "urzad")), (both, ("urzad", "organizacja"))):
        for side in sides:
            builders.make_glos(praktyka, side)


def make_work(user):
    """Leave of practices and meetings one draft of `user`, one sent back and one whose review is overdue."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for make in (builders.make_praktyka, builders.make_spotkanie):
        make(status="draft", created_by=user, streszczenie="Jest.")
        make(status="draft", status_reason="Brakuje źródła.", streszczenie="Jest.")
        make(przeglad_do=yesterday, streszczenie="Jest.")


def make_links():
    """Leave a broken link in two practices, a sound one in another, one never checked in a third."""
    for name, wynik in (("zly", "brak"), ("dobry", "dziala")):
        SprawdzonyAdres.objects.create(
            url=f"https://przyklad.pl/{name}", wynik=wynik, sprawdzono=timezone.now()
        )
    for name in ("zly", "zly", "dobry", "nowy"):
        builders.make_praktyka().zrodla.create(tytul="Źródło", url=f"https://przyklad.pl/{name}")


def make_the_rest():
    builders.make_spotkanie(status="review")
    builders.make_spotkanie(status="draft", streszczenie="Jest.")
    builders.make_spotkanie(published_at=timezone.now() + timedelta(days=1))
    unchecked = builders.make_spotkanie(streszczenie="Jest.")
    unchecked.zrodla.create(tytul="Źródło", url="https://przyklad.pl/nowy")
    make_links()
    for entry in (Praktyka.objects.first(), Spotkanie.objects.first()):
        link, _code = LinkPodgladu.objects.issue(entry, dla_kogo="Urząd")
        UwagaPodgladu.objects.receive(link, "Uwaga.", "bilet")
    day = timezone.localdate()
    instrument = builders.make_instrument()
    make_parameter(instrument, "prog", obowiazuje_od=day - timedelta(days=99), obowiazuje_do=day)
    make_parameter(instrument, "prog", obowiazuje_od=day + timedelta(days=1), zweryfikowano=day)
    make_parameter(instrument, "limit", obowiazuje_od=day)
    for words, found in (("nic", 0), ("nic też", 0), ("coś", 3)):
        Zapytanie.objects.create(slowa=words, strona="szukaj", dzien=day, razy=2, wyniki=found)
    for rodzaj in (Zgloszenie.Rodzaj.PRAKTYKA, Zgloszenie.Rodzaj.BLAD, Zgloszenie.Rodzaj.BLAD):
        builders.make_zgloszenie(rodzaj=rodzaj)
        builders.make_zgloszenie(rodzaj=rodzaj, state="accepted", decided_at=timezone.now())
    for error in ("", "OSError: serwer nie odpowiada"):
        Wiadomosc.objects.create(adres="jan@example.org", temat="Przyjęto", error=error)


def make_parameter(instrument, key, **kw):
    ParametrPrawny.objects.create(instrument=instrument, klucz=key, nazwa=key, wartosc=1, **kw)


def waiting(client) -> dict:
    groups = client.get("/admin/").context["waiting"]
    return {task["label"]: task for group in groups for task in group["tasks"]}


def test_each_count_is_that_of_its_list(admin_client, admin_user):
    make_practices()
    make_work(admin_user)
    make_the_rest()
    tasks = waiting(admin_client)
    assert len(tasks) == sum(map(len, TASKS.values()))
    for label, task in tasks.items():
        listed = admin_client.get(task["url"]).context["cl"]
        assert (label, task["count"]) == (label, listed.result_count)
        assert 0 < task["count"] < listed.model.objects.count(), label


def test_each_task_waits_for_what_it_says(admin_client, admin_user):
    make_practices()
    make_work(admin_user)
    make_the_rest()
    counts = {label: task["count"] for label, task in waiting(admin_client).items()}
    assert counts["Praktyki do sprawdzenia"] == 1
    assert counts["Szkice praktyk"] == 4
    assert counts["Moje szkice praktyk"] == counts["Moje szkice spotkań"] == 1
    assert counts["Praktyki cofnięte do poprawy"] == counts["Spotkania cofnięte do poprawy"] == 1
    assert counts["Praktyki do przeglądu"] == counts["Spotkania do przeglądu"] == 1
    assert counts["Praktyki zaplanowane"] == 1
    assert counts["Praktyki z głosem tylko jednej strony"] == 1
    assert counts["Liczby prawne niezweryfikowane po zmianie"] == 1
    assert counts["Praktyki z niedziałającym linkiem"] == 2
    assert counts["Praktyki z linkiem jeszcze niesprawdzonym"] == 2  # the one in review has a source
    assert counts["Wszystkie niedziałające linki"] == 1
    assert counts["Wyszukiwania bez wyników"] == 2
    assert (counts["Przysłane praktyki"], counts["Zgłoszone błędy"]) == (1, 2)


def test_nothing_waits_for_who_may_see_no_list(client):
    client.force_login(builders.make_user())
    assert client.get("/admin/").context["waiting"] == []


def test_the_page_asks_once_a_task(client, django_assert_max_num_queries):
    client.force_login(builders.make_user(REDAKTOR))
    client.get("/admin/")
    own = 8  # the session, the user, their rights, the list of recent steps
    with django_assert_max_num_queries(own + sum(map(len, TASKS.values()))):
        client.get("/admin/")
