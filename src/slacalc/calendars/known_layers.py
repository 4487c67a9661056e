"""The layers of a calendar whose hours are asked date by date."""

from datetime import date
from typing import cast

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY_SECONDS, wall_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.layers import Layers

__all__ = ["layers_of"]


def layers_of(calendar: Calendar, first: date, last: date) -> Layers:
    """Return the layers of a calendar that knows the dates from `first` to `last`.

    Raises SlaError for a calendar that is a combination, and HorizonError for dates that the calendar does not know.
    """
    check_argument(calendar, Calendar, "calendar", "a Calendar, and no combination")
    layers = cast("Layers", calendar.plan)  # what a calendar of its own answers from
    known = layers.dates
    if not known[0] <= first <= last <= known[1]:
        calendar.refuse_beyond(wall_us(layers.zone, first), wall_us(layers.zone, last, DAY_SECONDS))
    return layers
