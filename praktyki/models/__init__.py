from .dowody import Glos, LiczbaWysilku, Rozstrzygniecie, Wdrozenie
from .instrument import (
    AliasInstrumentu,
    Instrument,
    KrokInstrumentu,
    ParametrPrawny,
    PodstawaPrawna,
    ZrodloInstrumentu,
)
from .praktyka import Praktyka, PraktykaTag, Zrodlo
from .slowniki import Jst, Odbiorca, Organizacja, Sfera, Tag, Temat, Wojewodztwo

__all__ = [
    "AliasInstrumentu",
    "Glos",
    "Instrument",
    "Jst",
    "KrokInstrumentu",
    "LiczbaWysilku",
    "Odbiorca",
    "Organizacja",
    "ParametrPrawny",
    "PodstawaPrawna",
    "Praktyka",
    "PraktykaTag",
    "Rozstrzygniecie",
    "Sfera",
    "Tag",
    "Temat",
    "Wdrozenie",
    "Wojewodztwo",
    "Zrodlo",
    "ZrodloInstrumentu",
]
