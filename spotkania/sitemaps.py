from platforma.lib.sitemaps import ConfiguredSitemap

from .models import Cykl, Prelegent, Spotkanie


class SpotkanieSitemap(ConfiguredSitemap):
    def items(self):
        return Spotkanie.objects.published()

    def lastmod(self, spotkanie):
        return spotkanie.updated_at


class CyklSitemap(ConfiguredSitemap):
    def items(self):
        return Cykl.objects.published()


class PrelegentSitemap(ConfiguredSitemap):
    def items(self):
        return Prelegent.objects.published()


SITEMAPS = {"spotkania": SpotkanieSitemap, "cykle": CyklSitemap, "prelegenci": PrelegentSitemap}
