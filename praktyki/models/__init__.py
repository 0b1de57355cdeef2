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
    "Wojewodztwo",
    "Zrodlo",
    "ZrodloInstrumentu",
]
