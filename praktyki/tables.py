"""The tables of practices and of units of local government, as editors export and import them."""

from platforma.lib.tables.table import Table

from .models import Jst, Praktyka


class PraktykaTable(Table):
    """Practices without their sources, voices and numbers, which stand in rows of their own."""

    title = "tytul"

    class Meta:
        model = Praktyka
        fields = (
            *("slug", "tytul", "streszczenie", "instrumenty", "jst", "wojewodztwa", "obszar", "organizacje"),
            *("tematy", "odbiorcy", "odbiorcy_opis", "tagi", "rok_od", "rok_do", "kwota_zl", "kwota_opis"),
            *("problem", "rozwiazanie", "rezultaty", "czynniki_sukcesu", "trudnosci"),
            *("warunki_przeniesienia", "podstawa_prawna", "stan_prawny", "kontakt", "pewnosc"),
            "uwagi_redakcji",
        )


class JstTable(Table):
    unique = ("slug", "teryt")

    class Meta:
        model = Jst
        fields = (
            *("slug", "nazwa", "typ", "teryt", "wojewodztwo", "powiat", "ludnosc", "ludnosc_rok"),
            *("ludnosc_zrodlo", "lat", "lon", "w_gzm"),
        )


TABLES = {"praktyki": PraktykaTable, "jst": JstTable}
