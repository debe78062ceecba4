# SPDX-License-Identifier: MIT
"""The sentences beside the trends and the raw signals say why a number is not there, and what it leaves out."""

import pytest

from dsp.codes import Reason
from dsp.stream import Measure
from ui.client.session_words import rmssd_words
from ui.client.signal_words import response_words
from ui.words import clinical_words

_KNOWN = Measure(41.2, 1.0, None)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NOT_FIT_FOR_HRV, "RMSSD: light is fit for a rate, not for variability"),
        (Reason.WAVE_UNCLEAR, "RMSSD: the waveform is not clear"),
        (Reason.GAP_INSIDE, "RMSSD: There is a pause in the heartbeats of the last minutes."),
        (Reason.UNEVEN_BEATS, "RMSSD: the strap is read unevenly"),
        (None, "RMSSD: not there yet"),
    ],
)
def test_a_withheld_rmssd_says_its_own_reason(reason: Reason | None, words: str) -> None:
    assert rmssd_words(Measure(why=reason)) == words


@pytest.mark.parametrize(("percent", "said"), [(3.4, ", 3 % set aside"), (0.4, ", 1 % set aside"), (0.0, "")])
def test_an_rmssd_says_how_many_beats_it_leaves_out(percent: float, said: str) -> None:
    assert rmssd_words(_KNOWN, Measure(percent, 1.0, None)) == f"RMSSD 41 ms, last 60 s{said}"


@pytest.mark.parametrize("is_tight", [True, False])
def test_a_skin_that_has_not_answered_is_told_so(*, is_tight: bool) -> None:
    words = response_words(Measure(0.0, 0.0, Reason.NO_RESPONSES), least=0.05, is_tight=is_tight)
    assert words == "SCR: no response so far; some skins answer rarely"


@pytest.mark.parametrize("least", [0.05, 0.01])
def test_a_count_of_skin_responses_says_which_ones_count(least: float) -> None:
    words = response_words(Measure(4.0, 1.0, None), least=least, is_tight=False)
    assert words == f"SCR of {least} \N{MICRO SIGN}S or more: 4 a minute"


def test_a_clinician_reads_that_uneven_beats_are_no_rhythm_finding() -> None:
    assert "not a rhythm finding" in clinical_words(Reason.UNEVEN_BEATS)
    assert clinical_words(Reason.STALE) == "No fresh heartbeats just now."
