# SPDX-License-Identifier: MIT
import pytest
import typer

from app.cli.plain import plainly, sentence_on
from app.errors import AppError, Fault
from dsp.codes import Reason
from sensors.source import SensorError

_ENDED = (Reason.NO_RADIO, Reason.RADIO_OFF, Reason.RADIO_DENIED, Reason.NO_BLUETOOTH_SERVICE, Reason.LINK_LOST)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence_for_the_terminal(reason: Reason) -> None:
    sentence = sentence_on(reason, "the file, line 3: what is wrong")
    assert len(sentence) > 10
    assert "\n" not in sentence
    assert ".." not in sentence
    assert "by itself" not in sentence or reason not in _ENDED


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (SensorError(Reason.FILE_EMPTY, "rest.csv holds no samples"), 1, "attune: rest.csv holds no samples\n"),
        (SensorError(Reason.UNKNOWN_SOURCE, "x is not a source"), 2, "attune: x is not a source\n"),
        (
            SensorError(Reason.FILE_MISSING, "there is no file a\nb\x1b[31m\u202ec"),
            1,
            "attune: there is no file a b[31mc\n",
        ),
        (AppError(Fault.GIVEN_TWICE, "demo is given twice"), 2, "attune: demo is given twice\n"),
        (AppError(Fault.NO_DISPLAY, "there is no display here."), 1, "attune: there is no display here.\n"),
        (KeyboardInterrupt(), 1, "attune: stopped.\n"),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(
    error: BaseException, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, plainly():
        raise error
    assert ended.value.exit_code == code
    assert capsys.readouterr() == ("", sentence)
