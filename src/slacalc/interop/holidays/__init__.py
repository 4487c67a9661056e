"""Sources of public holidays as frozen holidays: OpenHolidays, Nager.Date, gov.uk and holiday-cn."""

from slacalc.interop.holidays.loading import load as load

__all__ = ["load"]
