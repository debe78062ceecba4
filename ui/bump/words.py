# SPDX-License-Identifier: MIT
"""The bump test in words."""

from dsp.codes import Modality
from dsp.stream import Notice
from resources.words import gettext as _
from ui.foreign import safe_text
from ui.research.words import modality_words


def task_words() -> str:
    """Say what to do."""
    return _(
        "Tap the sensor with one finger and press the space bar in the same moment, ten times, with three seconds or "
        "more between."
    )


def tap_words(taps: int, of: int) -> str:
    """Say how many taps there were."""
    return _("{number} of {taps}").format(number=min(taps, of), taps=of)


def wait_words() -> str:
    """Say that the last samples are still awaited."""
    return _("All taps are there. The result comes in a few seconds.")


def nothing_words() -> str:
    """Say that no tap stood out."""
    return _("In no stream did enough of the taps stand out. Tap more firmly, on the sensor itself, and try again.")


def result_words(notice: Notice) -> str:
    """Say what was found of one stream."""
    said = dict(notice.values)
    median_ms, low_ms, high_ms = (1000.0 * float(said[name]) for name in ("median_s", "low_s", "high_s"))
    words = _("{stream}, {source}: {median:.0f} ms late, 95 % interval {low:.0f} to {high:.0f} ms, {taps} taps counted")
    return words.format(
        stream=modality_words(Modality(str(said["modality"]))),
        source=safe_text(notice.source),
        median=median_ms,
        low=low_ms,
        high=high_ms,
        taps=int(said["taps"]),
    )
