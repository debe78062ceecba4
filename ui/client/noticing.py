# SPDX-License-Identifier: MIT
"""Noticing only: now and then another invitation, and nothing to follow, to reach or to do about it."""

from resources.words import gettext as _

_EACH_S = 24.0


def noticing_words(t: float) -> str:
    """Give the invitation of the time `t`, seconds on the session clock."""
    said = (
        _("what carries you just now"),
        _("sounds, near and far"),
        _("the breath, as it comes by itself"),
        _("a place in the body that is at ease"),
        _("warm, cool, or neither"),
        _("whatever is here, and that it changes"),
    )
    return said[int(t // _EACH_S) % len(said)]
