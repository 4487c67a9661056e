"""OpenStreetMap: texts of `opening_hours`, read into calendars and written of them."""

from slacalc.interop.osm.loading import load as load
from slacalc.interop.osm.writing import write as write

__all__ = ["load", "write"]
