"""Read policy files: TOML and JSON in, every error at once with its file and key."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import nearest_first
from slacalc.errors import PolicyError
from slacalc.files import FileKind, read_data_file
from slacalc.policies.document.pins import GivenPins, Pins, read_given_pins
from slacalc.policies.policy import Policy

__all__ = ["SAMPLES", "load_policy", "policy_from_data", "policy_schema", "sample_policy"]

SAMPLES: Final = (
    "b2b_marketplace",
    "channel_guide",
    "marketplace_seller",
    "store_correspondence",
    "webshop_helpdesk",
)

_POLICY: Final = FileKind(
    PolicyError,
    "policy_unreadable",
    "the file cannot be read",
    "a UTF-8 file in TOML, or in JSON when its name ends in .json",
)
_TABLE: Final = "a table, as tomllib or json reads it; load_policy reads a file"


def load_policy(path: str | Path) -> Policy:
    """Return the policy of a TOML or JSON file.

    Raises PolicyError; its `problems` are everything that is wrong, each with the file and
    key path, what was given and what is accepted.
    """
    data = read_data_file(path, _POLICY)
    return policy_from_data(data, where=str(path), folder=Path(path).parent)


def sample_policy(name: str, *, live: bool = False) -> Policy:
    """Return a policy that ships with slacalc, with its pinned holidays; `live` reads the installed ones instead.

    >>> sample_policy("webshop_helpdesk").name
    'webshop_helpdesk'
    """
    if name not in SAMPLES:
        raise PolicyError(
            "sample_unknown", "there is no sample policy of this name", given=name, accepts=nearest_first(name, SAMPLES)
        )
    folder = Path(str(files("slacalc.policies") / "samples"))
    return policy_from_data(
        read_data_file(folder / f"{name}.toml", _POLICY), where=f"{name}.toml", folder=folder, live=live
    )


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a policy file, for editors and other tools.

    >>> sorted(policy_schema()["required"])
    ['calendars', 'name', 'rules']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Policy.model_json_schema(by_alias=True, mode="validation"),
    }


def policy_from_data(
    data: Mapping[str, Any],
    *,
    where: str = "policy",
    folder: Path | None = None,
    live: bool = False,
    pins: GivenPins | None = None,
) -> Policy:
    """Return the policy of plain dicts and lists. Raises PolicyError like `load_policy`.

    `where` names what the data is, before every place in the messages; it is in no `path`.
    `pinned` in the data is the data of a pin, the name of one in `pins` (frozen
    holidays, or their data), or a pin file in `folder`; `live` reads the installed holidays instead.

    >>> from slacalc import FrozenHolidays
    >>> from datetime import date
    >>> feast = FrozenHolidays.of({date(2026, 11, 23): "Founders' Day"}, years=(2026, 2027))
    >>> office = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00", "holidays": {"pinned": "ours"}}
    >>> rules = [{"name": "all", "calendar": "office", "metrics": {"reply": {"due": {"business_hours": "4h"}}}}]
    >>> data = {"name": "support", "calendars": {"office": office}, "rules": rules}
    >>> policy_from_data(data, pins={"ours": feast}).calendar("office").holidays == feast
    True
    """
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise PolicyError("policy_no_table", "a policy is a table", given=data, accepts=_TABLE).within(where)
    try:
        given = read_given_pins(pins)
        return Policy(Pins(folder, live, given), **{key: value for key, value in data.items() if key != "$schema"})
    except PolicyError as error:
        raise error.within(where) from None
