"""The rows of a log become the columns of its tickets, row by row, and nothing else is kept.

A row that cannot be used is a problem of its own. A ticket of which such a row may have been the receipt is left out
whole: nobody knows when it was received, and what is known of it begins too late.

Over 400 lines: the three shapes of rows fill the same columns, and leave the same tickets out.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, islice
from operator import le
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.errors import LogError, SlaError
from slacalc.logs.activities import CREATED, Said, Story
from slacalc.logs.cells import Blanks, Cells, Columns, getter
from slacalc.logs.csv_rows import BadRow
from slacalc.logs.mapping import LogMapping
from slacalc.logs.problems import ProblemList, receipt_unknown
from slacalc.logs.tickets import NOT_DONE, Coded, EventRows, InstantColumn, TicketColumns
from slacalc.logs.times import TimeReader

__all__ = ["Collected", "DoneRows", "Found", "ReplayedRows", "Rows", "Texts", "TicketRows", "collect", "taken_rows"]

Rows: TypeAlias = "Iterable[tuple[int, Cells | BadRow]]"
_MOST_OF_INT: Final = 2**31
Numbers: TypeAlias = "array[int]"
_AnyCells: TypeAlias = Any  # the cells of a row, or some of them by their place
_Take: TypeAlias = Callable[[int, Cells, int, int, int], None]
_Instant: TypeAlias = tuple[int, int]  # microseconds in UTC, and the number of its zone


class Collected(NamedTuple):
    """What the rows of a log held: the columns of its tickets, how many rows were used, and the last instant."""

    columns: TicketColumns
    used: int
    last: _Instant | None
    activities: frozenset[str]


def collect(rows: Rows, columns: Columns, mapping: LogMapping, times: TimeReader, problems: ProblemList) -> Collected:
    """Return the tickets of rows. What cannot be used goes to the problems."""
    taken = taken_rows(Found(columns, mapping, times, problems))
    taken.take(rows)
    return taken.collected()


def taken_rows(found: "Found") -> "TicketRows | DoneRows | ReplayedRows":
    """Return what takes rows as a mapping says: as tickets, as events that fulfil metrics, or to replay."""
    if found.mapping.time is None:
        return TicketRows(found)
    return ReplayedRows(found) if found.mapping.is_replayed else DoneRows(found)


class TicketRows:
    """Rows that are tickets: the receipt, and when each metric was done, stand in columns."""

    def __init__(self, found: "Found") -> None:
        self.found: Found = found
        self.done: list[InstantColumn] = [InstantColumn(array("q"), array("H")) for _ in found.columns.done_at]

    def take(self, rows: Rows) -> None:
        """Collect rows."""
        found = self.found
        columns, read, blanks = found.columns, found.times.read, found.blanks
        for line, row in rows:
            try:
                cells = _usable(row)
                received = read(cells[found.time])
                instants = [(NOT_DONE, 0) if cells[at] in blanks else read(cells[at]) for at in columns.done_at]
                found.refuse_twice(cells)
                number = found.begin(cells, line, received)
            except SlaError as error:
                found.refuse(line, row, error)
                continue
            found.counts[number] = 1
            found.last_us[number], found.last_zone[number] = max(received, *instants) if instants else received
            for column, (us, zone) in zip(self.done, instants, strict=True):
                column.us.append(us)
                column.zone.append(zone)

    def collected(self) -> Collected:
        """Return what they hold."""
        metrics = (metric for metric, _ in self.found.mapping.done_at)
        return self.found.collected(dict(zip(metrics, self.done, strict=True)))


class DoneRows:
    """Rows of events of which some fulfil metrics: the first of each by time."""

    def __init__(self, found: "Found") -> None:
        self.found: Found = found
        self.done: dict[str, InstantColumn] = {
            metric: InstantColumn(array("q"), array("H")) for metric, _ in found.mapping.done
        }
        self.activities: _Activities = _Activities(found, self.done)

    def take(self, rows: Rows) -> None:
        """Collect rows."""
        found, activities, done = self.found, self.activities, self.done
        read, numbers, take, fulfilled = found.times.read, found.numbers, found.taker(), activities.fulfilled
        ticket, time, activity = found.columns.ticket, found.time, found.columns.activity or 0
        for line, row in rows:
            try:
                cells = _usable(row)
                us, zone = read(cells[time])
                columns = fulfilled.get(cells[activity])
                if columns is None:
                    columns = activities.meet(cells)
                number = numbers.get(cells[ticket])
                if number is None:
                    number = found.begin(cells, line, (us, zone))
                    for column in done.values():
                        column.us.append(NOT_DONE)
                        column.zone.append(0)
            except SlaError as error:
                found.refuse(line, row, error)
                continue
            take(number, cells, line, us, zone)
            for column in columns:
                if not NOT_DONE < column.us[number] <= us:
                    column.us[number], column.zone[number] = us, zone

    def collected(self) -> Collected:
        """Return what they hold."""
        return self.found.collected(self.done, activities=frozenset(self.activities.fulfilled))


class ReplayedRows:
    """Rows of events to replay: all of them, as numbers."""

    def __init__(self, found: "Found") -> None:
        self.found: Found = found
        self.rows: _Replayed = _Replayed(array("i"), array("q"), array("H"), array("i"))

    def take(self, rows: Rows) -> None:
        """Collect rows."""
        found, (tickets, at, zones, said) = self.found, self.rows
        read, numbers, take, said_by = found.times.read, found.numbers, found.taker(), found.said.number
        ticket, time = found.columns.ticket, found.time
        for line, row in rows:
            try:
                cells = _usable(row)
                us, zone = read(cells[time])
                says = said_by(cells)
                number = numbers.get(cells[ticket])
                if number is None:
                    number = found.begin(cells, line, (us, zone))
            except SlaError as error:
                found.refuse(line, row, error)
                continue
            take(number, cells, line, us, zone)
            tickets.append(number)
            at.append(us)
            zones.append(zone)
            said.append(says)

    def collected(self) -> Collected:
        """Return what they hold."""
        return self.found.collected({}, rows=self.rows, activities=self.found.said.firsts())


class _Replayed(NamedTuple):
    """The rows to replay, in the order of the log: their tickets, instants, zones, and what each says."""

    ticket: Numbers
    at: Numbers
    zone: Numbers
    said: Numbers


class Found:
    """What is known of tickets while rows go by."""

    def __init__(self, columns: Columns, mapping: LogMapping, times: TimeReader, problems: ProblemList) -> None:
        self.columns: Columns = columns
        self.mapping: LogMapping = mapping
        self.times: TimeReader = times
        self.problems: ProblemList = problems
        self.blanks: Blanks = Blanks(mapping.blank)
        self.time: int = columns.time if columns.time is not None else columns.received or 0
        self.said: Texts = Texts(columns.said(replayed=mapping.is_replayed), columns, self.blanks)
        self.own: Texts = Texts(columns.own, columns, self.blanks)
        self.numbers: dict[str, int] = {}
        self.lines: Numbers = array("q")
        self.counts: Numbers = array("i")
        self.first_us: Numbers = array("q")
        self.first_zone: Numbers = array("H")
        self.first_line: Numbers = array("q")
        self.first_said: Numbers = array("i")
        self.last_us: Numbers = array("q")
        self.last_zone: Numbers = array("H")
        self.last_own: Numbers = array("i")
        self.received: InstantColumn = InstantColumn(array("q"), array("H"))
        first = (self.first_us, self.first_zone, self.first_line, self.first_said)
        self.filled: tuple[Numbers, ...] = (self.lines, self.counts, *first, self.last_us, self.last_zone)
        self._append = tuple(column.append for column in self.filled)
        self._has_receipts = columns.time is not None and columns.received is not None
        self._unreadable: dict[str, tuple[int, int]] = {}

    def begin(self, cells: Cells, line: int, at: _Instant) -> int:
        """Return the number of a ticket that was not met before. Raises LogError where the row does not name one."""
        name = cells[self.columns.ticket]
        if name in self.blanks:
            raise self.columns.cell_needed(cells, self.columns.ticket)
        said = self.said.number(cells)
        if self.mapping.time is None and (missing := self.said.missing(said)) is not None:
            raise self.columns.cell_needed(cells, missing)
        number = self.numbers[name] = len(self.lines)
        for append, value in zip(self._append, (line, 0, *at, line, said, *at), strict=True):
            append(value)
        if self._has_receipts:
            self.received.us.append(NOT_DONE)
            self.received.zone.append(0)
        if self.columns.own:
            self.last_own.append(self.own.number(cells))
        return number

    def taker(self) -> _Take:
        """Return what takes a row of a ticket: its number, cells, line and instant. It is called for every row."""
        counts, first_us, last_us, last_zone = self.counts, self.first_us, self.last_us, self.last_zone
        more = self._has_receipts or bool(self.columns.own)

        def take(number: int, cells: Cells, line: int, us: int, zone: int) -> None:
            counts[number] += 1
            if us < first_us[number]:
                self._take_first(number, cells, line, us, zone)
            if us >= last_us[number]:
                last_us[number] = us
                last_zone[number] = zone
            if more:
                self._take_more(number, cells, line, us)

        return take

    def _take_first(self, number: int, cells: Cells, line: int, us: int, zone: int) -> None:
        self.first_us[number], self.first_zone[number], self.first_line[number] = us, zone, line
        self.first_said[number] = self.said.number(cells)

    def _take_more(self, number: int, cells: Cells, line: int, us: int) -> None:
        """Take what only some logs have: a column of the receipt, and columns that stand beside a ticket."""
        if self.columns.own and us >= self.last_us[number]:
            self.last_own[number] = self.own.number(cells)
        if self._has_receipts:
            self._take_receipt(number, cells, line)

    def refuse(self, line: int, row: "Cells | BadRow", error: SlaError) -> None:
        """Note a row that cannot be used, and the ticket that it may have been the receipt of; an empty one is none."""
        cells = row.cells if isinstance(row, BadRow) else row
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            return
        self.problems.add(line, self._explained(row, error))
        name = str(cells[self.columns.ticket]) if self.columns.ticket < len(cells) else ""
        if name not in self.blanks and error.code != "ticket_twice":
            first, _ = self._unreadable.get(name, (line, line))
            self._unreadable[name] = (0 if self._creates(cells) else first, line)

    def refuse_twice(self, cells: Cells) -> None:
        """Raise LogError for a second row of a ticket, where a row is a ticket."""
        name = cells[self.columns.ticket]
        if name in self.numbers:
            accepts = f"one row a ticket; it stands in line {self.lines[self.numbers[name]]}, too"
            raise LogError("ticket_twice", "a ticket has two rows", given=name, accepts=accepts)

    def collected(
        self,
        done: Mapping[str, InstantColumn],
        rows: _Replayed | None = None,
        activities: frozenset[str] = frozenset(),
    ) -> Collected:
        """Return the tickets of which the receipt is known; the others are problems."""
        kept = self._kept()
        names = list(self.numbers)
        self.numbers.clear()
        is_whole = len(kept) == len(names)
        latest = max(kept, key=self.last_us.__getitem__, default=None)
        receipts = self.received if self._has_receipts else InstantColumn(self.first_us, self.first_zone)
        columns = TicketColumns(
            names if is_whole else [names[number] for number in kept],
            _chosen(self.lines, kept),
            _chosen_instants(receipts, kept),
            self.times.zones,
            self.said.columns(self.mapping.fields, _chosen(self.first_said, kept)),
            {metric: _chosen_instants(column, kept) for metric, column in done.items()},
            self.own.columns(self.mapping.own, _chosen(self.last_own, kept) if self.columns.own else self.last_own),
            None if rows is None else self._grouped(rows, kept, len(names)),
            self.mapping.assumes_creator,
        )
        last = None if latest is None else (self.last_us[latest], self.last_zone[latest])
        return Collected(columns, sum(map(self.counts.__getitem__, kept)), last, activities)

    def _kept(self) -> "array[int]":
        """Return the numbers of the tickets of which the receipt is known; the others are problems."""
        if not (self._unreadable or self._has_receipts or self.said.some_miss):
            return array("i", range(len(self.lines)))
        return array("i", (number for name, number in self.numbers.items() if self._is_known(name, number)))

    def _grouped(self, rows: _Replayed, kept: "array[int]", known: int) -> EventRows:
        """Return the rows by ticket: where those of each begin and end, and their places unless they stand so."""
        starts = array("q", accumulate(self.counts, initial=0))
        order = None if _is_grouped(rows.ticket) else _order(rows.ticket, starts)
        named = [name for name, _ in self.mapping.fields]
        said, words = self.said.stories(self.columns, len(named)), dict(self.mapping.events)
        story = Story(said, tuple(named), words, self.mapping.creator)
        receipts = self.received if self._has_receipts else None
        numbers = None if len(kept) == known else kept
        return EventRows(starts, numbers, order, rows.at, rows.zone, rows.said, story, receipts)

    def _take_receipt(self, number: int, cells: Cells, line: int) -> None:
        """Take the receipt of a ticket from its column, the earliest where its rows differ."""
        cell, received = cells[self.columns.received or 0], self.received
        if cell in self.blanks:
            return
        try:
            us, zone = self.times.read(cell)
        except SlaError as error:
            self.problems.add(line, error.placed(self.columns.header[self.columns.received or 0]))
            return
        if not NOT_DONE < received.us[number] <= us:
            received.us[number], received.zone[number] = us, zone

    def _explained(self, row: "Cells | BadRow", error: SlaError) -> SlaError:
        """Return the error of a row: of times all that are none, by their columns, or that the time is empty."""
        if isinstance(row, BadRow):
            return error
        if row[self.time] in self.blanks:
            return self.columns.cell_needed(row, self.time)
        wrong = [each for place in (self.time, *self.columns.done_at) if (each := self._unread(row, place)) is not None]
        return LogError.of(wrong) if len(wrong) > 1 else next(iter(wrong), error)

    def _unread(self, row: Cells, place: int) -> SlaError | None:
        """Return the error of a cell that should be a time and is none."""
        if row[place] in self.blanks:
            return None
        try:
            self.times.read(row[place])
        except SlaError as error:
            return error.placed(self.columns.header[place])
        return None

    def _creates(self, cells: Cells) -> bool:
        """Tell whether a row is one that creates its ticket."""
        place = self.columns.activity
        if place is None or place >= len(cells):
            return False
        return dict(self.mapping.events).get(cells[place]) == CREATED

    def _is_known(self, name: str, number: int) -> bool:
        """Tell whether the receipt of a ticket is known, with what its first row must say; else it is a problem."""
        line = self.first_line[number]
        if name in self._unreadable and self._may_be_first(*self._unreadable[name], number):
            self.problems.add(self.lines[number], receipt_unknown(name, "a row before cannot be read"))
            return False
        if self._has_receipts and self.received.us[number] == NOT_DONE:
            self.problems.add(line, receipt_unknown(name, "no row says when it was received"))
            return False
        missing = self.said.missing(self.first_said[number])
        if missing is not None:
            self.problems.add(line, self.columns.first_needed(name, missing))
        return missing is None

    def _may_be_first(self, earliest: int, latest: int, number: int) -> bool:
        """Tell whether an unreadable row may come before all readable ones, by its place in a log up or down.

        Of several values in one cell none is known to come before another.
        """
        goes_down = self.first_line[number] > self.lines[number]
        return earliest <= self.lines[number] or (goes_down and latest >= self.first_line[number])


class _Activities:
    """Which columns of instants each activity fulfils, as activities are met."""

    def __init__(self, found: Found, done: Mapping[str, InstantColumn]) -> None:
        self._columns, self._blanks = found.columns, found.blanks
        self._fulfils: dict[str, tuple[InstantColumn, ...]] = {}
        for metric, activities in found.mapping.done:
            for activity in dict.fromkeys(activities):
                self._fulfils[activity] = (*self._fulfils.get(activity, ()), done[metric])
        self.fulfilled: dict[Any, tuple[InstantColumn, ...]] = {}

    def meet(self, cells: _AnyCells) -> tuple[InstantColumn, ...]:
        """Return the columns of an activity that was not met before. Raises LogError where there is none."""
        place = self._columns.activity or 0
        if cells[place] in self._blanks:
            raise self._columns.cell_needed(cells, place)
        return self.fulfilled.setdefault(cells[place], self._fulfils.get(cells[place], ()))


class Texts:
    """The cells of several columns together, by number: rows that say the same have the same number."""

    def __init__(self, places: Sequence[int], columns: Columns, blanks: Blanks) -> None:
        self.places = places
        self._get = getter(places)
        self._columns = columns
        self._blanks = blanks
        self._numbers: dict[Any, int] = {}
        self._texts: list[tuple[str | None, ...]] = []
        self._missing: list[int | None] = []

    def number(self, row: _AnyCells) -> int:
        """Return the number of what a row says. Raises LogError where it lacks an activity that it needs."""
        number = self._numbers.get(self._get(row))
        return self._meet(row) if number is None else number

    def missing(self, number: int) -> int | None:
        """Return the place of a cell that is blank and needed where a ticket begins."""
        return self._missing[number]

    @property
    def some_miss(self) -> bool:
        """Whether some row lacks what a first row needs."""
        return any(place is not None for place in self._missing)

    def firsts(self) -> frozenset[str]:
        """Return the activities that were met."""
        met = (texts[0] for texts in self._texts if self._columns.activity in self.places[:1])
        return frozenset(text for text in met if text is not None)

    def stories(self, columns: Columns, fields: int) -> list[Said]:
        """Return what rows say by number, each as an activity, a status and fields."""
        return [self._said(texts, columns, fields) for texts in self._texts]

    def columns(self, named: Sequence[tuple[str, str]], numbers: "array[int]") -> dict[str, Coded]:
        """Return a column for each of the names, which are those of the last texts, from the numbers of rows."""
        offset = len(self.places) - len(named)
        return {name: self._column(place, numbers) for place, (name, _) in enumerate(named, offset)}

    def _column(self, place: int, numbers: "array[int]") -> Coded:
        codes: dict[str | None, int] = {}
        code_of = array("i", (codes.setdefault(texts[place], len(codes)) for texts in self._texts))
        return Coded(array("i", map(code_of.__getitem__, numbers)), tuple(codes))

    def _said(self, texts: tuple[str | None, ...], columns: Columns, fields: int) -> Said:
        activity = texts[0] if columns.activity is not None else None
        (*happened,) = texts[: len(texts) - fields]
        creator = happened.pop() if columns.creator is not None else None
        status = happened.pop() if columns.status is not None else None
        return Said(activity or "", status, texts[len(texts) - fields :], creator)

    def _meet(self, row: _AnyCells) -> int:
        texts = tuple(None if row[place] in self._blanks else row[place] for place in self.places)
        needed, creator = self._columns.activity, self._columns.creator
        if (
            needed is not None
            and needed in self.places
            and self._columns.status is None
            and row[needed] in self._blanks
        ):
            raise self._columns.cell_needed(row, needed)
        self._texts.append(texts)
        told = zip(self.places, texts, strict=True)
        lacking = (
            place for place, text in told if text is None and place not in {needed, creator, *self._columns.optional}
        )
        self._missing.append(next(lacking, None))
        number = self._numbers[self._get(row)] = len(self._texts) - 1
        return number


def _usable(row: "Cells | BadRow") -> Cells:
    """Return the cells of a row. Raises the error of one that cannot be used."""
    if isinstance(row, BadRow):
        raise row.error
    return row


def _chosen(column: "array[int]", kept: "array[int]") -> "array[int]":
    """Return the rows of a column that are kept; the column itself where all are."""
    return column if len(kept) == len(column) else array(column.typecode, map(column.__getitem__, kept))


def _chosen_instants(column: InstantColumn, kept: "array[int]") -> InstantColumn:
    return InstantColumn(_chosen(column.us, kept), _chosen(column.zone, kept))


def _is_grouped(tickets: "array[int]") -> bool:
    """Tell whether the rows of each ticket stand together: tickets are numbered as they are met."""
    return all(map(le, tickets, islice(tickets, 1, None)))


def _order(tickets: "array[int]", starts: "array[int]") -> "array[int]":
    """Return the places of rows by ticket, those of one in the order of the log."""
    free, order = array("q", starts), array("i" if len(tickets) < _MOST_OF_INT else "q", [0]) * len(tickets)
    for place, ticket in enumerate(tickets):
        order[free[ticket]] = place
        free[ticket] += 1
    return order
