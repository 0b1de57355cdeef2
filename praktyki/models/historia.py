"""Whose history is kept: all that editors of practices, instruments and word lists write."""

from platforma.lib.history import track

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

track(Praktyka)
track(PraktykaTag, part_of="content_object")
track(Zrodlo, part_of="praktyka")
track(LiczbaWysilku, part_of="praktyka")
track(Glos, part_of="praktyka")
track(Wdrozenie, part_of="praktyka", except_for=("potwierdzone_do",))
track(Rozstrzygniecie, part_of="praktyka")

track(Instrument)
track(KrokInstrumentu, part_of="instrument")
track(ParametrPrawny, part_of="instrument")
track(PodstawaPrawna, part_of="instrument")
track(AliasInstrumentu, part_of="instrument")
track(ZrodloInstrumentu, part_of="instrument")
track(TerminRoczny)

track(Pytanie)
track(Odpowiedz, part_of="pytanie")
track(Regula, part_of="odpowiedz")
track(PrzypadekKreatora)

for model in (Jst, Organizacja, Temat, Odbiorca, Tag, Wojewodztwo):
    track(model)
track(Sfera, part_of="temat")
