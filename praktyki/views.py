"""Public pages of practices, instruments, units of local government and organisations."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render

from platforma.lib.catalogue import Catalogue
from platforma.lib.pages import catalogue_page

from . import jsonld
from .filters import PraktykaFilter
from .models import Instrument, Jst, Organizacja, Praktyka

SHOWN_ROWS = 6


def praktyka_list(request):
    katalog = Catalogue(PraktykaFilter, Praktyka.objects.published(), request.GET, request.path)
    return catalogue_page(request, "praktyki/praktyka_list.html", katalog)


def praktyka_detail(request, slug):
    praktyka = get_object_or_404(Praktyka.objects.readable().for_page(), slug=slug)
    context = {
        "praktyka": praktyka,
        "nastepca": praktyka.public_successor(),
        "spotkania": praktyka.spotkania.published().for_cards(),
        "materialy": praktyka.materialy.published().for_list(),
        "wypowiedzi": praktyka.wypowiedzi.published().for_page(),
        "jsonld": jsonld.praktyka(praktyka),
    }
    return render(request, "praktyki/praktyka_detail.html", context)


def instrument_list(request):
    context = {"instrumenty": Instrument.objects.with_published_counts()}
    return render(request, "praktyki/instrument_list.html", context)


def instrument_detail(request, slug):
    instrument = get_object_or_404(Instrument.objects.for_page(), slug=slug)
    praktyki = instrument.praktyki.published()
    spotkania = instrument.spotkania.published()
    context = {
        "instrument": instrument,
        "parametry": instrument.legal_parameters(),
        "praktyki": praktyki.for_cards().newest()[:SHOWN_ROWS],
        "liczba_praktyk": praktyki.count(),
        "spotkania": spotkania.for_cards().chronological()[:SHOWN_ROWS],
        "liczba_spotkan": spotkania.count(),
        "materialy": instrument.materialy.published().for_list(),
        "wypowiedzi": instrument.wypowiedzi.published().for_page(),
        "jsonld": jsonld.instrument(instrument),
    }
    return render(request, "praktyki/instrument_detail.html", context)


def jst_list(request):
    units = list(Jst.objects.with_published_counts().by_wojewodztwo())
    context = {
        "grupy": [(key, list(group)) for key, group in groupby(units, key=lambda jst: jst.wojewodztwo)],
        "total": len(units),
        "z_praktykami": sum(jst.liczba_praktyk > 0 for jst in units),
    }
    return render(request, "praktyki/jst_list.html", context)


def jst_detail(request, slug):
    jst = get_object_or_404(Jst.objects.select_related("wojewodztwo"), slug=slug)
    context = {
        "jst": jst,
        "praktyki": jst.praktyki.published().for_cards(),
        "organizacje": jst.organizacje.readable(),
        "spotkania": jst.published_meetings(),
        "jsonld": jsonld.jst(jst),
    }
    return render(request, "praktyki/jst_detail.html", context)


def organizacja_detail(request, slug):
    organizacja = get_object_or_404(Organizacja.objects.readable().select_related("jst"), slug=slug)
    context = {
        "organizacja": organizacja,
        "praktyki": organizacja.praktyki.published().for_cards(),
        "spotkania": organizacja.published_meetings(),
        "prelegenci": organizacja.published_speakers(),
        "jsonld": jsonld.organizacja(organizacja),
    }
    return render(request, "praktyki/organizacja_detail.html", context)
