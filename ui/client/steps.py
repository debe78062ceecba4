# SPDX-License-Identifier: MIT
"""Where a protocol is, in one quiet line: the step's name, and what the next one waits for."""

from dataclasses import dataclass

from dsp.codes import Action
from dsp.stream import CLIENT, Command, Value
from resources.words import gettext as _
from ui.foreign import safe_text

_LONGEST = 40  # characters of a step's name


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a protocol, and when it began."""

    t: float
    index: int
    of: int
    name: str
    minutes: float
    opens_after_s: float = 0.0


class ProtocolLine:
    """Follows the steps that frames tell."""

    def __init__(self) -> None:
        self._step: Step | None = None

    def take(self, command: Command) -> None:
        """Take a decision; of a protocol's, where it is."""
        if command.action is not Action.STEP or command.person != CLIENT:
            return
        values = dict(command.values)
        index, of = _number(values, "index"), _number(values, "of")
        name = safe_text(str(values.get("name", "")))[:_LONGEST]
        is_over = not name or index >= of
        self._step = (
            None
            if is_over
            else Step(
                command.t, int(index), int(of), name, _number(values, "minutes"), _number(values, "opens_after_s")
            )
        )

    def at(self, t: float, *, is_bare: bool) -> str:
        """Give the line at `t`, seconds on the session clock; without a digit where none is to be shown."""
        step = self._step
        if step is None:
            return ""
        if t - step.t >= 60.0 * step.minutes and step.index + 1 < step.of and step.opens_after_s > 0.0:
            return _("{name}: goes on after a while inside your window").format(name=step.name)
        if is_bare:
            return step.name
        words = _("{name}: step {n} of {of}, {minutes:g} min")
        return words.format(name=step.name, n=step.index + 1, of=step.of, minutes=step.minutes)


def _number(values: dict[str, Value], name: str) -> float:
    value = values.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
