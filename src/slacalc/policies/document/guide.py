"""What a policy tells customers about its channels: how fast, how well recorded, what for."""

from datetime import timedelta
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StrictBool, StrictStr

from slacalc.policies.document.rules import Values, one_as_list
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel
from slacalc.policies.targets.hours import CalendarHours
from slacalc.policies.targets.range import Range
from slacalc.policies.targets.target import Target

__all__ = ["ChannelFacts", "Guide", "Need", "Speed"]

Speed: TypeAlias = Literal["at_once", "fast", "moderate", "slow"]
Need: TypeAlias = Literal["urgent", "record", "complicated", "sensitive"]
_Needs = Annotated[tuple[Need, ...], BeforeValidator(one_as_list, json_schema_input_type=Need | tuple[Need, ...])]

_TYPICAL: Final = Range(
    earliest=CalendarHours(amount=timedelta(hours=24)), latest=CalendarHours(amount=timedelta(hours=72))
)


class ChannelFacts(FrozenModel):
    """What customers are told about one channel.

    `answers`: "promised" by the rules, "self_service" at any hour, "handled" without a promise, or
    "not_read" at all. `at_once`: while it is open somebody answers at once. `calendar` is when it
    is open; left out it is the one of the rule for this channel. `takes_messages`: while it is
    closed, what is left there is answered as promised. `record`: whether something in writing
    remains. `suits` are the needs it is good for, `topics` those it is advised for.
    """

    answers: Literal["promised", "self_service", "handled", "not_read"] = "promised"
    speed: Speed
    at_once: StrictBool = False
    takes_messages: StrictBool = False
    calendar: StrictStr | None = None
    record: Literal["yes", "no", "depends"] | None = None
    best_for: str = ""
    limits: str = ""
    suits: _Needs = ()
    topics: Values = ()


class Guide(FrozenModel):
    """What customers are told beside the promises.

    `channels` are in the order that decides where all else is equal. `typical` is the answer
    to expect where the rules promise nothing. `have_ready` is what a customer should have at
    hand. `languages` says which language is told in which market.
    """

    channels: FrozenDict[ChannelFacts] = Field(default_factory=FrozenDict)
    typical: Target = _TYPICAL
    have_ready: Values = ()
    languages: FrozenDict[StrictStr] = Field(default_factory=FrozenDict)
