from django.urls import reverse

from platforma.lib.sitemaps import ConfiguredSitemap
from praktyki.sitemaps import SITEMAPS as PRAKTYKI
from spotkania.sitemaps import SITEMAPS as SPOTKANIA


class StaticSitemap(ConfiguredSitemap):
    def items(self):
        return [
            "home",
            "praktyki:list",
            "praktyki:instrument_list",
            "praktyki:kreator",
            "praktyki:jst_list",
            "spotkania:list",
            "spotkania:prelegent_list",
            "spotkania:material_list",
            "zglos:start",
            "o_platformie",
            "dostepnosc",
            "prywatnosc",
            "mapa_strony",
        ]

    def location(self, name):
        return reverse(name)


SITEMAPS = {"strony": StaticSitemap, **PRAKTYKI, **SPOTKANIA}
