"""A clock that a test sets."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass
class Wall:
    """The clock on the wall."""

    shows: datetime

    def __call__(self) -> datetime:
        return self.shows

    def turn(self, text: str) -> None:
        self.shows = datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)
