"""What a policy tells customers about its channels: how fast, how well recorded, what for, and how they are reached."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Final, Literal, NamedTuple, Self, TypeAlias

from pydantic import BeforeValidator, Field, StrictBool, StrictStr, model_validator

from slacalc.errors import PolicyError
from slacalc.policies.document.rules import Values, one_as_list
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel
from slacalc.policies.targets.hours import CalendarHours
from slacalc.policies.targets.range import Range
from slacalc.policies.targets.target import Target

__all__ = ["ChannelFacts", "Contact", "Guide", "Need", "Speed", "TextInLanguage"]

Speed: TypeAlias = Literal["at_once", "fast", "moderate", "slow"]
Need: TypeAlias = Literal["urgent", "record", "complicated", "sensitive"]
_Needs = Annotated[tuple[Need, ...], BeforeValidator(one_as_list, json_schema_input_type=Need | tuple[Need, ...])]

_TYPICAL: Final = Range(
    earliest=CalendarHours(amount=timedelta(hours=24)), latest=CalendarHours(amount=timedelta(hours=72))
)
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
_ENGLISH: Final = "en"
_CONTACTS: Final = {
    "telephone": (re.compile(r"\+?[0-9][0-9 ()/.-]*[0-9]"), 'a number such as "+49 30 23125 000"'),
    "email": (re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+"), 'an address such as "help@shop.example"'),
    "link": (re.compile(r"https?://[^\s<>\"]+"), 'an address such as "https://shop.example/chat"'),
    "form": (re.compile(r"https?://[^\s<>\"]+"), 'an address such as "https://shop.example/form"'),
}


class Contact(FrozenModel):
    """How a channel is reached: what slacalc prints, and never dials.

    `telephone` is a number, `email` an address, `link` and `form` are addresses of pages, `address` is one of the post.
    """

    telephone: StrictStr | None = None
    email: StrictStr | None = None
    link: StrictStr | None = None
    form: StrictStr | None = None
    address: StrictStr | None = None

    @model_validator(mode="after")
    def _can_be_used(self) -> Self:
        if problems := [*self._problems()]:
            raise PolicyError.of(problems)
        return self

    def _problems(self) -> Iterator[PolicyError]:
        if not any(self.model_dump().values()):
            accepts = ", ".join((*_CONTACTS, "address"))
            yield PolicyError("contact_invalid", "this says no way to reach anybody", given={}, accepts=accepts)
        for key, (form, accepts) in _CONTACTS.items():
            said = getattr(self, key)
            if said is not None and not form.fullmatch(said):
                yield PolicyError("contact_invalid", f"this is no {key}", given=said, accepts=accepts, where=key)


class ChannelFacts(FrozenModel):
    """What customers are told about one channel.

    `answers`: "promised" by the rules, "self_service" at any hour, "handled" without a promise, or
    "not_read" at all. `at_once`: while it is open somebody answers at once. `calendar` is when it
    is open; left out it is the one of the rule for this channel. `takes_messages`: while it is
    closed, what is left there is answered as promised. `record`: whether something in writing
    remains. `suits` are the needs it is good for, `topics` those it is advised for. `contact` is how it is reached,
    `contact_in` in a market that has its own.
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
    contact: Contact | None = None
    contact_in: FrozenDict[Contact] = Field(default_factory=FrozenDict)

    def contact_for(self, market: str) -> Contact | None:
        """Return how it is reached in a market: as that market says, else as all do; None where neither does."""
        return self.contact_in.get(market, self.contact)


class TextInLanguage(NamedTuple):
    """A text of the policy, and the language that it was had in."""

    text: str
    language: str


class Guide(FrozenModel):
    """What customers are told beside the promises.

    `channels` are in the order that decides where all else is equal. `typical` is the answer
    to expect where the rules promise nothing. `have_ready` is what a customer should have at
    hand. `languages` says which languages are told in which market, the first one where nobody asks for another.
    `translations` has, by language, the texts of the policy by what they are in the language that it is `written_in`.
    """

    channels: FrozenDict[ChannelFacts] = Field(default_factory=FrozenDict)
    typical: Target = _TYPICAL
    have_ready: Values = ()
    languages: FrozenDict[Values] = Field(default_factory=FrozenDict)
    written_in: StrictStr = _ENGLISH
    translations: FrozenDict[FrozenDict[StrictStr]] = Field(default_factory=FrozenDict)

    @model_validator(mode="after")
    def _names_languages(self) -> Self:
        named = [(("translations", code), code) for code in self.translations]
        named += [(("languages", market), code) for market, codes in self.languages.items() for code in codes]
        problems = [
            PolicyError("guide_language_invalid", "this is no code of a language", given=code,
                        accepts='a code such as "fi" or "fr-CA"', where=where)
            for where, code in [*named, (("written_in",), self.written_in)]
            if not _LANGUAGE.fullmatch(code)
        ]  # fmt: skip
        if problems:
            raise PolicyError.of(problems)
        return self

    def language_of(self, market: str) -> str:
        """Return the first language of a market; an empty text where none is said."""
        return next(iter(self.languages.get(market, ())), "")

    def text_in(self, text: str, language: str, market_language: str = "") -> TextInLanguage:
        """Return a text of the policy in a language, else in that of the market, else in English, else as it is.

        >>> guide = Guide.model_validate({"translations": {"fi": {"pictures": "kuvat"}}})
        >>> guide.text_in("pictures", "fi").text, guide.text_in("pictures", "sv")
        ('kuvat', TextInLanguage(text='pictures', language='en'))
        """
        for wanted in (language, market_language, _ENGLISH):
            found = self._had_in(text, wanted)
            if found is not None:
                return found
        return TextInLanguage(text, self.written_in)

    def _had_in(self, text: str, wanted: str) -> TextInLanguage | None:
        """Return a text by the whole code of a language, else by the language; None where it is not had."""
        for code in (_plain(wanted), _plain(wanted).split("-")[0]):
            for known, texts in self.translations.items():
                if _plain(known) == code and text in texts:
                    return TextInLanguage(texts[text], known)
            if _plain(self.written_in) == code:
                return TextInLanguage(text, self.written_in)
        return None


def _plain(code: str) -> str:
    return code.replace("_", "-").lower()
