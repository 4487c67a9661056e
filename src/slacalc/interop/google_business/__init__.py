"""Google Business Profile: regular and special hours of locations as calendars, and a calendar as these."""

from slacalc.interop.google_business.loading import load as load
from slacalc.interop.google_business.writing import write as write

__all__ = ["load", "write"]
