from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap


class ConfiguredSitemap(Sitemap):
    """A sitemap whose addresses come from SITE_URL, never from the Host a request claims."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc
