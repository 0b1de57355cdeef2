"""Public pages of practices, instruments, units of local government and organisations."""

from itertools import groupby

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from platforma.lib.catalogue import Catalogue
from platforma.lib.exports import export_response
from platforma.lib.feeds import catalogue_feed
from platforma.lib.pagecache import public_page
from platforma.lib.pages import catalogue_page, public_catalogue
from platforma.lib.pictures import picture_response
from platforma.lib.search.log import search_log

from . import exports, feeds, jsonld
from .kinds import PRAKTYKA
from .models import Instrument, Jst, Organizacja, Praktyka
from .suggestions import MAX_CHARS, suggest

SHOWN_ROWS = 6


@public_catalogue(PRAKTYKA)
def praktyka_list(request):
    katalog = Catalogue(PRAKTYKA, request.GET, request.path)
    if katalog.answer and katalog.number == 1:
        search_log.note_answer(katalog.q, katalog.answer, page="praktyki")
    return catalogue_page(request, "praktyki/praktyka_list.html", katalog)


def praktyka_export(request, ending):
    katalog = Catalogue(PRAKTYKA, request.GET, reverse("praktyki:list"))
    return export_response(
        katalog,
        ending,
        name="praktyki",
        columns=exports.COLUMNS,
        fetch=lambda public: public.for_page(),
    )


@public_catalogue(PRAKTYKA)
def praktyka_feed(request):
    katalog = Catalogue(PRAKTYKA, request.GET, reverse("praktyki:list"))
    return catalogue_feed(
        katalog,
        request.path,
        lambda keys: map(feeds.entry, katalog.rows_of(keys, lambda public: public.for_cards())),
    )


@vary_on_headers("Accept")
def podpowiedzi(request):
    """Suggest places to go to while a reader types: JSON, or the options of a list box as HTML."""
    q = request.GET.get("q", "")[:MAX_CHARS]
    suggestions = suggest(q)
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return render(request, "praktyki/_podpowiedzi.html", {"suggestions": suggestions})
    return JsonResponse({"q": q, "suggestions": [suggestion.as_dict() for suggestion in suggestions]})


@public_page()
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


@public_page()
def praktyka_picture(request, slug):
    praktyka = get_object_or_404(Praktyka.objects.published().for_cards(), slug=slug)
    instruments = ", ".join(map(str, praktyka.instrumenty.all()))
    places = ", ".join(map(str, [*praktyka.jst.all(), *praktyka.wojewodztwa.all()]))
    return picture_response(instruments, praktyka.tytul, places or praktyka.obszar)


@public_page()
def instrument_list(request):
    context = {"instrumenty": Instrument.objects.with_published_counts()}
    return render(request, "praktyki/instrument_list.html", context)


@public_page()
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


@public_page()
def jst_list(request):
    units = list(Jst.objects.with_published_counts().by_wojewodztwo())
    context = {
        "grupy": [(key, list(group)) for key, group in groupby(units, key=lambda jst: jst.wojewodztwo)],
        "total": len(units),
        "z_praktykami": sum(jst.liczba_praktyk > 0 for jst in units),
    }
    return render(request, "praktyki/jst_list.html", context)


@public_page()
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


@public_page()
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
