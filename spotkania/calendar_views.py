"""Meetings in time: years and months as pages, and calendars to subscribe to."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from platforma.lib.catalogue import Catalogue
from platforma.lib.pagecache import public_page
from platforma.lib.pages import public_catalogue
from platforma.lib.revision import snapshot

from .ical import calendar_response
from .kinds import SPOTKANIE
from .models import Cykl, Prelegent, Spotkanie
from .months import DAYS, SHORT_DAYS, Month, by_month, weeks


@public_page()
@snapshot()
def year_list(request):
    context = {"lata": Spotkanie.objects.published().counted_years()}
    return render(request, "spotkania/kalendarz_lata.html", context)


@public_page()
@snapshot()
def year(request, rok):
    spotkania = Spotkanie.objects.published()
    years = _years_or_404(spotkania, rok)
    context = {
        "rok": rok,
        "miesiace": by_month(spotkania.in_year(rok).for_cards(), rok),
        "bez_dnia": spotkania.in_year_only(rok).for_cards(),
        "poprzedni": max((other for other in years if other < rok), default=None),
        "nastepny": min((other for other in years if other > rok), default=None),
    }
    return render(request, "spotkania/kalendarz_rok.html", context)


@public_page()
@snapshot()
def month(request, rok, miesiac):
    public = Spotkanie.objects.published()
    _years_or_404(public, rok)
    month = Month(date(rok, miesiac, 1))
    spotkania = list(public.in_days(month.first, month.last).for_cards())
    context = {
        "miesiac": month,
        "tygodnie": weeks(month, spotkania),
        "dni": list(zip(DAYS, SHORT_DAYS, strict=True)),
        "spotkania": spotkania,
        "poprzedni": _month_of(public.last_before(month.first)),
        "nastepny": _month_of(public.first_after(month.last)),
    }
    return render(request, "spotkania/kalendarz_miesiac.html", context)


def _years_or_404(spotkania, year) -> list[int]:
    """Return the years there are meetings in; a year before the first or after the last has no page."""
    years = list(spotkania.years())
    if not years or not min(years) <= year <= max(*years, timezone.localdate().year):
        raise Http404
    return years


def _month_of(spotkanie) -> Month | None:
    return spotkanie and Month.of(spotkanie.local_start.date())


@public_catalogue(SPOTKANIE)
def catalogue_calendar(request):
    """The calendar of exactly what the list finds."""
    katalog = Catalogue(SPOTKANIE, request.GET, reverse("spotkania:list"), paged=False)
    return calendar_response(katalog.every_row(lambda rows: rows.for_cards()), katalog.title, "spotkania")


@public_page()
@snapshot()
def spotkanie_calendar(request, slug):
    spotkanie = get_object_or_404(Spotkanie.objects.published().dated().for_cards(), slug=slug)
    return calendar_response([spotkanie], spotkanie.tytul, slug)


@public_page()
@snapshot()
def prelegent_calendar(request, slug):
    prelegent = get_object_or_404(Prelegent.objects.published(), slug=slug)
    spotkania = Spotkanie.objects.published().of_speaker(prelegent).for_cards().chronological()
    return calendar_response(spotkania, f"Spotkania: {prelegent}", slug)


@public_page()
@snapshot()
def cykl_calendar(request, slug):
    cykl = get_object_or_404(Cykl.objects.published(), slug=slug)
    return calendar_response(cykl.spotkania.published().for_cards().chronological(), cykl.nazwa, slug)
