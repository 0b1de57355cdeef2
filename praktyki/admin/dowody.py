"""The evidence of a practice, on its page at the editors' desk."""

from platforma.lib.admin_parts import CardInline

from ..models import Glos, LiczbaWysilku, Rozstrzygniecie, Wdrozenie


class EvidenceInline(CardInline):
    """Rows that most practices still lack: folded until there is one."""

    folds_when_empty = True


class GlosInline(EvidenceInline):
    model = Glos
    fields = ("strona", "tresc", ("osoba", "rola"), ("data", "url"))


class LiczbaWysilkuInline(EvidenceInline):
    model = LiczbaWysilku
    fields = (("rodzaj", "wartosc"), ("rok", "zrodlo_liczby"), "opis")


class WdrozenieInline(EvidenceInline):
    model = Wdrozenie
    autocomplete_fields = ("jst",)
    fields = (("jst", "status"), "co_zmieniono", ("data", "potwierdzono"))


class RozstrzygniecieInline(EvidenceInline):
    model = Rozstrzygniecie
    fields = (("organ", "data"), ("sygnatura", "dotyczy"), ("wynik", "obowiazuje"), "url")


EVIDENCE_INLINES = (GlosInline, LiczbaWysilkuInline, WdrozenieInline, RozstrzygniecieInline)
