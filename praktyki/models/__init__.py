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
from .termin import TerminRoczny

__all__ = [
    "AliasInstrumentu",
    "Instrument",
    "Jst",
    "KrokInstrumentu",
    "Odbiorca",
    "Organizacja",
    "ParametrPrawny",
    "PodstawaPrawna",
    "Praktyka",
    "PraktykaTag",
    "Sfera",
    "Tag",
    "Temat",
    "TerminRoczny",
    "Wojewodztwo",
    "Zrodlo",
    "ZrodloInstrumentu",
]
