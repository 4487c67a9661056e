"""What other systems write, read into policies and calendars: one package for each system."""

from slacalc.interop import zendesk as zendesk
from slacalc.interop.imported import Imported as Imported
from slacalc.interop.imported import Loss as Loss

__all__ = ["Imported", "Loss", "zendesk"]
