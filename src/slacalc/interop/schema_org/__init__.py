"""Opening hours of schema.org (JSON-LD): read as calendars, and written."""

from slacalc.interop.schema_org.loading import load as load
from slacalc.interop.schema_org.writing import write as write

__all__ = ["load", "write"]
