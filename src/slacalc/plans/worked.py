"""Answers that would have come after as much open time, had the hours been others."""

import numpy as np

from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.outcomes import TicketTable
from slacalc.columns.stairs import NULL, Column
from slacalc.plans.passed import Passed, Unanswered
from slacalc.policies.in_force import MetricPromise

__all__ = ["Worked"]


class Worked:
    """How much open time each answer took by the calendars of a policy, and when it comes by those of another."""

    def __init__(self, tickets: TicketTable, asked: Passed) -> None:
        self._tickets, self._asked = tickets, asked
        self._calendars: list[OpenTime] = []
        self._spent: dict[str, Column] = {}
        self._owners: dict[str, Column] = {}

    def keep(self, found: MetricPromise, rows: Column) -> None:
        """Keep how much open time the answers to some tickets took, by the calendar that promises them a metric."""
        done = self._tickets.done.get(found.metric)
        if done is None:
            return
        calendar = self._asked.calendar(found.calendar)
        self._calendars.append(calendar)
        spent = self._spent.setdefault(found.metric, np.zeros(len(done), dtype=np.int64))
        owners = self._owners.setdefault(found.metric, np.full(len(done), -1, dtype=np.int64))
        known = rows[done[rows] != NULL]
        found_spent = questions.elapsed(calendar, self._tickets.received[known], done[known])
        spent[known] = np.where(found_spent.values == NULL, 0, found_spent.values)
        owners[known] = len(self._calendars) - 1

    def moved(self, found: MetricPromise, rows: Column, done: Column) -> Column:
        """Return when tickets are answered after as much open time by the calendar that promises now.

        One that took none stays where it was. Raises Unanswered for what would never come.
        """
        moved, new = done.copy(), self._asked.calendar(found.calendar)
        if found.metric not in self._owners:
            return moved
        owners, spent = self._owners[found.metric][rows], self._spent[found.metric][rows]
        for place, calendar in enumerate(self._calendars):
            part = np.flatnonzero((owners == place) & (spent > 0))
            if calendar is new or not len(part):
                continue
            answers = questions.add(new, self._tickets.received[rows[part]], spent[part])
            if len(answers.refused):
                raise Unanswered
            moved[part] = answers.values
        return moved
