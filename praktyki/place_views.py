"""Public pages about place: choosing one's own unit of local government, and the map of practices."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from platforma.lib.catalogue import Catalogue
from platforma.lib.pages import catalogue_page, public_catalogue

from .kinds import PRAKTYKA
from .own_unit import COOKIE
from .practice_map import PracticeMap
from .unit_choice import UnitChoice

REMEMBERED_SECONDS = 365 * 24 * 3600


@never_cache
def moja_gmina(request):
    """Find a unit by name and lead back with it; here the one cookie of public pages is set and removed."""
    wybor = UnitChoice(request.GET)
    if wybor.forget:
        response = redirect(wybor.back_without)
        response.delete_cookie(COOKIE)
        return response
    if not wybor.unit:
        return render(request, "praktyki/moja_gmina.html", {"wybor": wybor, "robots": "noindex, follow"})
    response = redirect(wybor.back_with)
    if wybor.remember:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            COOKIE, wybor.unit.slug, REMEMBERED_SECONDS, secure=secure, httponly=True, samesite="Lax"
        )
    return response


@public_catalogue(PRAKTYKA)
def mapa(request):
    katalog = Catalogue(PRAKTYKA, request.GET, request.path, paged=False)
    return catalogue_page(request, "praktyki/mapa.html", katalog, mapa=PracticeMap(katalog))
