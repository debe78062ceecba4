# SPDX-License-Identifier: MIT
"""The raw signals of one person as they arrive: kept for everybody, drawn for the one who is looked at."""

from dsp.codes import Modality
from dsp.stream import Frame
from ui.client.signal_marks import SignalMarks
from ui.tachogram import Tachogram
from ui.waveform import Waveform

SWEEP_S, STRIP_S = 5.0, 60.0
"""How much of the ECG, and of the slower signals, is shown."""


class RawSignals:
    """Waveforms, beats and marks of one person.

    Parameters
    ----------
    person : str
        Whose they are.
    """

    def __init__(self, person: str) -> None:
        self.ecg = Waveform(Modality.ECG, SWEEP_S, person=person)
        self.eda = Waveform(Modality.EDA, STRIP_S, person=person)
        self.marks = SignalMarks(person)
        self.beats = Tachogram(person)

    def take(self, frame: Frame) -> None:
        """Keep what a frame brings; nothing is drawn here."""
        self.ecg.take(frame)
        self.eda.take(frame)
        self.marks.take(frame)
        self.beats.take(frame)
