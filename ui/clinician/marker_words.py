# SPDX-License-Identifier: MIT
"""The types of markers: a closed list, each with a key; a clinic writes its own.

Law: a type has at most 32 characters and is what goes into the session, to LSL and into exports; nothing else does.
"""

from collections.abc import Sequence

from resources.words import gettext as _
from ui.foreign import safe_text

LONGEST_TYPE = 32
"""Characters of a marker's type."""

MOST_TYPES = 9
"""One for each key from 1 to 9."""

MARK = "mark"
BADLY = "went_badly"

SHIPPED = ("trigger", "resource", "memory", "shift", "silence")
"""The types until a clinic writes its own."""


def clean_types(types: Sequence[str]) -> tuple[str, ...]:
    """Give types as they may be used: washed, short, each once, nine at most."""
    washed = (safe_text(kind)[:LONGEST_TYPE].strip() for kind in types)
    return tuple(dict.fromkeys(kind for kind in washed if kind and kind not in (MARK, BADLY)))[:MOST_TYPES]


class MarkerWords:
    """The types of markers, their keys and their words.

    Parameters
    ----------
    types : sequence of str
        A clinic's own; none are those that are shipped.
    """

    def __init__(self, types: Sequence[str] = ()) -> None:
        self.asked = tuple(types)
        self.types = clean_types(types) or SHIPPED

    def words_of(self, kind: str) -> str:
        """Say a type in the person's language, where it is one of ours."""
        shipped = {
            MARK: _("mark"),
            BADLY: _("badly"),
            "trigger": _("trigger"),
            "resource": _("resource"),
            "memory": _("memory"),
            "shift": _("shift"),
            "silence": _("silence"),
        }
        return shipped.get(kind, kind)

    def tag_of(self, kind: str) -> str:
        """Give what a tag carries: the key of the type."""
        if kind in self.types:
            return str(self.types.index(kind) + 1)
        return "!" if kind == BADLY else "M"
