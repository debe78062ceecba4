# SPDX-License-Identifier: MIT
"""One person's stages, put together: what each item adds, and what is known at each tick.

Law: a person's numbers depend on that person's items and the ticks alone.
"""

from collections.abc import Sequence

from dsp.arousal.arousal import Arousal, ArousalSecond
from dsp.arousal.resonance_run import ResonanceRun
from dsp.arousal.senses import Senses
from dsp.bump import BumpTest
from dsp.codes import Modality
from dsp.cues import Cues
from dsp.heart.heart import Heart
from dsp.heart.second import HeartSecond
from dsp.motion import Motion
from dsp.skin.choice import SkinChoice
from dsp.skin.eda import SkinSecond
from dsp.skin.scr import LEAST_MICROSIEMENS
from dsp.stream import (
    ABSENT,
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

_OF_THE_CHEST = (Modality.RR, Modality.ECG)
_MOST_SOURCES = 16  # of the heart


class Person:
    """All that is computed of one person.

    Parameters
    ----------
    name : str
        The person's code.

    Notes
    -----
    Acceleration counts for the skin only where it comes from the electrodes' own device: a chest that moves says
    nothing of a finger. How much the person moves is told by one accelerometer (dsp/motion.py).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._heart = Heart(name)
        self._skin = SkinChoice(name)
        self._motion = Motion()
        self._at_chest: set[str] = set()  # sources of the heart
        self._cues = Cues(name)
        self._arousal = Arousal(name)
        self._resonance = ResonanceRun(name)
        self._bumps = BumpTest(name)

    def update(self, item: Chunk | Gap | Notice | Status | Marker | Command) -> Frame:
        """Take what is this person's; what is no data is passed on as it is."""
        self._feel(item)
        heard = self._heart.update(item)
        notices = [notice for notice in (item, *heard) if isinstance(notice, Notice)]
        arousal = self._arouse(item, [beat for beat in heard if isinstance(beat, Beat)])
        for notice in notices:
            self._arousal.note(notice)
        cues = self._cues.update(item)
        if isinstance(item, Command):
            self._resonance.obey(item, self._cues.plan)
        return Frame(
            item,
            beats=tuple(beat for beat in heard if isinstance(beat, Beat)),
            cues=cues,
            gaps=(item,) if isinstance(item, Gap) else (),
            notices=tuple(notices),
            statuses=(item,) if isinstance(item, Status) else (),
            markers=(item,) if isinstance(item, Marker) else (),
            calibrations=arousal.calibrations,
            baselines=arousal.baselines,
        )

    def second(self, tick: Tick) -> Frame:
        """Compute what is known at a tick."""
        told = self._skin.update(tick)
        skin = told[0] if told else None
        cues = self._cues.update(tick)
        plan = next((cue.plan for cue in cues), None)
        heart = self._heart.told_at(tick.t, plan)
        features = self._features_at(tick.t, heart, skin)
        at_chest = self._motion.used in self._at_chest or self._motion.used != self._skin.used
        arousal = self._arousal.second(
            Senses(tick.t, heart, skin, features.quality.motion_mg, moves_at_chest=at_chest, plan=plan)
        )
        level = arousal.states[-1].level if arousal.states else None
        self._cues.feel(features, level, can_be_seen=not self._arousal.is_index_off)
        resonances = self._resonance.second(tick.t)
        for found in resonances:
            if found.assessment is not None and found.assessment.is_seen:
                self._cues.know_resonance(found.assessment.best)
        return Frame(
            tick,
            scrs=skin.responses if skin else (),
            features=(features,),
            states=arousal.states,
            cues=cues,
            notices=(*arousal.notices, *self._bumps.second(tick)),
            calibrations=arousal.calibrations,
            baselines=arousal.baselines,
            excursions=arousal.excursions,
            resonances=resonances,
        )

    def _arouse(self, item: Item, beats: Sequence[Beat]) -> ArousalSecond:
        """Let the estimate hear what it is made of, and what was decided about it."""
        for beat in beats:
            self._arousal.hear(beat)
            self._resonance.hear(beat)
        if isinstance(item, Chunk) and item.modality is Modality.HR:
            self._arousal.hear(item)
        return self._arousal.obey(item) if isinstance(item, Command) else ArousalSecond()

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
            rsa_bpm=heart.swing.rsa_bpm,
            breaths_per_min=heart.breaths_per_min,
            scl_microsiemens=skin.scl_microsiemens if skin else ABSENT,
            scr_per_min=skin.scr_per_min if skin else ABSENT,
            corrected_percent=variability.corrected_percent,
            quality=SignalQuality(
                ecg=heart.wave.quality if heart.wave else None,
                rr=heart.clearness,
                eda=skin.quality if skin else None,
                motion_mg=self._motion.tell(t),
                ecg_why=heart.wave.why if heart.wave else None,
                rr_why=heart.unclear_why,
                eda_why=skin.why if skin else None,
            ),
            heart_from=heart.came_from,
            breath_locking=heart.swing.locking,
            scr_least_microsiemens=skin.least_microsiemens if skin else LEAST_MICROSIEMENS,
        )

    def _feel(self, item: Item) -> None:
        """Follow the skin, and how much the person moves."""
        if isinstance(item, Chunk) and item.modality in _OF_THE_CHEST and len(self._at_chest) < _MOST_SOURCES:
            self._at_chest.add(item.source)
        if isinstance(item, Chunk) and item.modality is Modality.ACC:
            self._motion.take(item)
        self._skin.update(item)
        self._bumps.update(item)
