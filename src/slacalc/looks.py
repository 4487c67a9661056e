"""How what is drawn looks, in light and in dark.

The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), made darker or lighter until each has a
contrast of three to one with its ground (WCAG 2.2, 1.4.11) but `closed`, which is the ground of a bar.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

__all__ = ["LOOKS", "Look"]

Look: TypeAlias = Literal[
    "ground", "words", "faint", "closed", "open", "partly", "counted", "coming", "paused", "holiday", "special",
    "absence", "due", "kept", "late", "cold", "warm", "hot",
]  # fmt: skip
"""What a mark is."""


class Colours(NamedTuple):
    """The colour of a look, on a light ground and on a dark one."""

    light: str
    dark: str


LOOKS: Final[Mapping[Look, Colours]] = {
    "ground": Colours("#ffffff", "#1b1b1b"),
    "words": Colours("#1a1a1a", "#f2f2f2"),
    "faint": Colours("#595959", "#b3b3b3"),
    "closed": Colours("#e4e4e4", "#3a3a3a"),
    "open": Colours("#0072b2", "#56b4e9"),
    "partly": Colours("#3d8fc2", "#2f86bd"),
    "counted": Colours("#0072b2", "#56b4e9"),
    "coming": Colours("#3d8fc2", "#2f86bd"),
    "paused": Colours("#9a8a00", "#f0e442"),
    "holiday": Colours("#b36b00", "#e69f00"),
    "special": Colours("#a8477f", "#cc79a7"),
    "absence": Colours("#4d4d4d", "#c0c0c0"),
    "due": Colours("#a63f00", "#ff8c4a"),
    "kept": Colours("#007a59", "#19b88c"),
    "late": Colours("#a63f00", "#ff8c4a"),
    "cold": Colours("#0072b2", "#56b4e9"),
    "warm": Colours("#8f5600", "#e69f00"),
    "hot": Colours("#5e1742", "#f2c4dd"),
}
