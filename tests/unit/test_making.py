"""That values made the fast way are those of the constructor: equal, frozen, of the class, and copied as they are."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from slacalc.making import changer_of, maker_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is."""

    row: int
    seat: int
    name: str = "nobody"


make = maker_of(Place)
changed = changer_of(Place)


def test_what_is_made_is_what_the_constructor_makes() -> None:
    for made, expected in ((make(1, 2), Place(1, 2)), (make(1, seat=2, name="x"), Place(1, 2, "x"))):
        assert type(made) is Place
        assert made == expected
        assert hash(made) == hash(expected)
        assert repr(made) == repr(expected)
        assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == expected


def test_what_is_made_is_frozen_and_has_no_other_members() -> None:
    made = make(1, 2)
    with pytest.raises(FrozenInstanceError):
        made.row = 3  # type: ignore[misc]  # that is the question
    assert not hasattr(made, "__dict__")


def test_a_member_that_is_missing_or_unknown_is_refused() -> None:
    with pytest.raises(TypeError):
        make(1)  # type: ignore[call-arg]  # that is the question
    with pytest.raises(TypeError):
        make(1, 2, price=3)  # type: ignore[call-arg]  # the same


def test_a_change_is_a_new_value() -> None:
    place = Place(1, 2, "x")
    assert changed(place, seat=5) == replace(place, seat=5)
    assert changed(place) == place == Place(1, 2, "x")
