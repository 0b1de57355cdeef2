"""The backward calendar of an instrument: what its address asks for, and the dated steps."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils import timezone

from platforma.lib.backward import DatedStep, Plan, Step, in_year, make_plan

from .models import KrokInstrumentu, TerminRoczny

YEARS = (2000, 2100)
MOST_DAYS = 730  # that a reader may give to one step


class KalendarzForm(forms.Form):
    """The day of the start; of each step, its days (unless they are fixed) and whether it is done."""

    start = forms.DateField(
        label="Kiedy zadanie ma ruszyć",
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Podaj dzień, w którym zadanie ma ruszyć.",
            "invalid": "Tej daty nie da się odczytać. Podaj ją jako rok-miesiąc-dzień, np. 2027-03-01.",
        },
    )

    def __init__(self, steps, data=None):
        super().__init__(data)
        for number, krok in enumerate(steps, 1):
            if krok.dni_min is None or krok.dni_min != krok.dni_max:
                self.fields[days_name(number)] = _days_field(krok)
            if not krok.po_starcie:
                self.fields[done_name(number)] = forms.BooleanField(label="Już zrobione", required=False)

    def clean_start(self):
        start = self.cleaned_data["start"]
        if not YEARS[0] <= start.year <= YEARS[1]:
            raise forms.ValidationError(f"Podaj datę z lat {YEARS[0]}–{YEARS[1]}.")
        return start


def days_name(number: int) -> str:
    return f"krok_{number}"


def done_name(number: int) -> str:
    return f"gotowe_{number}"


def _days_field(krok) -> forms.IntegerField:
    least, most = krok.dni_min or 0, MOST_DAYS if krok.dni_max is None else krok.dni_max
    field = forms.IntegerField(
        label="Ile dni roboczych planujesz" if krok.dni_robocze else "Ile dni planujesz",
        required=False,
        min_value=least,
        max_value=most,
        error_messages={
            "invalid": "Podaj liczbę dni cyframi.",
            "min_value": f"Podaj co najmniej {least}: krócej nie można.",
            "max_value": f"Podaj najwyżej {most}: dłużej nie można.",
        },
    )
    field.widget.attrs["inputmode"] = "numeric"
    return field


@dataclass(frozen=True)
class Row:
    """A step as the page shows it: its dates, where there are any, what it asks and what was answered."""

    krok: KrokInstrumentu
    dated: DatedStep | None
    days: forms.BoundField | None
    done: forms.BoundField | None
    is_done: bool
    given: int | None


@dataclass(frozen=True)
class Term:
    """A day fixed for the year; `is_past` tells that it has gone by."""

    termin: TerminRoczny
    day: date
    is_past: bool


class Kalendarz:
    """All that the page of `instrument` shows for the address `params` on `today`."""

    def __init__(self, instrument, params, today=None):
        self.today = today or timezone.localdate()
        self.kroki = list(instrument.kroki.all())
        self.params = params
        self.form = KalendarzForm(self.kroki, params if "start" in params else None)
        self.is_repeated = any(len(params.getlist(name)) > 1 for name in self.form.fields)
        self.plan = self._plan() if self.form.is_valid() else None
        self.terminy = list(TerminRoczny.objects.all())

    def _plan(self) -> Plan:
        return make_plan(self._steps, self.form.cleaned_data["start"], self.today)

    def _steps(self, start: date) -> list[Step]:
        given = self.form.cleaned_data
        return [
            Step(
                _days(krok, given.get(days_name(number))),
                krok.dni_robocze,
                krok.po_starcie,
                krok.termin.day_for(start.year) if krok.termin else None,
                source=number,
            )
            for number, krok in enumerate(self.kroki, 1)
            if not given.get(done_name(number))
        ]

    @property
    def rows(self) -> list[Row]:
        dated = {row.step.source: row for row in self.plan.steps} if self.plan else {}
        return [
            Row(
                krok,
                dated.get(number),
                self._field(days_name(number)),
                self._field(done_name(number)),
                self.plan is not None and number not in dated,
                self.form.cleaned_data.get(days_name(number)) if self.plan else None,
            )
            for number, krok in enumerate(self.kroki, 1)
        ]

    def _field(self, name) -> forms.BoundField | None:
        return self.form[name] if name in self.form.fields else None

    @property
    def terms(self) -> list[Term]:
        """The fixed days of the year for this start, by day."""
        if not self.plan:
            return []
        days = ((termin, termin.day_for(self.plan.start.year)) for termin in self.terminy)
        terms = [Term(termin, day, day < self.today) for termin, day in days]
        return sorted(terms, key=lambda term: term.day)

    @property
    def next_start(self) -> date | None:
        """The first start for which no step is late, where the one asked for is too early."""
        return self.plan.feasible if self.plan and self.plan.days_late else None

    @property
    def next_year_start(self) -> date | None:
        """The same day of the first later year for which no step is late, where one is now."""
        if not self.next_start:
            return None
        year = max(self.plan.start.year + 1, self.today.year)
        while make_plan(self._steps, in_year(self.plan.start, year), self.today).days_late:
            year += 1
        return in_year(self.plan.start, year)

    def address(self, start: date) -> str:
        """Return the query of the same calendar for another start."""
        params = self.params.copy()
        params["start"] = start.isoformat()
        return f"?{params.urlencode()}"

    @property
    def next_start_address(self) -> str:
        return self.address(self.next_start)

    @property
    def next_year_address(self) -> str:
        return self.address(self.next_year_start)


def _days(krok, given: int | None) -> int | None:
    """Return the days to plan: the reader's, else the longest the source allows, else its shortest."""
    known = (given, krok.dni_max, krok.dni_min)
    return next((days for days in known if days is not None), None)
