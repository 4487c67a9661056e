"""Texts of opening_hours, made for these tests by the specification."""

from typing import Final

ORDINARY: Final = "Mo-Fr 08:00-12:00,13:00-18:00; Sa 08:00-12:00; PH off; Dec 24 08:00-12:00"
"""A lunch hour, Saturday mornings, no holidays, and a short day each year."""

ROUND_THE_CLOCK: Final = "24/7; PH off"
"""Day and night, but for holidays."""

OVERNIGHT: Final = "Mo-Th 17:00-23:00; Fr,Sa 17:00-02:00; Su 11:00-22:00"
"""Late evenings; the rule of Sunday ends the night of Saturday at midnight."""

JOINED: Final = "Mo-Th 17:00-23:00, Fr,Sa 17:00-02:00, Su 11:00-22:00"
"""The same, where commas leave all nights whole."""

SEASONS: Final = "Mar-Oct Mo-Su 09:00-19:00; Nov-Feb Sa,Su 10:00-16:00; Dec 24-26 off; Jan 1 off"
"""A garden: summer, winter weekends, days off."""

ODD: Final = "week 1-53/2 Mo 09:00-12:00; Sa[1] 10:00-12:00; easter -2 days off"
"""Mondays of every other week, the first Saturday of a month, not on Good Friday."""

NIGHTS: Final = "Mo-Su 22:00-06:00; PH off"
"""Nights that holidays cut by the date."""
