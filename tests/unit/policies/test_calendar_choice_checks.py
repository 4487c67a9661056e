"""The warning of values for which a field chooses no calendar."""

from typing import Any, Final

import pytest

import slacalc as sla
from tests.unit.policies.test_checking import AS_OF

CHOICE: Final = {"field": "office", "be": "brussels", "pt": "lisbon"}
OPEN: Final = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}


def rule(calendar: Any = CHOICE, **more: Any) -> dict[str, Any]:
    return {"name": "all", "calendar": calendar, "metrics": {"reply": {"due": {"business_hours": "1h"}}}, **more}


def without_promise(**when: Any) -> dict[str, Any]:
    return {"name": f"none of {when}", "when": when, "metrics": {}}


@pytest.mark.parametrize(
    ("rules", "offices", "lacking", "why"),
    [
        ([rule()], ["be", "pt", "es"], {0: "es"}, "a value that may come, and has no calendar"),
        ([rule()], ["be", "pt", "es", "it"], {0: "es, it"}, "all of them are named"),
        ([rule()], ["be", "pt"], {}, "every value has its calendar"),
        ([rule()], [], {}, "any text may come: nobody can name them"),
        ([rule({**CHOICE, "default": "lisbon"})], ["be", "pt", "es"], {}, "the default is for it"),
        ([rule("lisbon")], ["be", "pt", "es"], {}, "one calendar for all"),
        ([rule(when={"office": ["be", "pt"]})], ["be", "pt", "es"], {}, "the rule is for no other value"),
        ([rule(when={"office": {"not": "it"}})], ["be", "pt", "es", "it"], {0: "es"}, "it is not for Italy"),
        ([rule(any_of=[{"office": "be"}, {"office": "es", "priority": "high"}])], ["be", "pt", "es", "it"], {0: "es"},
         "one of the tables lets Spain through, none Italy"),
        ([rule(any_of=[{"office": "be"}, {"priority": "high"}])], ["be", "pt", "es"], {0: "es"},
         "a table that says nothing of the office lets all through"),
        ([without_promise(office="es"), rule()], ["be", "pt", "es", "it"], {1: "it"}, "an earlier rule takes Spain"),
        ([without_promise(office="es", priority="low"), rule()], ["be", "pt", "es"], {1: "es"},
         "an earlier rule takes some of Spain"),
        ([rule(), rule(when={"office": "es"})], ["be", "pt", "es"], {0: "es"}, "the second is hidden by the first"),
    ],
)  # fmt: skip
def test_declared_values_without_a_calendar_are_told(
    rules: list[dict[str, Any]], offices: list[str], lacking: dict[int, str], why: str
) -> None:
    data = {"name": "offices", "fields": {"office": offices}, "rules": rules}
    policy = sla.policy_from_data({**data, "calendars": {"brussels": OPEN, "lisbon": OPEN}})
    told = [each for each in sla.check_policy(policy, as_of=AS_OF) if each.code == "calendar_unchosen"]
    assert {each.where: each.message for each in told} == {
        f"rules[{place}].calendar": f"no calendar is named for {values}, and there is no default: "
        "such a ticket is refused"
        for place, values in lacking.items()
    }, why


def test_the_warning_is_of_what_a_promise_refuses() -> None:
    data = {"name": "offices", "fields": {"office": ["be", "pt", "es"]}, "rules": [rule()]}
    policy = sla.policy_from_data({**data, "calendars": {"brussels": OPEN, "lisbon": OPEN}})
    assert policy.promise(AS_OF, office="pt")["reply"].calendar_name == "lisbon"
    with pytest.raises(sla.PolicyError) as refused:
        policy.promise(AS_OF, office="es")
    assert refused.value.code == "calendar_not_chosen"
