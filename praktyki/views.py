"""Public pages of practices, instruments, units of local government and organisations."""

from itertools import groupby

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from platforma.lib.catalogue import Catalogue
from platforma.lib.exports import export_response
from platforma.lib.feeds import catalogue_feed
from platforma.lib.live import one_moment
from platforma.lib.pagecache import public_page
from platforma.lib.pages import absolute, catalogue_page, public_catalogue
from platforma.lib.pictures import picture_response
from platforma.lib.preview.page import door
from platforma.lib.revision import snapshot
from platforma.lib.search.log import search_log

from . import effort, exports, feeds, jsonld
from .kalendarz import Kalendarz
from .kinds import PRAKTYKA
from .kreator.page import ChooserPage
from .models import Instrument, Jst, Organizacja, Praktyka, PrzypadekKreatora
from .notatka import make_note
from .own_unit import describe, own_unit, with_own
from .similar import similar_to
from .suggestions import MAX_CHARS, suggest

SHOWN_ROWS = 6


@public_catalogue(PRAKTYKA)
def praktyka_list(request):
    params = with_own(request)
    own = own_unit(params)
    katalog = Catalogue(PRAKTYKA, params, request.path)
    search_log.note_list(request, katalog, page="praktyki")
    describe(katalog.rows, own, request)
    return catalogue_page(request, "praktyki/praktyka_list.html", katalog, own=own)


def praktyka_export(request, ending):
    katalog = Catalogue(PRAKTYKA, request.GET, reverse("praktyki:list"), paged=False)
    return export_response(katalog, ending, name="praktyki", columns=exports.columns(), fetch=exports.fetch)


@public_catalogue(PRAKTYKA)
def praktyka_feed(request):
    katalog = Catalogue(PRAKTYKA, request.GET, reverse("praktyki:list"), paged=False)
    return catalogue_feed(katalog, request.path, feeds.entry)


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
    with one_moment(PRAKTYKA.live) as (_number, states):
        praktyka = get_object_or_404(door(request, Praktyka.objects).for_page(), slug=slug)
        describe([praktyka], own_unit(with_own(request)), request)
        context = {
            "praktyka": praktyka,
            "nastepca": praktyka.public_successor(),
            "liczby": effort.numbers_of(praktyka),
            "spotkania": praktyka.spotkania.published().for_cards(),
            "materialy": praktyka.materialy.published().for_list(),
            "wypowiedzi": praktyka.wypowiedzi.published().for_page(),
            "podobne": similar_to(praktyka, states[PRAKTYKA.name]),
            "jsonld": jsonld.praktyka(praktyka),
        }
        return render(request, "praktyki/praktyka_detail.html", context)


@snapshot()
def notatka(request):
    """One A4 page about one to three practices, for those who decide about money."""
    context = {"notatka": make_note(request.GET.getlist("p")), "robots": "noindex, follow"}
    return render(request, "praktyki/notatka.html", context)


@public_page()
@snapshot()
def praktyka_picture(request, slug):
    praktyka = get_object_or_404(Praktyka.objects.published().for_cards(), slug=slug)
    instruments = ", ".join(map(str, praktyka.instrumenty.all()))
    places = ", ".join(map(str, [*praktyka.jst.all(), *praktyka.wojewodztwa.all()]))
    return picture_response(instruments, praktyka.tytul, places or praktyka.obszar)


@public_page()
@snapshot()
def instrument_list(request):
    context = {
        "instrumenty": Instrument.objects.with_published_counts(),
        "picked": request.GET.getlist("i"),
    }
    return render(request, "praktyki/instrument_list.html", context)


@public_page()
def kreator(request):
    strona = ChooserPage(request.GET)
    if not strona.is_canonical:
        return redirect(strona.url)
    context = {"kreator": strona, "canonical": absolute(strona.url)}
    if strona.answers:
        context["robots"] = "noindex, follow"
    else:
        context["przypadki"] = PrzypadekKreatora.objects.all()[:SHOWN_ROWS]
    return render(request, "praktyki/kreator.html", context)


@public_page()
@snapshot()
def instrument_detail(request, slug):
    instrument = get_object_or_404(Instrument.objects.for_page(), slug=slug)
    praktyki = instrument.praktyki.published()
    spotkania = instrument.spotkania.published()
    context = {
        "instrument": instrument,
        "parametry": instrument.legal_parameters(),
        "praktyki": praktyki.for_cards().newest()[:SHOWN_ROWS],
        "liczba_praktyk": praktyki.count(),
        "wysilek": effort.effort_of(instrument),
        "kwoty": effort.amounts_of(praktyki),
        "lata": effort.years_of(praktyki),
        "spotkania": spotkania.for_cards().chronological()[:SHOWN_ROWS],
        "liczba_spotkan": spotkania.count(),
        "dokumenty": instrument.published_documents(),
        "materialy": instrument.materialy.published().other_than_documents().for_list(),
        "wypowiedzi": instrument.wypowiedzi.published().for_page(),
        "jsonld": jsonld.instrument(instrument),
    }
    return render(request, "praktyki/instrument_detail.html", context)


@snapshot()
def kalendarz(request, slug):
    """When to begin each step of an instrument so that a task starts on the day asked for."""
    instrument = get_object_or_404(Instrument.objects.prefetch_related("kroki__termin"), slug=slug)
    context = {"instrument": instrument, "kalendarz": Kalendarz(instrument, request.GET)}
    if request.GET:
        context["robots"] = "noindex, follow"
    return render(request, "praktyki/kalendarz.html", context)


@public_page()
@snapshot()
def jst_list(request):
    units = list(Jst.objects.with_published_counts().by_wojewodztwo())
    context = {
        "grupy": [(key, list(group)) for key, group in groupby(units, key=lambda jst: jst.wojewodztwo)],
        "total": len(units),
        "z_praktykami": sum(jst.liczba_praktyk > 0 for jst in units),
    }
    return render(request, "praktyki/jst_list.html", context)


@public_page()
@snapshot()
def jst_detail(request, slug):
    jst = get_object_or_404(Jst.objects.select_related("wojewodztwo"), slug=slug)
    context = {
        "jst": jst,
        "praktyki": jst.praktyki.published().for_cards(),
        "wdrozone": Praktyka.objects.published().adopted_by(jst).for_cards(),
        "organizacje": jst.organizacje.readable(),
        "spotkania": jst.published_meetings(),
        "jsonld": jsonld.jst(jst),
    }
    return render(request, "praktyki/jst_detail.html", context)


@public_page()
@snapshot()
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
