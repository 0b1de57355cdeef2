from . import historia  # noqa: F401  (after the models whose history it keeps)
from .dowody import Glos, LiczbaWysilku, Rozstrzygniecie
from .instrument import (
    AliasInstrumentu,
    Instrument,
    KrokInstrumentu,
    PodstawaPrawna,
    ZrodloInstrumentu,
)
from .kreator import Odpowiedz, PrzypadekKreatora, Pytanie, Regula
from .parametr import ParametrPrawny
from .praktyka import Praktyka, PraktykaTag, Zrodlo
from .slowniki import Jst, Odbiorca, Organizacja, Sfera, Tag, Temat, Wojewodztwo
from .termin import TerminRoczny
from .wdrozenie import Wdrozenie

__all__ = [
    "AliasInstrumentu",
    "Glos",
    "Instrument",
    "Jst",
    "KrokInstrumentu",
    "LiczbaWysilku",
    "Odbiorca",
    "Odpowiedz",
    "Organizacja",
    "ParametrPrawny",
    "PodstawaPrawna",
    "Praktyka",
    "PraktykaTag",
    "PrzypadekKreatora",
    "Pytanie",
    "Regula",
    "Rozstrzygniecie",
    "Sfera",
    "Tag",
    "Temat",
    "TerminRoczny",
    "Wdrozenie",
    "Wojewodztwo",
    "Zrodlo",
    "ZrodloInstrumentu",
]
