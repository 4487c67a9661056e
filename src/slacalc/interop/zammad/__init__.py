"""Zammad: its calendars and SLAs as a policy of ours, and a calendar of ours as one of Zammad's."""

from slacalc.interop.zammad.loading import load as load
from slacalc.interop.zammad.writing import write as write

__all__ = ["load", "write"]
