from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from platforma.lib.pagecache import public_page

from . import search_views, views
from .sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("praktyki.urls")),
    path("", include("spotkania.urls")),
    path("", include("platforma.zgloszenia.urls")),
    path("", include("platforma.podglad.urls")),
    path("szukaj/", search_views.szukaj, name="szukaj"),
    path("o-platformie/", views.o_platformie, name="o_platformie"),
    path("dostepnosc/", views.dostepnosc, name="dostepnosc"),
    path("prywatnosc/", views.prywatnosc, name="prywatnosc"),
    path("mapa-strony/", views.mapa_strony, name="mapa_strony"),
    path("sitemap.xml", public_page()(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
