# SPDX-License-Identifier: MIT
"""When a new rest would be good, although the window of earlier ones still holds.

Three reasons: the last rest is more than 30 days old, it was measured with other sensors, or the first three clean
minutes of this arrival lie further from the usual rest than days do as a rule.

Law: what is told depends on the earlier rests, the sensors and the clean seconds alone; it is an offer and no more.
"""

from collections.abc import Sequence

from dsp.arousal.readings import CLEAR, Readings
from dsp.arousal.rest import rest_of
from dsp.arousal.window import RENEWED_DAYS, is_unusual
from dsp.baseline import Baseline
from dsp.codes import Channel, Reason

_ARRIVAL_S = 180  # as long as a guided rest
_KNOWN_AFTER_S = 60  # clean seconds until all sensors have said what they are


class Renewal:
    """Follow the arrival of one person whose session starts as last time.

    Parameters
    ----------
    earlier : sequence of Baseline
        The rests of other sessions, at least one, the oldest first.
    """

    def __init__(self, earlier: Sequence[Baseline]) -> None:
        self._earlier = tuple(earlier)
        self._seen: dict[Channel, list[float]] = {}
        self._seconds = 0
        self._differs = False

    def take(self, readings: Readings) -> None:
        """Take a second in which nothing moves and nobody leads the breath; it need not be a quiet one."""
        if self._seconds >= _ARRIVAL_S:
            return
        clear = [reading for reading in readings.channels if reading.signal >= CLEAR]
        self._seconds += bool(clear)
        for reading in clear:
            self._seen.setdefault(reading.channel, []).append(reading.x)
        if clear and self._seconds == _ARRIVAL_S:
            self._differs = self._is_unusual(readings.t)

    def why(self, sensors: str) -> Reason | None:
        """Say why a new rest would be good; None while nothing speaks for one.

        Parameters
        ----------
        sensors : str
            What this session is measured with; empty where that is not known.
        """
        newest = self._earlier[-1]
        if newest.age_days > RENEWED_DAYS:
            return Reason.REST_OLD
        is_known = bool(newest.sensors and sensors) and self._seconds >= _KNOWN_AFTER_S
        if is_known and newest.sensors != sensors:
            return Reason.OTHER_SENSORS
        return Reason.REST_DIFFERS if self._differs else None

    def _is_unusual(self, t: float) -> bool:
        """Hold the arrival against the usual rest; of the skin's slow change there is none yet to compare."""
        compared = [channel for channel in (Channel.H, Channel.S) if len(self._seen.get(channel, ())) >= _KNOWN_AFTER_S]
        rests = tuple(rest_of(channel, self._seen[channel]) for channel in compared)
        return bool(rests) and is_unusual(Baseline(t, "", rests, 1.0, -1.0), self._earlier)
