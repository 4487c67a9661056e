"""The channels of a page as data of schema.org: contact points, with their hours and each date that differs."""

from collections.abc import Iterator
from typing import Any, Final

from slacalc.contact.request import PageRequest
from slacalc.interop.schema_org import write

__all__ = ["linked_data"]

_ANSWERED: Final = frozenset({"promised", "handled", "self_service"})


def linked_data(asked: PageRequest) -> dict[str, Any]:
    """Return an organization with a contact point for each channel that is read.

    Hours are those of the dates of the page. Absences are told as special days are; readers of the data find no zone in
    it, and take hours for those of the place.
    """
    points = [
        _point(asked, channel) for channel, facts in asked.policy.guide.channels.items() if facts.answers in _ANSWERED
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": asked.policy.name,
        "contactPoint": points,
    }


def _point(asked: PageRequest, channel: str) -> dict[str, Any]:
    languages = [*asked.policy.guide.languages.get(asked.market, ())]
    said = {
        "@type": "ContactPoint",
        "name": asked.channel_name(channel),
        "contactType": "customer support",
        **_contact(asked, channel),
        "areaServed": asked.market,
        "availableLanguage": languages,
        "hoursAvailable": [*_hours(asked, channel)],
    }
    return {key: value for key, value in said.items() if value}


def _contact(asked: PageRequest, channel: str) -> dict[str, str]:
    contact = asked.policy.guide.channels[channel].contact_for(asked.market)
    if contact is None:
        return {}
    said = {"telephone": contact.telephone, "email": contact.email, "url": contact.link or contact.form}
    return {key: value for key, value in said.items() if value is not None}


def _hours(asked: PageRequest, channel: str) -> Iterator[dict[str, str]]:
    calendar = asked.calendar_of(channel)
    if calendar is None:
        return
    written = write(calendar, *asked.dates, lossy=True).document
    yield from written["openingHoursSpecification"]
    yield from written["specialOpeningHoursSpecification"]
