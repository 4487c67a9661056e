"""How far a log's own word on its promises agrees: its flags, or its due times, beside ours."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from slacalc.arguments import nearest_first, refuse
from slacalc.business_time.instants import to_us
from slacalc.calendars.ledger import told_moment
from slacalc.clocks.outcome import Status
from slacalc.columns.judging import is_missing
from slacalc.errors import LogError, MetricError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.fields import field_text
from slacalc.render import Cell, Tabular, TextTable

__all__ = [
    "AGREEMENT_TITLE",
    "Agreement",
    "AgreementLine",
    "Compared",
    "Disagreement",
    "Ours",
    "OwnWord",
    "agreement_of",
    "read_compared",
    "read_words",
]

AGREEMENT_TITLE: Final = "the log's own word"
_OTHERWISE: Final = "where the log says otherwise"

Compared: TypeAlias = "str | Mapping[str, object]"
"""The name of a column of the rows, or a mapping of tickets to flags or due times."""
OwnWord: TypeAlias = Literal["met", "breached", "not said"]

# Yes and no in the twelve languages, beside words that tools use.
_YES: Final = frozenset(
    {"true", "yes", "met", "1", "y", "t", "ano", "ja", "kyllä", "oui", "igen", "sì", "si", "tak", "да", "áno"}
)
_NO: Final = frozenset(
    {"false", "no", "breached", "missed", "0", "n", "f", "ne", "nein", "ei", "non", "nem", "nee", "nie", "нет", "nej"}
)
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)


class Ours(NamedTuple):
    """What we say of a promise."""

    ticket: str
    metric: str
    status: Status
    due: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """The promises of one metric of which a log says one thing, by what we say of them."""

    metric: str
    own: OwnWord
    met: int
    breached: int
    done: int
    pending: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A promise of which the log says something else: that it was kept, or when it was due."""

    ticket: str
    metric: str
    own: OwnWord
    own_due: datetime | None
    status: Status
    due: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agreement(Tabular):
    """A log's own word beside ours: how often it says what, and where the two differ.

    They agree when both call a promise breached, or neither does; of a due time, when it is the same instant, too.
    """

    lines: tuple[AgreementLine, ...]
    disagreements: tuple[Disagreement, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each promise of which the log says something else."""
        names = Disagreement.__slots__
        return [{name: getattr(each, name) for name in names} for each in self.disagreements]

    def to_data(self) -> dict[str, object]:
        """Return both tables as plain lists, dicts and texts."""
        return {
            "lines": [{name: getattr(line, name) for name in AgreementLine.__slots__} for line in self.lines],
            "disagreements": [
                {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
                for row in self.to_rows()
            ],
        }

    def _page(self) -> Iterator[str | TextTable]:
        heads = ("metric", "the log says", *_STATUSES)
        rows = ((line.metric, line.own, *(str(getattr(line, status)) for status in _STATUSES)) for line in self.lines)
        yield TextTable.of(heads, rows, figures=range(2, len(heads)), caption=AGREEMENT_TITLE, named_by=2)
        if self.disagreements:
            yield _OTHERWISE
            columns = ("ticket", "metric", "the log says", "its due", "we say", "due", "done")
            yield TextTable.of(columns, map(_cells, self.disagreements), caption=_OTHERWISE, named_by=2)


def read_compared(compare: Mapping[str, Compared], policy: AnyPolicy) -> dict[str, Compared]:
    """Return what is compared, by metric. Raises MetricError for a metric that no rule promises."""
    accepts = 'a mapping such as {"resolution": "made_sla"}'
    if not isinstance(compare, Mapping) or not compare:
        refuse(compare, "compare", accepts)
    for metric, own in compare.items():
        if metric not in policy.metrics:
            known = nearest_first(metric, policy.metrics)
            raise MetricError(
                "metric_unpromised", "no rule promises this metric", given=metric, accepts=known, where="compare"
            )
        if not isinstance(own, str | Mapping):
            refuse(own, f"compare.{metric}", "the name of a column, or a mapping of tickets")
    return dict(compare)


def read_words(words: Mapping[str, str]) -> dict[str, OwnWord]:
    """Return what words of your own mean, in small letters. Raises SlaError for what is neither met nor breached."""
    accepts = 'a mapping such as {"in time": "met", "late": "breached"}'
    if not isinstance(words, Mapping):
        refuse(words, "compare_words", accepts)
    known: dict[str, OwnWord] = {"met": "met", "breached": "breached"}
    for word, said in words.items():
        if not isinstance(word, str) or said not in known:
            refuse({word: said}, "compare_words", accepts)
    return {word.strip().casefold(): known[said] for word, said in words.items()}


def agreement_of(
    ours: Iterable[Ours],
    own: Mapping[str, Mapping[str, object]],
    as_of: datetime,
    words: Mapping[str, OwnWord],
) -> Agreement:
    """Return how the word of a log, by metric and ticket, agrees with ours. Raises LogError for a word that is none.

    `words` are those that it has beside yes and no.
    """
    counts: dict[tuple[str, OwnWord], Counter[str]] = {}
    disagreements = []
    for each in ours:
        said = own[each.metric].get(each.ticket)
        word, own_due = _word(said, each, as_of, words)
        counts.setdefault((each.metric, word), Counter())[each.status] += 1
        otherwise = word != "not said" and (word == "breached") != (each.status == "breached")
        if otherwise or (own_due is not None and each.due is not None and to_us(own_due) != to_us(each.due)):
            disagreements.append(
                Disagreement(each.ticket, each.metric, word, own_due, each.status, each.due, each.done_at)
            )
    lines = [
        AgreementLine(metric, word, *(counts[metric, word][status] for status in _STATUSES))
        for metric, word in sorted(counts, key=lambda key: (key[0], _WORDS.index(key[1])))
    ]
    return Agreement(tuple(lines), tuple(disagreements))


_WORDS: Final[tuple[OwnWord, ...]] = get_args(OwnWord)


def _word(said: object, ours: Ours, as_of: datetime, words: Mapping[str, OwnWord]) -> tuple[OwnWord, datetime | None]:
    """Return what a log says of a promise; of a due time, whether it had passed when it was done, or by now."""
    if is_missing(said) or said == "":
        return "not said", None
    said = _moment_or(said)
    if isinstance(said, datetime):
        end = as_of if ours.done_at is None else ours.done_at
        return ("breached" if to_us(end) > to_us(said, "compare") else "met"), said
    text = field_text(said).strip().casefold()
    if text in words:
        return words[text], None
    if text in _YES or text in _NO:
        return ("met" if text in _YES else "breached"), None
    raise LogError(
        "flag_unknown",
        "this does not say whether a promise was kept",
        given=said,
        accepts="true or false, yes or no, met or breached, 1 or 0; an instant, when it was due; a compare word",
        where=f"compare.{ours.metric}: ticket {ours.ticket}",
    )


def _moment_or(said: object) -> object:
    """Return the instant that a text is in ISO 8601 with an offset, as a log has it; anything else as it is."""
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return said
    return said if moment is None or moment.tzinfo is None else moment


def _cells(each: Disagreement) -> tuple[Cell, ...]:
    moments = (each.own_due, each.due, each.done_at)
    own_due, due, done = ("" if moment is None else told_moment(moment) for moment in moments)
    return (each.ticket, each.metric, each.own, own_due, each.status, due, done)
