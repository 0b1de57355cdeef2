from .material import Material, WersjaMaterialu
from .prelegent import Prelegent
from .program import UdzialPrelegenta, Wypowiedz, Wystapienie
from .spotkanie import Cykl, Spotkanie, SpotkanieTag, ZrodloSpotkania

__all__ = [
    "Cykl",
    "Material",
    "Prelegent",
    "Spotkanie",
    "SpotkanieTag",
    "UdzialPrelegenta",
    "WersjaMaterialu",
    "Wypowiedz",
    "Wystapienie",
    "ZrodloSpotkania",
]
