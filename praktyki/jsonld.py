"""schema.org descriptions of pages, for search engines and other machines; only what the page itself says."""

from platforma.lib.pages import absolute, compact


def praktyka(praktyka) -> dict:
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": praktyka.tytul,
            "abstract": praktyka.streszczenie,
            "inLanguage": "pl",
            "url": absolute(praktyka.get_absolute_url()),
            "image": absolute(praktyka.picture_url) if praktyka.is_published() else None,
            "datePublished": praktyka.published_at and praktyka.published_at.isoformat(),
            "dateModified": praktyka.updated_at.isoformat(),
            "about": [
                {"@type": "Thing", "name": instrument.nazwa} for instrument in praktyka.instrumenty.all()
            ],
            "spatialCoverage": [
                {"@type": "AdministrativeArea", "name": jst.nazwa} for jst in praktyka.jst.all()
            ],
            "keywords": [tag.name for tag in praktyka.tagi.all()],
            "citation": [zrodlo.url or zrodlo.tytul for zrodlo in praktyka.zrodla.all()],
        }
    )


def instrument(instrument) -> dict:
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            "name": instrument.nazwa,
            "alternateName": [alias.nazwa for alias in instrument.inne_nazwy],
            "description": instrument.definicja,
            "inLanguage": "pl",
            "url": absolute(instrument.get_absolute_url()),
        }
    )


def jst(jst) -> dict:
    geo = (
        {"@type": "GeoCoordinates", "latitude": jst.lat, "longitude": jst.lon}
        if jst.lat is not None
        else None
    )
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "AdministrativeArea",
            "name": jst.nazwa,
            "identifier": jst.teryt,
            "geo": geo,
            "containedInPlace": {"@type": "AdministrativeArea", "name": jst.wojewodztwo.nazwa}
            if jst.wojewodztwo
            else None,
            "url": absolute(jst.get_absolute_url()),
        }
    )


def organizacja(organizacja) -> dict:
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": organizacja.nazwa,
            "sameAs": organizacja.www,
            "url": absolute(organizacja.get_absolute_url()),
        }
    )
