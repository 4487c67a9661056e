"""A mapping proposed for a log that nobody has described: what was seen, and what could not be decided.

Nothing is read with a proposal until somebody has
saved it as a file, read it, and decided what it leaves open.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, product
from typing import Final, NamedTuple

from slacalc.errors import LogError
from slacalc.files import without_mark
from slacalc.logs.cells import Blanks
from slacalc.logs.csv_rows import BadRow, CsvRows
from slacalc.logs.problems import Problem
from slacalc.logs.times import TimeReader

__all__ = ["propose_mapping"]

_ROWS: Final = 2_000  # looked at
_MOST_LISTED: Final = 40  # activities that are shown
_SHOWN: Final = 5  # cells that are no times
_FIRST: Final = 20  # cells that tell whether the others are worth reading
_SHORT: Final = 3  # letters of a word that is only known whole
_ENOUGH: Final = 0.5  # of the cells of a column of times are times, at least; the others are told
_DELIMITERS: Final = (",", ";", "\t", "|")
_BLANKS: Final = ("?", "NULL", "null", "N/A", "n/a", "NA", "-", "--", "None", "nan", "NaN", "(null)")
_DATES: Final = (
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y", "%d/%b/%Y", "%d %b %Y",
    "%b %d, %Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d/%b/%y", "%d-%b-%y",
)  # fmt: skip
_CLOCKS: Final = (" %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", "")
_FORMATS: Final = ("", *(day + clock for day, clock in product(_DATES, _CLOCKS)), "epoch_seconds", "epoch_milliseconds")
_EPOCH_FROM: Final = 2000  # numbers that would be years before are no times

# Words of English, German, French, Spanish and Italian, in small letters without accents; the best come first.
_TICKET: Final = (
    "ticket", "case", "incident", "issue", "vorgang", "incidencia", "number", "key", "id", "unique", "ticketnummer",
    "nummer", "numero", "dossier", "fall", "caso", "pratica",
)  # fmt: skip
_TIME: Final = (
    "timestamp", "time", "at", "date", "updated", "changed", "when", "zeitstempel", "zeitpunkt", "zeit", "datum",
    "geandert", "horodatage", "heure", "modifie", "fecha", "hora", "data", "ora",
)  # fmt: skip
_ACTIVITY: Final = (
    "activity", "event", "action", "what", "step", "aktivitat", "ereignis", "aktion", "vorgehen", "activite",
    "evenement", "actividad", "accion", "attivita", "azione",
)  # fmt: skip
_STATUS: Final = ("status", "state", "stage", "zustand", "statut", "etat", "estado", "stato")
_RECEIVED: Final = (
    "created", "opened", "received", "reported", "submitted", "open", "creation", "erstellt", "eroffnet", "eingegangen",
    "eingang", "angelegt", "gemeldet", "cree", "ouvert", "recu", "ouverture", "creado", "creacion", "abierto",
    "recibido", "apertura", "creato", "aperto", "ricevuto", "creazione",
)  # fmt: skip
_FIELDS: Final = {
    "priority": (
        "priority", "prio", "urgency", "severity", "service_level", "prioritat", "dringlichkeit", "priorite", "urgence",
        "prioridad", "urgencia", "priorita", "urgenza",
    ),
    "market": (
        "market", "country", "region", "borough", "land", "markt", "pays", "marche", "pais", "mercado", "paese",
        "mercato",
    ),
    "channel": ("channel", "contact_type", "source", "via", "kanal", "quelle", "canal", "canale", "origen"),
    "topic": (
        "topic", "category", "complaint", "subject", "type", "thema", "kategorie", "betreff", "sujet", "categorie",
        "tema", "categoria", "asunto", "oggetto", "tipo",
    ),
}  # fmt: skip
_METRICS: Final = {
    "first_response": (
        "respon", "repl", "answer", "first_contact", "beantwort", "antwort", "erstantwort", "repon", "premiere_reponse",
        "respuesta", "primera_respuesta", "rispost",
    ),
    "resolution": (
        "resol", "solv", "closed", "done", "finish", "complet", "gelost", "losung", "erledigt", "geschlossen",
        "abgeschlossen", "resuelt", "cerrad", "ferme", "termine", "cloture", "risol", "chius",
    ),
}  # fmt: skip
_EVENTS: Final = {
    "agent_message": ("repl", "answer", "respon", "take in charge", "antwort", "respuesta", "rispost"),
    "customer_message": ("wrote", "asked", "customer", "kunde", "client"),
    "paused_until_next": ("wait", "pending", "hold", "wart", "attente", "espera", "attesa"),
    "reopened": ("reopen", "again", "wiedereroffn", "rouvert", "reabiert", "riapert"),
    "solved": ("solv", "resol", "done", "gelost", "erledigt", "resuelt", "risol"),
    "closed": ("clos", "geschlossen", "ferme", "cerrad", "chius"),
}  # fmt: skip


class _Sample(NamedTuple):
    """The first rows of a log, what stands between its cells, and the rows that cannot be used."""

    delimiter: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    bad: Sequence[Problem] = ()

    def column(self, place: int, blanks: Iterable[str]) -> list[str]:
        """Return what the cells of a column say."""
        nothing = Blanks(blanks)
        return [row[place].strip() for row in self.rows if row[place] not in nothing]


class _Times(NamedTuple):
    """The formats that read a column of times, whether it says an offset, and the cells that are no times."""

    formats: tuple[str, ...]
    has_offset: bool
    others: tuple[str, ...] = ()


def propose_mapping(lines: Iterable[str], *, where: str = "log") -> str:
    """Return the text of a mapping file for the first rows of a CSV log. Raises LogError for a log without rows.

    What could not be decided stands there as a comment that begins with "decide".
    """
    sample = _sample(lines, where)
    blanks = tuple(blank for blank in _BLANKS if any(blank in (cell.strip() for cell in row) for row in sample.rows))
    times = {place: found for place in range(len(sample.header)) if (found := _times(sample.column(place, blanks)))}
    happened = {_named(sample.header, words, range(len(sample.header))) for words in (_STATUS, _ACTIVITY)}
    others = [place for place in range(len(sample.header)) if place not in {*times, *happened}]
    ticket = _named(sample.header, _TICKET, others)
    names = [row[ticket] for row in sample.rows] if ticket is not None else []
    is_events = len(set(names)) < len(names)
    said = [f"# proposed from the first {len(sample.rows)} rows of {where}: read it before you use it"]
    said += [f"# {len(sample.bad)} of these rows cannot be used: {sample.bad[0]}"] if sample.bad else []
    said += _columns_said(sample, times, ticket, blanks, is_events=is_events)
    return "\n".join(said) + "\n"


def _columns_said(
    sample: _Sample, times: Mapping[int, _Times], ticket: int | None, blanks: tuple[str, ...], *, is_events: bool
) -> Iterator[str]:
    header = sample.header
    yield _said("ticket", header, ticket, "which column is the ticket's id?")
    received = _named(header, _RECEIVED, times)
    time = _named(header, _TIME, [place for place in times if place != received]) if is_events else None
    if is_events and time is None:
        time, received = received, None
    others = [place for place in range(len(header)) if place not in {*times, ticket}]
    activity = _named(header, _ACTIVITY, others) if is_events else None
    status = _named(header, _STATUS, [place for place in others if place != activity]) if is_events else None
    if is_events:
        yield _said("time", header, time, "which column is the time of a row?")
        yield from _what_happened(header, activity, status)
    if received is not None or not is_events:
        yield _said("received", header, received, "which column is the receipt?")
    yield from _form_said(sample, times, blanks)
    yield from _fields_said(header, [place for place in others if place not in {activity, status}])
    if not is_events:
        yield from _done_at_said(header, [place for place in times if place != received])
    elif activity is not None:
        yield from _events_said(sample.column(activity, blanks))


def _what_happened(header: Sequence[str], activity: int | None, status: int | None) -> Iterator[str]:
    if activity is not None or status is None:
        yield _said("activity", header, activity, "which column says what happened? or, as status, which its status?")
    if status is not None:
        mark = "# decide: each change of this column can be an event, too\n# " if activity is not None else ""
        yield f"{mark}status = {_quoted(header[status])}"


def _form_said(sample: _Sample, times: Mapping[int, _Times], blanks: tuple[str, ...]) -> Iterator[str]:
    """Return how the file, its times and its blanks are written, and which cells of times are none."""
    for place, found in times.items():
        if found.others:
            told = ", ".join(map(_quoted, found.others[:_SHOWN]))
            yield f"# decide: {_quoted(sample.header[place])} has cells that are no times: {told}"
    formats = _decided([found.formats for found in times.values()])
    if len(formats) > 1 and len({found.formats for found in times.values()}) < len(formats):
        yield "# decide: which of these forms do the times have? a day that may be a month is refused until you say it"
    if formats:
        said = ", ".join(map(_quoted, formats))
        yield f"time_format = {said}" if len(formats) == 1 else f"time_format = [{said}]"
    if not all(found.has_offset for found in times.values()):
        yield '# decide: times have no offset: in which zone are they?\n# zone = "Europe/Brussels"'
    if sample.delimiter != ",":
        yield f"delimiter = {_quoted(sample.delimiter)}"
    if blanks:
        yield f"blank = [{', '.join(map(_quoted, blanks))}]"


def _decided(formats: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the formats of all columns; one that a column needs decides for those that it could be, too."""
    needed = [several[0] for several in formats if len(several) == 1]
    open_still = [each for several in formats if not set(several) & set(needed) for each in several]
    return [each for each in dict.fromkeys((*needed, *open_still)) if each]


def _fields_said(header: Sequence[str], places: Sequence[int]) -> Iterator[str]:
    found = {field: place for field, words in _FIELDS.items() if (place := _named(header, words, places)) is not None}
    yield "\n[fields]"
    yield from (f"{field} = {_quoted(header[place])}" for field, place in found.items())
    rest = [header[place] for place in places if place not in found.values()]
    if rest:
        yield f"# decide: which of these does a rule test? {', '.join(map(_quoted, rest[:_MOST_LISTED]))}"


def _done_at_said(header: Sequence[str], places: Sequence[int]) -> Iterator[str]:
    found = {
        metric: place for metric, words in _METRICS.items() if (place := _named(header, words, places)) is not None
    }
    yield "\n[done_at]"
    yield from (f"{metric} = {_quoted(header[place])}" for metric, place in found.items())
    rest = [place for place in places if place not in found.values()]
    if rest:
        yield f"# decide: which metric is done at these? {', '.join(_quoted(header[place]) for place in rest)}"


def _events_said(activities: Sequence[str]) -> Iterator[str]:
    """Return what each activity may be; what nothing is known of is a comment."""
    yield "\n[events]\n# decide: what is each of these? one that is left out is no event"
    for activity, count in Counter(activities).most_common(_MOST_LISTED):
        word = next((word for word, parts in _EVENTS.items() if any(part in _plain(activity) for part in parts)), None)
        said = f'# {_quoted(activity)} = ""' if word is None else f"{_quoted(activity)} = {_quoted(word)}"
        yield f"{said}  # {count} rows"


def _sample(lines: Iterable[str], where: str) -> _Sample:
    """Return the first rows, with the delimiter that gives most cells."""
    first = list(islice(without_mark(lines), _ROWS + 1))
    delimiter = max(_DELIMITERS, key=lambda each: first[0].count(each) if first else 0)
    rows = CsvRows(first, delimiter, where)
    found = list(rows.below_header(lambda _row: False))
    below = [row for _, row in found if not isinstance(row, BadRow)]
    bad = tuple(Problem(line, row.error) for line, row in found if isinstance(row, BadRow))
    if not below:
        accepts = "a CSV file with a header, and rows of as many cells below it"
        first_bad = f", as {bad[0]}" if bad else ""
        raise LogError("log_empty", f"the log has no rows to look at{first_bad}", accepts=accepts, where=where)
    return _Sample(delimiter, rows.header, below, bad)


def _times(cells: Sequence[str]) -> _Times | None:
    """Return the formats that read most cells of a column; of a day and a month that may be either, both."""
    if not cells:
        return None
    reading = [(form, read) for form in _FORMATS if (read := _read(form, cells)) is not None]
    if not reading:
        return None
    most = max(_count(told) for _, told in reading)
    (first, told), *rest = [each for each in reading if _count(each[1]) == most]
    others = [form for form, other in rest if other != told]
    times = [cell for cell, wall in zip(cells, told, strict=True) if wall is not None]
    has_offset = first.startswith("epoch") or (first == "" and all(map(_has_offset, times)))
    unread = tuple(dict.fromkeys(cell for cell, wall in zip(cells, told, strict=True) if wall is None))
    return _Times((first, *others) if first else ("",), has_offset, unread)


def _count(walls: Sequence[datetime | None]) -> int:
    return sum(wall is not None for wall in walls)


def _read(form: str, cells: Sequence[str]) -> list[datetime | None] | None:
    """Return the times of cells in a format; None unless it reads half of them."""
    reader = TimeReader((form,) if form else (), None)
    if not any(map(reader.wall_of, cells[:_FIRST])):
        return None
    walls = [reader.wall_of(cell) for cell in cells]
    read = [wall for wall in walls if wall is not None]
    is_number = form.startswith("epoch") or all(cell.isdigit() for cell in cells)
    plausible = not is_number or (bool(read) and form.startswith("epoch") and min(w.year for w in read) >= _EPOCH_FROM)
    return walls if len(read) >= _ENOUGH * len(cells) and plausible else None


def _has_offset(cell: str) -> bool:
    return cell.endswith(("Z", "UTC", "GMT")) or "+" in cell or "-" in cell[10:]


def _named(header: Sequence[str], words: Sequence[str], places: Iterable[int]) -> int | None:
    """Return the column whose name has the first of the words, as a part of it."""
    among = list(places)
    for word in words:
        for place in among:
            name = _plain(header[place]).replace(" ", "_").replace("-", "_")
            if any(part == word or (len(word) > _SHORT and part.startswith(word)) for part in (name, *name.split("_"))):
                return place
    return None


def _plain(text: str) -> str:
    """Return a text in small letters without accents, as the words of the tables are written."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )


def _said(key: str, header: Sequence[str], place: int | None, question: str) -> str:
    if place is None:
        return f'# decide: {question}\n# {key} = ""'
    return f"{key} = {_quoted(header[place])}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
