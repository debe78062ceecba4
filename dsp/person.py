# SPDX-License-Identifier: MIT
"""One person's stages, put together: what each item adds, and what is known at each tick.

Law: a person's numbers depend on that person's items and the ticks alone.
"""

from dsp.codes import Modality
from dsp.heart.heart import Heart, HeartSecond
from dsp.motion import Motion
from dsp.pacing import Pacing
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.stream import (
    ABSENT,
    ArousalState,
    Beat,
    Chunk,
    Command,
    Features,
    Frame,
    Gap,
    Item,
    Marker,
    Notice,
    SignalQuality,
    Status,
    Tick,
)


class Person:
    """All that is computed of one person.

    Parameters
    ----------
    name : str
        The person's code.

    Notes
    -----
    Acceleration counts for the skin only where it comes from the electrodes' own device: a chest that moves says
    nothing of a finger.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._heart = Heart(name)
        self._skin = SkinConductance(person=name)
        self._skin_source: str | None = None
        self._motion = Motion()
        self._pacing = Pacing(name)

    def update(self, item: Chunk | Gap | Notice | Status | Marker | Command) -> Frame:
        """Take what is this person's; what is no data is passed on as it is."""
        self._feel(item)
        heard = self._heart.update(item)
        notices = [notice for notice in (item, *heard) if isinstance(notice, Notice)]
        return Frame(
            item,
            beats=tuple(beat for beat in heard if isinstance(beat, Beat)),
            cues=self._pacing.update(item),
            gaps=(item,) if isinstance(item, Gap) else (),
            notices=tuple(notices),
            statuses=(item,) if isinstance(item, Status) else (),
            markers=(item,) if isinstance(item, Marker) else (),
        )

    def second(self, tick: Tick) -> Frame:
        """Compute what is known at a tick."""
        told = self._skin.update(tick)
        skin = told[0] if told else None
        cues = self._pacing.update(tick)
        heart = self._heart.told_at(tick.t, next((cue.plan for cue in cues), None))
        return Frame(
            tick,
            scrs=skin.responses if skin else (),
            features=(self._features_at(tick.t, heart, skin),),
            states=(ArousalState(tick.t, self.name),),
            cues=cues,
        )

    def _features_at(self, t: float, heart: HeartSecond, skin: SkinSecond | None) -> Features:
        variability = heart.variability
        return Features(
            t,
            self.name,
            heart_t=heart.newest_t,
            hr_bpm=heart.hr_bpm,
            rmssd_ms=variability.rmssd_ms,
            sdnn_ms=variability.sdnn_ms,
            pnn50_percent=variability.pnn50_percent,
            sd1_ms=variability.sd1_ms,
            sd2_ms=variability.sd2_ms,
            lf_ms2=heart.bands.lf_ms2,
            hf_ms2=heart.bands.hf_ms2,
            lf_hf=heart.bands.lf_hf,
            rhythm=heart.rhythm,
            rsa_bpm=heart.rsa_bpm,
            breaths_per_min=heart.breaths_per_min,
            scl_microsiemens=skin.scl_microsiemens if skin else ABSENT,
            scr_per_min=skin.scr_per_min if skin else ABSENT,
            corrected_percent=variability.corrected_percent,
            quality=SignalQuality(
                rr=heart.clearness, eda=skin.quality if skin else None, motion_mg=self._motion.tell(t)
            ),
        )

    def _feel(self, item: Item) -> None:
        """Follow the skin, and how much the person moves."""
        if isinstance(item, Chunk) and item.modality is Modality.EDA:
            self._skin_source = item.source
        if isinstance(item, Chunk) and item.modality is Modality.ACC:
            self._motion.take(item)
            if item.source != self._skin_source:
                return
        self._skin.update(item)
