"""Public pages of meetings, series, speakers and materials."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from platforma.lib.catalogue import Catalogue
from platforma.lib.exports import export_response
from platforma.lib.feeds import catalogue_feed
from platforma.lib.files.zipping import zip_response
from platforma.lib.pagecache import public_page
from platforma.lib.pages import catalogue_page, public_catalogue
from platforma.lib.pictures import picture_response
from platforma.lib.preview.page import door
from platforma.lib.revision import snapshot
from platforma.lib.search.log import search_log

from . import exports, feeds, jsonld, material_exports
from .bundle import Bundle
from .kinds import MATERIAL, SPOTKANIE
from .models import Cykl, Material, Prelegent, Spotkanie, Wypowiedz
from .photos import photo_response
from .statements import statements_of


@public_catalogue(SPOTKANIE)
def spotkanie_list(request):
    katalog = Catalogue(SPOTKANIE, request.GET, request.path)
    search_log.note_list(request, katalog, page="spotkania")
    return catalogue_page(request, "spotkania/spotkanie_list.html", katalog)


def spotkanie_export(request, ending):
    katalog = Catalogue(SPOTKANIE, request.GET, reverse("spotkania:list"), paged=False)
    return export_response(katalog, ending, name="spotkania", columns=exports.columns(), fetch=exports.fetch)


@public_catalogue(SPOTKANIE)
def spotkanie_feed(request):
    katalog = Catalogue(SPOTKANIE, request.GET, reverse("spotkania:list"), paged=False)
    return catalogue_feed(katalog, request.path, feeds.entry)


@public_page()
@snapshot()
def spotkanie_picture(request, slug):
    spotkanie = get_object_or_404(Spotkanie.objects.published(), slug=slug)
    kicker = f"{spotkanie.get_rodzaj_display().capitalize()}, {spotkanie.termin}"
    return picture_response(kicker, spotkanie.tytul, spotkanie.miejsce)


@public_page()
@snapshot()
def spotkanie_detail(request, slug):
    spotkanie = get_object_or_404(door(request, Spotkanie.objects).for_page(), slug=slug)
    materialy = spotkanie.materialy.published().for_list()
    context = {
        "spotkanie": spotkanie,
        "nastepca": spotkanie.public_successor(),
        "wypowiedzi": statements_of(spotkanie),
        "materialy": materialy,
        "paczka": Bundle(spotkanie, materialy),
        "praktyki": spotkanie.praktyki.published().for_cards(),
        "nastepne": Spotkanie.objects.published().next_of_series(spotkanie).for_cards().first(),
        "jsonld": jsonld.spotkanie(spotkanie),
    }
    return render(request, "spotkania/spotkanie_detail.html", context)


def spotkanie_bundle(request, slug):
    """Send all files of a public meeting as one archive; a meeting without files has none."""
    spotkanie = get_object_or_404(Spotkanie.objects.published(), slug=slug)
    paczka = Bundle(spotkanie, spotkanie.materialy.published().for_list())
    if not paczka:
        raise Http404
    return zip_response(request, paczka.name, paczka.members())


@public_page()
@snapshot()
def cykl_detail(request, slug):
    cykl = get_object_or_404(Cykl.objects.readable(), slug=slug)
    spotkania = cykl.spotkania.published().for_cards()
    context = {
        "cykl": cykl,
        "nadchodzace": spotkania.upcoming(),
        "minione": spotkania.not_upcoming(),
        "pytania": Wypowiedz.objects.published().of_series(cykl).unanswered().for_page(),
    }
    return render(request, "spotkania/cykl_detail.html", context)


@public_page()
@snapshot()
def prelegent_list(request):
    context = {"prelegenci": Prelegent.objects.published().with_published_counts()}
    return render(request, "spotkania/prelegent_list.html", context)


@public_page()
@snapshot()
def prelegent_detail(request, slug):
    prelegent = get_object_or_404(Prelegent.objects.readable(), slug=slug)
    context = {
        "prelegent": prelegent,
        "udzialy": prelegent.udzialy.published().for_page(),
        "wypowiedzi": prelegent.wypowiedzi.published().for_page(),
        "materialy": Material.objects.published().of_speaker(prelegent).for_list(),
        "jsonld": jsonld.prelegent(prelegent),
    }
    return render(request, "spotkania/prelegent_detail.html", context)


@public_page()
@snapshot()
def prelegent_photo(request, slug):
    """The photo; without consent there is none at this address."""
    prelegent = get_object_or_404(Prelegent.objects.readable(), slug=slug)
    if not prelegent.photo_url:
        raise Http404
    return photo_response(prelegent)


@public_catalogue(MATERIAL)
def material_list(request):
    katalog = Catalogue(MATERIAL, request.GET, request.path)
    search_log.note_list(request, katalog, page="materialy")
    return catalogue_page(request, "spotkania/material_list.html", katalog)


def material_export(request, ending):
    katalog = Catalogue(MATERIAL, request.GET, reverse("spotkania:material_list"), paged=False)
    columns = material_exports.columns()
    return export_response(
        katalog, ending, name="materialy", columns=columns, fetch=lambda public: public.for_list()
    )


@public_catalogue(MATERIAL)
def material_feed(request):
    katalog = Catalogue(MATERIAL, request.GET, reverse("spotkania:material_list"), paged=False)
    return catalogue_feed(katalog, request.path, feeds.material_entry)


def material_file(request, pk, nazwa):
    """Serve the newest version; an older name of the same material leads to it."""
    material = get_object_or_404(Material.objects.published().files(), pk=pk)
    wersja = material.najnowsza_wersja
    if wersja.nazwa_pliku != nazwa:
        return redirect(material)
    return wersja.delivery().respond(request)


def material_version(request, pk, version, nazwa):
    """Serve one version for as long as its material is public and nobody withdrew it."""
    material = get_object_or_404(Material.objects.published().files(), pk=pk)
    wersja = get_object_or_404(material.wersje.public(), pk=version, nazwa_pliku=nazwa)
    return wersja.delivery().respond(request)
