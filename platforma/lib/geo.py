"""Positions on the Earth: how far apart two are, and where they fall on a flat drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius (IUGG)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two positions in degrees, in kilometres (haversine formula)."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, chord)))


@dataclass(frozen=True)
class Projection:
    """An equirectangular drawing of a box of degrees, true to scale along its middle parallel.

    `width` is in units of the drawing; y grows downwards, as in SVG.
    """

    west: float
    south: float
    east: float
    north: float
    width: float

    @classmethod
    def around(cls, positions: Iterable[tuple[float, float]], width: float, margin: float) -> "Projection":
        """Return the drawing of a box that holds all `(lat, lon)` and `margin` more on each side.

        `margin` is in degrees of latitude and as wide across; there must be a position.
        """
        lats, lons = zip(*positions, strict=True)
        south, north = min(lats) - margin, max(lats) + margin
        across = margin / cos(radians((south + north) / 2))
        return cls(min(lons) - across, south, max(lons) + across, north, width)

    @property
    def scale(self) -> float:
        """Units of the drawing in one degree of latitude."""
        return self.width / ((self.east - self.west) * self._squeeze)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return `(x, y)` of a position; one outside the box falls outside the drawing."""
        return (lon - self.west) * self.scale * self._squeeze, (self.north - lat) * self.scale

    @property
    def _squeeze(self) -> float:
        return cos(radians((self.south + self.north) / 2))
