"""A small catalogue of practices and meetings, and all that editors, scripts and time may do to it."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from hypothesis import strategies as st

from platforma import signals
from platforma.lib import polish
from platforma.lib.publication import Status
from praktyki.models import (
    Instrument,
    Jst,
    Odbiorca,
    Organizacja,
    Praktyka,
    Tag,
    Temat,
    Wdrozenie,
    Wojewodztwo,
)
from spotkania.models import Cykl, Prelegent, Spotkanie, UdzialPrelegenta, Wypowiedz
from tests import builders

from .plainly import LEXEMES

START = datetime(2026, 12, 31, 20, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
MODELS = {"praktyka": Praktyka, "spotkanie": Spotkanie}
FORMS = [form for forms in LEXEMES for form in forms]
REFERENCES = (Instrument, Jst, Wojewodztwo, Temat, Odbiorca, Tag, Organizacja, Prelegent, Cykl)
HELD = (Status.PUBLISHED, Status.ARCHIVED)

texts = st.lists(st.sampled_from(FORMS), max_size=3).map(" ".join)
places = st.integers(0, 5)
relations = st.integers(0, 6)
losses = st.sampled_from(["remove", "clear"])
years = st.tuples(*[st.none() | st.integers(2019, 2023)] * 2)
statuses = st.sampled_from([Status.PUBLISHED] * 4 + [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
hours = st.integers(-2, 3)
facts = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(FORMS), min_size=1, max_size=2).map(" ".join),
        "summary": texts,
        "body": texts,
        "links": st.lists(st.integers(0, 7), min_size=7, max_size=7),
        "years": years.map(lambda pair: tuple(sorted(pair)) if None not in pair else pair),
        "amount": st.none() | st.sampled_from([Decimal(0), Decimal(1000), Decimal("1000.50"), Decimal(2000)]),
        "starts": st.none() | hours,
        "lasts": st.none() | st.integers(0, 2),
        "day_only": st.booleans(),
        "status": statuses,
        "at": hours,
    }
)
# Of which the second runs out a day after START, the third the day before it.
confirmations = st.none() | st.sampled_from([date(2026, 12, 31), date(2025, 7, 1), date(2025, 6, 30)])
kinds = st.sampled_from(list(MODELS))
changes = st.one_of(
    st.tuples(st.just("write"), kinds, places, facts),
    st.tuples(st.just("move"), kinds, places, statuses, hours),
    st.tuples(st.just("delete"), kinds, places),
    st.tuples(
        st.just("relate"),
        kinds,
        places,
        st.integers(0, 6),
        places,
        st.sampled_from(["add", "remove", "clear"]),
    ),
    st.tuples(
        st.just("describe"),
        st.sampled_from(REFERENCES),
        places,
        st.sampled_from(["name", "slug", "place", "type", "delete"]),
        st.integers(0, 7),
    ),
    st.tuples(st.just("speak"), places, places, st.booleans()),
    st.tuples(st.just("say"), places, texts),
    st.tuples(st.just("adopt"), places, places, st.sampled_from(["planujemy", "dziala", ""]), confirmations),
    st.tuples(st.just("count"), places, st.booleans()),
)
# Mapped, or `one_of` would give each sort of change as good a chance as waiting has.
steps = st.one_of(
    changes.map(tuple),
    changes.map(tuple),
    st.tuples(st.just("wait"), st.sampled_from([1, 59, 60, 61, 300, 1800])),
    st.tuples(st.just("bypass"), kinds, facts),
    st.tuples(st.just("roll_back"), changes),
    st.tuples(st.just("together"), st.lists(changes, min_size=2, max_size=4)),
)


class World:
    """Reference rows, a few practices and meetings, and a clock; a step is a method and its arguments."""

    def __init__(self):
        self.now = START

    def fill(self):
        voivodeships = [builders.make_wojewodztwo() for _ in range(2)]
        for voivodeship in (*voivodeships, None):
            builders.make_jst(wojewodztwo=voivodeship)
        for make in (builders.make_instrument, builders.make_temat, builders.make_odbiorca):
            for _ in range(3):
                make()
        for number in range(2):
            Tag.objects.create(name=f"tag {number}")
            builders.make_prelegent()
        builders.make_organizacja()
        builders.make_cykl()
        for place in range(5):
            for kind in MODELS:
                self.write(kind, place, _facts(place))

    def clock(self):
        return self.now

    def take(self, step):
        name, *arguments = step
        getattr(self, name)(*arguments)

    # --- what editors do

    def write(self, kind, place, facts):
        row = _at(MODELS[kind], place, or_new=True)
        with transaction.atomic():
            self._fill_in(row, facts)
            row.save()
            for (name, model), chosen in zip(_links(row), facts["links"], strict=False):
                getattr(row, name).set(_some(model, chosen))

    def _fill_in(self, row, facts):
        row.tytul, row.streszczenie = facts["title"], facts["summary"]
        if isinstance(row, Praktyka):
            row.problem, row.kwota_zl = facts["body"], facts["amount"]
            row.rok_od, row.rok_do = facts["years"]
        else:
            row.opis = facts["body"]
            row.poczatek = self._in(facts["starts"])
            has_end = None not in (facts["starts"], facts["lasts"])
            row.koniec = self._in(facts["starts"] + facts["lasts"]) if has_end else None
            row.bez_godziny = facts["day_only"]
            row.rok = facts["years"][0] and facts["years"][0] + 4
            row.rodzaj = Spotkanie.Rodzaj.values[facts["links"][0] % 5]
            row.forma = ["", *Spotkanie.Forma.values][facts["links"][1] % 4]
            row.cykl = Cykl.objects.first() if facts["day_only"] else None
        self._set_status(row, facts["status"], facts["at"])

    def _set_status(self, row, status, at):
        row.status, row.published_at = status, self._in(at) if status in HELD else None

    def _in(self, hours):
        return None if hours is None else self.now + timedelta(hours=hours)

    def move(self, kind, place, status, at):
        if row := _at(MODELS[kind], place):
            self._set_status(row, status, at)
            row.save()

    def delete(self, kind, place):
        if row := _at(MODELS[kind], place):
            row.delete()

    def relate(self, kind, place, relation, related, change):
        """Change nothing but one relation, as its manager does: the row itself is not saved."""
        row = _at(MODELS[kind], place)
        links = _links(row) if row else []
        if not links:
            return
        name, model = links[relation % len(links)]
        manager = getattr(row, name)
        others = list(manager.all() if change == "remove" else model.objects.order_by("pk"))
        if change == "clear":
            manager.clear()
        elif others:
            getattr(manager, change)(others[related % len(others)])

    def describe(self, model, place, what, value):
        """Change a reference row: its name or address, where a unit lies, its type; or delete it."""
        row = _at(model, place)
        if row is None:
            return
        if what == "delete":
            with suppress(ProtectedError):
                row.delete()
            return
        if what == "name":
            field = {Tag: "name", Prelegent: "nazwisko"}.get(model, "nazwa")
            setattr(row, field, f"{FORMS[value]} numer{row.pk}")
        elif what == "slug":
            row.slug = f"adres-{row.pk}-{value}"
        elif model is Jst and what == "place":
            row.wojewodztwo = _at(Wojewodztwo, value) if value % 3 else None
        elif model is Jst:
            row.typ = ["", *Jst.Typ.values][value]
        row.save()

    def speak(self, meeting, speaker, there):
        meeting, speaker = _at(Spotkanie, meeting), _at(Prelegent, speaker)
        if meeting and speaker and there:
            builders.make_wystapienie(meeting, [(speaker, "", Organizacja.objects.first())])
        elif meeting:
            UdzialPrelegenta.objects.filter(wystapienie__spotkanie=meeting, prelegent=speaker).delete()

    def say(self, meeting, text):
        if meeting := _at(Spotkanie, meeting):
            said = meeting.wypowiedzi.first() or Wypowiedz(spotkanie=meeting)
            said.tresc = text
            said.save()

    def adopt(self, practice, unit, status, confirmed):
        """Log that a unit runs the practice or plans to; without a status, strike it from the log."""
        practice, unit = _at(Praktyka, practice), _at(Jst, unit)
        if not practice or not unit:
            return
        row = practice.wdrozenia.filter(jst=unit).first() or Wdrozenie(praktyka=practice, jst=unit)
        if status:
            row.status, row.potwierdzono = status, confirmed
            row.save()
        elif row.pk:
            row.delete()

    def count(self, practice, there):
        if practice := _at(Praktyka, practice):
            practice.liczby_wysilku.all().delete()
            if there:
                builders.make_liczba(practice)

    # --- what happens otherwise

    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    def together(self, steps):
        with signals.together():
            for step in steps:
                self.take(step)

    def roll_back(self, step):
        with suppress(ZeroDivisionError), transaction.atomic():
            self.take(step)
            raise ZeroDivisionError

    def bypass(self, kind, facts):
        """Write round the models, then say so with the command."""
        model = MODELS[kind]
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))[::2]
        status = facts["status"]
        fields = {"status": status, "published_at": self._in(facts["at"]) if status in HELD else None}
        fields |= {"tytul": facts["title"], "sort_key": polish.sort_key(facts["title"])}
        if model is Praktyka:
            fields |= dict(zip(("rok_od", "rok_do"), facts["years"], strict=True), kwota_zl=facts["amount"])
        model.objects.filter(pk__in=keys).update(**fields)
        through = model.instrumenty.through
        through.objects.filter(**{f"{kind}_id__in": keys}).delete()
        links = _some(Instrument, facts["links"][0])
        through.objects.bulk_create(
            through(**{f"{kind}_id": key, "instrument_id": link.pk}) for key in keys for link in links
        )
        call_command("reindex", stdout=StringIO())


def _facts(place) -> dict:
    """Return facts that differ in everything from row to row."""
    return {
        "title": f"{FORMS[place]} {FORMS[-place]}",
        "summary": FORMS[place * 2],
        "body": FORMS[-2 * place],
        "links": [place, *range(6)],
        "years": [(None, None), (2020, None), (None, 2021), (2019, 2020), (2020, 2022)][place],
        "amount": [None, Decimal(1000), Decimal(2000), None, Decimal(500)][place],
        "starts": [None, -1, 1, 1, 2][place],
        "lasts": [None, 1, 1, None, 2][place],
        "day_only": place == 3,
        "status": Status.PUBLISHED,
        "at": [-2, -1, 1, -1, 2][place],
    }


def _links(row):
    names = ("instrumenty", "jst", "wojewodztwa", "tematy", "odbiorcy", "organizacje", "tagi")
    fields = {field.name: field for field in row._meta.many_to_many}
    return [(name, fields[name].related_model) for name in names if name in fields]


def _at(model, place, or_new=False):
    rows = list(model.objects.order_by("pk"))
    if or_new and place >= len(rows):
        return model()
    return rows[place % len(rows)] if rows else None


def _some(model, chosen: int) -> list:
    """Return the rows whose bit is set."""
    return [row for place, row in enumerate(model.objects.order_by("pk")) if chosen >> place & 1]
