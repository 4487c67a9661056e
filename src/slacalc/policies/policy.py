"""`Policy`: calendars and rules; the first rule that matches a ticket makes its promises."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from pydantic import ModelWrapValidatorHandler, ValidationError, model_validator

from slacalc.business_time.zone_data import ZoneSource, zone_from
from slacalc.calendars.calendar import Calendar
from slacalc.errors import PolicyError
from slacalc.forms import field_error
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.pins import NO_PINS, Pins, with_pins_as
from slacalc.policies.document.policy_document import PolicyDocument
from slacalc.policies.in_force import PolicyInForce

if TYPE_CHECKING:
    from slacalc.policies.changed import Change

if TYPE_CHECKING:
    from slacalc.contact.page import ContactPage
    from slacalc.expectations.languages import Language

__all__ = ["Policy"]


class Policy(PolicyDocument, AnyPolicy):
    """Calendars, and rules in order: what is promised to whom.

    `fields` declares what rules may test beside market, channel, priority and topic, with
    the values that each may have (none listed: any); `statuses` those that a ticket may have
    (none listed: any), and `solved_in` and `closed_in` those in which it is solved or closed (None:
    not said). A policy checks itself when built; `load_policy` reads one from a file.
    """

    __slots__ = ("_in_force",)  # made on first use, outside what is compared, hashed, pickled or copied
    if TYPE_CHECKING:
        _in_force: tuple[PolicyInForce, ...]

    def __init__(self, pins: Pins = NO_PINS, /, **data: object) -> None:
        """Check the data and the names in it. `pins` says where pin files stand. PolicyError has every problem."""
        super().__init__(pins, **data)

    @model_validator(mode="wrap")
    @classmethod
    def _with_our_codes(cls, data: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        """Read a policy that is a field of something else: each problem has its code and its own place there."""
        try:
            return read(data)
        except ValidationError as error:
            (*_, last) = error.errors(include_url=False)
            cause = last.get("ctx", {}).get("error")
            if last["loc"] == () and isinstance(cause, PolicyError) and cause.problems:  # as the constructor raised it
                raise field_error(cause, cls.__name__) from None
            raise

    @property
    def in_force(self) -> tuple[PolicyInForce, ...]:
        """The policy as it is in force: at any time, for alone it has no other to give way to."""
        try:
            return self._in_force
        except AttributeError:
            made = (PolicyInForce(self, self.calendar),)
            object.__setattr__(self, "_in_force", made)
            return made

    def contact_page(
        self,
        market: str = "",
        language: str | None = None,
        as_of: datetime | None = None,
        *,
        zone: str | None = None,
        weeks: int = 4,
        languages: "Sequence[Language]" = (),
    ) -> "ContactPage":
        """Return how customers reach us, as of an instant: `slacalc.contact_page` with this policy.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
        >>> print(sample_policy("b2b_marketplace").contact_page("SE", "sv", friday).title)
        Så når du oss
        """
        from slacalc.contact.page import contact_page

        return contact_page(self, market, language, as_of, zone=zone, weeks=weeks, languages=languages)

    def with_pins(self) -> "Policy":
        """Return the same policy with the data of its pins in it: its `to_data` needs no file. The digest is the same.

        >>> from slacalc import policy_from_data, sample_policy
        >>> shop = sample_policy("webshop_helpdesk").with_pins()
        >>> policy_from_data(shop.to_data()) == shop
        True
        """
        data = self.to_data()
        return Policy(**data | {"calendars": with_pins_as(data["calendars"], self._data_of_pin)})

    def _data_of_pin(self, pinned: object) -> object:
        return self._pins[pinned].to_data() if isinstance(pinned, str) and pinned in self._pins else pinned

    def replace(self, changes: "Change") -> "Policy":
        """Return the policy with some values changed, each named by its path and given as a policy file says it.

        A path has keys with dots between: `rules.normal.metrics.first_response.due`, `calendars.office.hours`. Rules
        have their names for keys; a key with a dot in it stands in quotes. What the path names may be new at
        its end only, and a new calendar must be used. Raises PolicyError (`path_unknown`) with the names that are
        near, and for a policy that is wrong with the changes what is wrong with it.

        >>> from slacalc import sample_policy
        >>> later = sample_policy("webshop_helpdesk").replace({"calendars.standard.hours": "Mon-Fri 10:00-18:00"})
        >>> str(later.calendar("standard").hours)
        'Mon-Fri 10:00-18:00'
        """
        from slacalc.policies.changed import changed_policy

        return changed_policy(self, changes)

    def told_by(self, source: ZoneSource) -> "Policy":
        """Return the same policy, its calendars answering by other zone data for whoever asks it in force.

        It is equal to this one. Raises ZoneError, when a calendar is asked, for a zone that the source lacks.
        """
        other = self.model_copy()
        object.__setattr__(other, "_in_force", (PolicyInForce(other, partial(_told_by, self, source)),))
        return other

    def in_force_at(self, _instant: datetime, /) -> PolicyInForce:
        """Return the policy as it is in force."""
        return self.in_force[0]


def _told_by(policy: Policy, source: ZoneSource, name: str) -> Calendar:
    calendar = policy.calendar(name)
    return calendar.told_by(zone_from(source, calendar.zone))
