"""Plain builders of rows: unique defaults, published unless told otherwise, many-to-many given as lists."""

from datetime import date, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from platforma.lib.publication import Status
from platforma.models import Zgloszenie
from praktyki.models import (
    Glos,
    Instrument,
    Jst,
    LiczbaWysilku,
    Odbiorca,
    Organizacja,
    Praktyka,
    Rozstrzygniecie,
    Temat,
    TerminRoczny,
    Wdrozenie,
    Wojewodztwo,
)
from spotkania.models import Cykl, Material, Prelegent, Spotkanie, Wypowiedz, Wystapienie

_numbers = count(1)


def _make(model, kw, lists=()):
    """Save a row of `model` from `kw`, whose keys named in `lists` are set as related lists."""
    related = {name: kw.pop(name) for name in lists if name in kw}
    row = model.objects.create(**kw)
    for name, values in related.items():
        getattr(row, name).set(values)
    return row


def _make_publishable(model, kw, lists):
    kw.setdefault("status", Status.PUBLISHED)
    if kw["status"] in (Status.PUBLISHED, Status.ARCHIVED):
        kw.setdefault("published_at", timezone.now() - timedelta(days=1))
    return _make(model, kw, lists)


def make_instrument(**kw):
    number = next(_numbers)
    defaults = {"nazwa": f"Instrument {number}", "nazwa_mnoga": f"Instrumenty {number}", "definicja": "Opis."}
    return _make(Instrument, defaults | kw)


def make_wojewodztwo(**kw):
    """Make a voivodeship; its two-digit TERYT code is unique for the first 99 in one test."""
    number = next(_numbers)
    return _make(Wojewodztwo, {"nazwa": f"województwo {number}", "teryt": f"{number % 100:02}"} | kw)


def make_jst(**kw):
    return _make(Jst, {"nazwa": f"Gmina {next(_numbers)}", "typ": Jst.Typ.GMINA_WIEJSKA} | kw)


def make_organizacja(**kw):
    return _make(Organizacja, {"nazwa": f"Fundacja {next(_numbers)}"} | kw)


def make_temat(**kw):
    return _make(Temat, {"nazwa": f"Temat {next(_numbers)}"} | kw)


def make_termin(**kw):
    """Make a yearly term, by default 30 November of the year before the task's."""
    defaults = {
        "nazwa": f"Termin {next(_numbers)}",
        "dzien": 30,
        "miesiac": 11,
        "rok": -1,
        "podstawa": "art. 5a",
    }
    return _make(TerminRoczny, defaults | kw)


def make_odbiorca(**kw):
    return _make(Odbiorca, {"nazwa": f"Odbiorcy {next(_numbers)}"} | kw)


def make_praktyka(**kw):
    defaults = {"tytul": f"Praktyka {next(_numbers)}", "streszczenie": "Jedno zdanie o praktyce."}
    lists = ("instrumenty", "jst", "wojewodztwa", "organizacje", "tematy", "odbiorcy", "tagi")
    row = _make_publishable(Praktyka, defaults | kw, lists)
    return ready(row) if row.status == Status.REVIEW else row


def ready(row):
    """Give a practice or a meeting what it must have to be published, where it has it not; return it."""
    if not row.zrodla.exists():
        row.zrodla.create(tytul="Uchwała rady", url="https://przyklad.pl/uchwala")
    if isinstance(row, Praktyka) and not row.instrumenty.exists():
        row.instrumenty.add(make_instrument())
    if not row.streszczenie:
        row.streszczenie = "Jedno zdanie."
        row.save()
    return row


def make_cykl(**kw):
    return _make(Cykl, {"nazwa": f"Cykl {next(_numbers)}"} | kw)


def make_spotkanie(**kw):
    defaults = {"tytul": f"Spotkanie {next(_numbers)}", "rodzaj": Spotkanie.Rodzaj.WARSZTAT}
    lists = ("organizatorzy", "partnerzy", "instrumenty", "tematy", "praktyki", "tagi")
    row = _make_publishable(Spotkanie, defaults | kw, lists)
    return ready(row) if row.status == Status.REVIEW else row


def make_liczba(praktyka, rodzaj="pula", wartosc=100_000, **kw):
    defaults = {"zrodlo_liczby": LiczbaWysilku.Zrodlo.DOKUMENT}
    return _make(LiczbaWysilku, {"praktyka": praktyka, "rodzaj": rodzaj, "wartosc": wartosc} | defaults | kw)


def make_glos(praktyka, strona="urzad", **kw):
    return _make(Glos, {"praktyka": praktyka, "strona": strona, "tresc": f"Głos {next(_numbers)}."} | kw)


def make_wdrozenie(praktyka, **kw):
    """Log a new unit that runs the practice."""
    if "jst" not in kw:
        kw["jst"] = make_jst()
    return _make(Wdrozenie, {"praktyka": praktyka, "status": Wdrozenie.Status.DZIALA} | kw)


def make_rozstrzygniecie(praktyka, **kw):
    """Add a ruling that strikes the practice's resolution down, unless `wynik` says otherwise."""
    defaults = {"organ": Rozstrzygniecie.Organ.WOJEWODA, "wynik": Rozstrzygniecie.Wynik.NIEWAZNOSC}
    return _make(Rozstrzygniecie, {"praktyka": praktyka, "data": date(2024, 4, 2)} | defaults | kw)


def make_prelegent(**kw):
    return _make(Prelegent, {"imie": "Anna", "nazwisko": f"Prelegentka {next(_numbers)}"} | kw)


def make_wystapienie(spotkanie, prelegenci=(), **kw):
    """Make a point of the programme; `prelegenci` are (prelegent, rola, organizacja or None)."""
    defaults = {"tytul": f"Wystąpienie {next(_numbers)}", "spotkanie": spotkanie}
    wystapienie = _make(Wystapienie, defaults | kw)
    for position, (prelegent, rola, organizacja) in enumerate(prelegenci):
        wystapienie.udzialy.create(prelegent=prelegent, rola=rola, organizacja=organizacja, position=position)
    return wystapienie


def make_wypowiedz(spotkanie, **kw):
    return _make(Wypowiedz, {"spotkanie": spotkanie, "tresc": f"Wniosek {next(_numbers)}."} | kw)


def make_material(*, content=None, filename="material.pdf", **kw):
    """Make a link, or a file where `content` (bytes) is given; without an owner it gets a public meeting."""
    number = next(_numbers)
    defaults = {"tytul": f"Materiał {number}"}
    if content is None:
        defaults |= {"postac": Material.Postac.LINK, "url": f"https://przyklad.pl/material-{number}"}
    else:
        defaults["postac"] = Material.Postac.PLIK
    if not kw.keys() & {"spotkanie", "praktyka", "instrument"}:
        defaults["spotkanie"] = make_spotkanie()
    material = _make(Material, defaults | kw)
    if content is not None:
        material.wersje.create(plik=ContentFile(content, name=filename))
    return material


def make_zgloszenie(**kw):
    """Make a submission that has reached the editors."""
    number = next(_numbers)
    defaults = {"tytul": f"Zgłoszenie {number}", "ticket": f"bilet-{number}", "email": "jan@example.org"}
    state = {"state": Zgloszenie.State.RECEIVED, "sent_at": timezone.now()}
    return _make(Zgloszenie, defaults | state | kw, ("instrumenty",))


def make_user(role=None, *, password="długie hasło testowe", **kw):
    """Make a member of staff; `role` is the name of a group made by the migration (platforma.roles)."""
    defaults = {"username": f"osoba-{next(_numbers)}", "is_staff": True}
    user = get_user_model().objects.create_user(password=password, **defaults | kw)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
