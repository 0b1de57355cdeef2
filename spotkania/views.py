"""Public pages of meetings, series, speakers and materials."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from platforma.lib.catalogue import Catalogue
from platforma.lib.files.zipping import zip_response
from platforma.lib.pagecache import public_page
from platforma.lib.pages import catalogue_page, public_catalogue
from platforma.lib.search.log import search_log

from . import jsonld
from .bundle import Bundle
from .kinds import MATERIAL, SPOTKANIE
from .models import Cykl, Material, Prelegent, Spotkanie


@public_catalogue(SPOTKANIE)
def spotkanie_list(request):
    katalog = Catalogue(SPOTKANIE, request.GET, request.path)
    if katalog.answer and katalog.number == 1:
        search_log.note_answer(katalog.q, katalog.answer, page="spotkania")
    return catalogue_page(request, "spotkania/spotkanie_list.html", katalog)


@public_page()
def spotkanie_detail(request, slug):
    spotkanie = get_object_or_404(Spotkanie.objects.readable().for_page(), slug=slug)
    statements = spotkanie.wypowiedzi.for_page().by_type()
    materialy = spotkanie.materialy.published().for_list()
    context = {
        "spotkanie": spotkanie,
        "nastepca": spotkanie.public_successor(),
        "wypowiedzi": [(typ, list(group)) for typ, group in groupby(statements, key=lambda row: row.typ)],
        "materialy": materialy,
        "paczka": Bundle(spotkanie, materialy),
        "praktyki": spotkanie.praktyki.published().for_cards(),
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
def cykl_detail(request, slug):
    cykl = get_object_or_404(Cykl.objects.readable(), slug=slug)
    spotkania = cykl.spotkania.published().for_cards()
    context = {"cykl": cykl, "nadchodzace": spotkania.upcoming(), "minione": spotkania.not_upcoming()}
    return render(request, "spotkania/cykl_detail.html", context)


@public_page()
def prelegent_list(request):
    context = {"prelegenci": Prelegent.objects.published().with_published_counts()}
    return render(request, "spotkania/prelegent_list.html", context)


@public_page()
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


@public_catalogue(MATERIAL)
def material_list(request):
    katalog = Catalogue(MATERIAL, request.GET, request.path)
    if katalog.answer and katalog.number == 1:
        search_log.note_answer(katalog.q, katalog.answer, page="materialy")
    return catalogue_page(request, "spotkania/material_list.html", katalog)


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
