"""Whose history is kept: all that editors of meetings and materials write."""

from platforma.lib.history import track

from .material import Material
from .prelegent import PERSONAL_TEXTS, Prelegent
from .program import UdzialPrelegenta, Wypowiedz, Wystapienie
from .spotkanie import Cykl, Spotkanie, SpotkanieTag, ZrodloSpotkania
from .wersja import WersjaMaterialu

READING = ("text_state", "text_note", "text_claimed_at", "text_attempts")  # of files, by the machine

track(Spotkanie, except_for=("sequence",))
track(SpotkanieTag, part_of="content_object")
track(Wystapienie, part_of="spotkanie")
track(UdzialPrelegenta, part_of="wystapienie")
track(Wypowiedz, part_of="spotkanie")
track(Material, part_of="spotkanie", stands_alone=True, lasting=("publiczny_od",))
track(WersjaMaterialu, part_of="material", stands_alone=True, except_for=READING)
track(ZrodloSpotkania, part_of="spotkanie", except_for=("sprawdzono", "sprawdzono_wynik"))
track(Cykl)
# A photo is somebody's face and leaves with its row or the consent; no path to it is kept.
track(Prelegent, except_for=("zdjecie",), lasting=("zgoda", "zgoda_wycofana", *PERSONAL_TEXTS))
