# SPDX-License-Identifier: MIT
"""The words of a resonance assessment: what was found, how sure it is, and that the person's comfort decides.

Law: two paces that cannot be told apart are "equally good"; what was not seen is said so, without a number.
"""

import math

from dsp.finding import SEPARABLE, Assessment, Criteria, Resonance
from dsp.plan import BreathShape
from resources.words import gettext as _
from resources.words import number
from ui.arousal.words import since_words
from ui.pacing import OwnPace
from ui.words import clock_words


def found_words(resonance: Resonance) -> tuple[str, str]:
    """Say what was found, and what follows."""
    assessment = resonance.assessment
    if assessment is None:
        return _("Too little was clear to compare"), _("Sit easy, wet the two patches, and try once more any time.")
    if not assessment.is_seen:
        return (
            _("The answer to the breath cannot be seen"),
            _("That happens often and means nothing more. Take the pace that is comfortable."),
        )
    best, second = rate_words(assessment.best), rate_words(assessment.second)
    if assessment.is_equally_good:
        return (
            _("{best} and {second} are equally good").format(best=best, second=second),
            _("The difference between them is within chance. Take the more comfortable one."),
        )
    return (
        _("{best} a minute fits best").format(best=best),
        _("The others stand behind it by more than chance."),
    )


def sure_rows(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Say how sure the verdict is, a name and a value a row."""
    best, second = rate_words(assessment.best), rate_words(assessment.second)
    breaths = sum(score.n_breaths for score in assessment.scores)
    return (
        (
            _("{best} ahead of {second}").format(best=best, second=second),
            _("{share:.0f} % of draws").format(share=100 * assessment.certainty),
        ),
        (_("needed to choose"), _("{share:.0f} %").format(share=100 * SEPARABLE)),
        (_("beats that count"), _("{share:.0f} %").format(share=100 * assessment.clean_share)),
        (_("breaths compared"), str(breaths)),
    )


def known_words(pace: OwnPace) -> str:
    """Say what was found before, and that it may have moved."""
    since = since_words(pace.age_days)
    words = _("Your pace {since}: {rate} a minute. A short check at the start of a session keeps it right.")
    return words.format(since=since, rate=rate_words(pace.breaths_per_min))


def trying_words(breaths_per_min: float, left_s: float) -> str:
    """Say which pace is tried, and for how long."""
    words = _("trying {rate} a minute; {left} to go")
    return words.format(rate=rate_words(breaths_per_min), left=clock_words(max(left_s, 0.0)))


def rate_words(breaths_per_min: float) -> str:
    """Write a pace."""
    return number(breaths_per_min, ".1f")


def shape_words(breaths_per_min: float, shape: BreathShape) -> str:
    """Write how long a breath goes in and out at a pace."""
    period, parts = 60.0 / breaths_per_min, shape.inhale + shape.exhale
    into, out = period * shape.inhale / parts, period * shape.exhale / parts
    return _("in {into:.1f}, out {out:.1f}").format(into=into, out=out)


def criteria_words(means: Criteria) -> tuple[str, str, str, str]:
    """Write what a pace was compared by."""
    return (
        number(means.swing_bpm, ".1f"),
        number(means.amplitude_bpm, ".1f"),
        f"{abs(math.degrees(means.lag_rad)):.0f}°",
        number(means.power_share, ".2f"),
    )


def criteria_names() -> tuple[str, str, str, str]:
    """Name what the paces are compared by."""
    return _("peak to trough, bpm"), _("at the rate, bpm"), _("phase, best at 0"), _("power share")


def summary(assessment: Assessment) -> str:
    """Sum up the table for somebody who does not see it."""
    parts = [
        _("{rate} a minute: score {score:+.2f}").format(rate=rate_words(s.breaths_per_min), score=s.score)
        for s in assessment.scores
    ]
    return "; ".join(parts)
