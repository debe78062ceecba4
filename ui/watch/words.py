# SPDX-License-Identifier: MIT
"""The words of the window that looks on."""

from dsp.baseline import ArousalState
from dsp.codes import Reason, SourceState
from dsp.stream import Status
from resources.words import gettext as _
from ui.words import advice_on, age_words


def banner_words() -> str:
    """Say what this window is, always."""
    return _(
        "Looking on at what another Attune sends over the network: nothing is kept, and anyone there can read it. On a "
        "network that you trust only."
    )


def link_words(link: Status, age_s: float | None) -> str:
    """Say whether the other one is there; `age_s` is how old the newest second is, where that matters."""
    if link.state is SourceState.FAILED:
        advice = advice_on(link.reason or Reason.LSL_MISSING)
        return f"{advice.sentence} {advice.step}."
    if age_s is not None and link.state is SourceState.STREAMING:
        return _("Quiet for {age}; it is called again.").format(age=age_words(age_s))
    if link.state is SourceState.SCANNING:
        words = _("Looking for the stream. A session that is not shared on the network, with consent, is not found.")
        return words if age_s is None else _("Quiet for {age}; looked for again.").format(age=age_words(age_s))
    return _("A second comes each second.")


def caption_words(link: Status, *, has_states: bool, has_window: bool) -> str:
    """Say in the plot why it is empty."""
    if link.state is SourceState.FAILED:
        return _("not shown")
    if not has_states:
        return _("nothing came yet")
    return "" if has_window else _("no rest yet")


def share_words(state: ArousalState) -> str:
    """Say how probable it is that the level lies beyond each bound."""
    if state.p_above is None or state.p_below is None:
        return ""
    words = _("above {above} %, below {below} %")
    return words.format(above=round(100.0 * state.p_above), below=round(100.0 * state.p_below))
