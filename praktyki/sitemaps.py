from platforma.lib.sitemaps import ConfiguredSitemap

from .models import Instrument, Jst, Organizacja, Praktyka


class PraktykaSitemap(ConfiguredSitemap):
    def items(self):
        return Praktyka.objects.published()

    def lastmod(self, praktyka):
        return praktyka.updated_at


class InstrumentSitemap(ConfiguredSitemap):
    def items(self):
        return Instrument.objects.all()

    def lastmod(self, instrument):
        return instrument.updated_at


class JstSitemap(ConfiguredSitemap):
    def items(self):
        return Jst.objects.all()


class OrganizacjaSitemap(ConfiguredSitemap):
    def items(self):
        return Organizacja.objects.published()


SITEMAPS = {
    "praktyki": PraktykaSitemap,
    "instrumenty": InstrumentSitemap,
    "jst": JstSitemap,
    "organizacje": OrganizacjaSitemap,
}
