# SPDX-License-Identifier: MIT
"""The words of a guided rest: what each step is, what holds it up, and what came of it.

Law: nothing here can be done wrong; what does not count only takes a little longer.
"""

from dataclasses import dataclass

from dsp.baseline import Baseline, Calibration
from dsp.codes import CalibrationStep, Channel, Reason
from resources.words import gettext as _
from ui.arousal.words import above_words
from ui.words import advice_on


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step's name and length, and what is said while it runs."""

    name: str
    length: str
    heading: str
    line: str


def step_words(step: CalibrationStep) -> StepWords:
    """Give the words of a step."""
    return {
        CalibrationStep.SETTLE: StepWords(
            _("Settle"), _("1 minute"), _("Settle in"), _("Find a comfortable seat. Nothing is measured yet.")
        ),
        CalibrationStep.REST: StepWords(
            _("Rest"),
            _("3 clean minutes"),
            _("Just sit, look anywhere"),
            _("You may move, and you may stop."),
        ),
        CalibrationStep.TALK: StepWords(
            _("Talk"),
            _("2 min, if you like"),
            _("How did you get here today?"),
            _("Tell it aloud, to somebody or to yourself."),
        ),
        CalibrationStep.COMFORTABLE: StepWords(
            _("Something comfortable"),
            _("2 min, if you like"),
            _("Something that is comfortable"),
            _("Music, a picture, a thought: whatever is pleasant."),
        ),
    }[step]


def to_go_words(calibration: Calibration) -> str:
    """Say about how long it still takes."""
    left = calibration.remaining_s
    if left < 20.0:
        return _("Nearly there.")
    if left < 50.0:
        return _("Less than a minute to go.")
    minutes = round(left / 60.0)
    return _("About a minute to go.") if minutes <= 1 else _("About {n} minutes to go.").format(n=minutes)


def held_up_words(why: Reason) -> str:
    """Say why this second does not count, and the one thing that helps."""
    if why is Reason.MOVING:
        return _("It waits while you move. Take your time.")
    if why is Reason.NOT_COMPUTED:
        return _("It waits for the first signals. A strap on damp skin is enough.")
    if why in (Reason.SETTLING, Reason.TOO_FEW_BEATS):
        return _("It waits until the signals have settled. It comes by itself.")
    advice = advice_on(why)
    return _("It waits. {sentence} {step}.").format(sentence=advice.sentence, step=advice.step)


def why_short(why: Reason) -> str:
    """Name a reason under the lane."""
    return _("moved") if why is Reason.MOVING else _("signal faint")


def refused_words(why: Reason | None) -> tuple[str, str]:
    """Say that there is no window yet, why, and what to do."""
    advice = advice_on(why or Reason.TOO_SHORT)
    if why in (Reason.NOISY, Reason.MOVING):
        return _("There was too much going on to call it a rest."), _("Whenever you like, once more.")
    if why is Reason.UNEVEN_BEATS:
        return _("The strap was not read evenly enough for a rest."), f"{advice.step}."
    return advice.sentence, f"{advice.step}."


def found_words(baseline: Baseline) -> tuple[str, ...]:
    """Say what the window is, one sentence each."""
    has_skin = any(rest.channel in (Channel.S, Channel.D, Channel.R) for rest in baseline.channels)
    has_heart = baseline.rest_of(Channel.H) is not None
    made_of = _("heart and skin") if has_skin and has_heart else _("heart only") if has_heart else _("skin only")
    sentences = [
        above_words(baseline),
        _("rest and talk") if baseline.has_talk else _("rest only: talking itself may read above"),
        _("{made_of}, {n} clean seconds").format(made_of=made_of, n=round(baseline.clean_s)),
    ]
    if baseline.is_mirrored:
        sentences.append(_("its lower edge mirrors the upper one"))
    return tuple(filter(None, sentences))
