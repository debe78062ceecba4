# SPDX-License-Identifier: MIT
"""`--rest A:B`, `--talk A:B`, `--relax A:B`: a calibration from a recording, as the commands that a person would give.

Law: the commands are in order of time, and each is data: replaying them with the items gives the same session again.
"""

import math
from collections.abc import Sequence

import typer

from app.errors import AppError, Fault
from dsp.codes import Action, CalibrationStep
from dsp.stream import CLIENT, Chunk, Command, Frame
from resources.words import gettext as _

Span = tuple[float, float]
AUTHOR = "replay"

_WHOLE_SPAN_S = 1800.0  # a step ends where its span does, not when it has enough


def read_span(text: str, option: str) -> Span:
    """Read `A:B`, two times in seconds with A before B.

    Raises
    ------
    BadParameter
        When it is something else.
    """
    begin, colon, end = text.partition(":")
    try:
        span = (float(begin), float(end)) if colon else (math.nan, math.nan)
    except ValueError:
        span = (math.nan, math.nan)
    if not (math.isfinite(span[0]) and math.isfinite(span[1]) and span[0] < span[1]):
        words = _("must be two times in seconds, the earlier one first, as in 0:180, not {text}")
        raise typer.BadParameter(words.format(text=repr(text)), param_hint=option)
    return span


def calibration(rest: Span | None, talk: Span | None, relax: Span | None) -> Sequence[Command]:
    """Give the commands of a calibration on these spans.

    Raises
    ------
    BadParameter
        When there is a talk or a comfortable time without a rest, or one begins before the rest or the one before it
        has ended.
    """
    named = (("--talk", CalibrationStep.TALK, talk), ("--relax", CalibrationStep.COMFORTABLE, relax))
    extra = sorted((span, option, step) for option, step, span in named if span is not None)
    if rest is None:
        if extra:
            raise typer.BadParameter(_("needs --rest A:B as well"), param_hint=extra[0][1])
        return ()
    commands = _commands(CalibrationStep.REST, rest)
    for span, option, step in extra:
        if span[0] < commands[-1].t:
            raise typer.BadParameter(_("must begin when the rest, or the span before it, has ended"), param_hint=option)
        commands += _commands(step, span)
    return commands


def _commands(step: CalibrationStep, span: Span) -> list[Command]:
    begin = (("step", step.value), ("seconds", _WHOLE_SPAN_S))
    end = (("step", CalibrationStep.DONE.value),)
    return [
        Command(span[0], Action.CALIBRATE, AUTHOR, CLIENT, begin),
        Command(span[1], Action.CALIBRATE, AUTHOR, CLIENT, end),
    ]


class DataEnd:
    """A sink that knows when the data end, so that a span beyond them is no rest of seconds that never were."""

    def __init__(self) -> None:
        self._newest_s = -math.inf

    def put(self, frame: Frame) -> None:
        """Note how far the data go."""
        item = frame.item
        if isinstance(item, Chunk) and len(item.t):
            self._newest_s = max(self._newest_s, float(item.t[-1]))

    def require(self, commands: Sequence[Command]) -> None:
        """Refuse a calibration that ends more than a second after the data do.

        Raises
        ------
        AppError
            `BEYOND_END`; the sentence says where the recording ends.
        """
        last_s = max((command.t for command in commands), default=-math.inf)
        if last_s > self._newest_s + 1.0 and self._newest_s > -math.inf:
            words = _("the recording ends at {end} s; there is nothing to rest on until {last:g} s.")
            raise AppError(Fault.BEYOND_END, words.format(end=math.floor(self._newest_s), last=last_s))
