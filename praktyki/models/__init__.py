from .instrument import (
    AliasInstrumentu,
    Instrument,
    KrokInstrumentu,
    ParametrPrawny,
    PodstawaPrawna,
    ZrodloInstrumentu,
)
from .kreator import Odpowiedz, PrzypadekKreatora, Pytanie, Regula
from .praktyka import Praktyka, PraktykaTag, Zrodlo
from .slowniki import Jst, Odbiorca, Organizacja, Sfera, Tag, Temat, Wojewodztwo
from .termin import TerminRoczny

__all__ = [
    "AliasInstrumentu",
    "Instrument",
    "Jst",
    "KrokInstrumentu",
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
    "Sfera",
    "Tag",
    "Temat",
    "TerminRoczny",
    "Wojewodztwo",
    "Zrodlo",
    "ZrodloInstrumentu",
]
