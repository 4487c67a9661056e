"""Google Business Profile: regular and special hours of locations as calendars."""

from slacalc.interop.google_business.loading import load as load

__all__ = ["load"]
