# SPDX-License-Identifier: MIT
"""A protocol: the plan of a session in steps, declared in a TOML file that a clinic can write itself.

Law: an object of this module is a plan that can be gone through and comes to an end; what cannot is refused with a
sentence that names the key and what is allowed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, Strict, TypeAdapter
from pydantic_core import PydanticCustomError

import resources
from app.guide.texts import visible
from sensors.declared import Declared, Shelf, only_keys_of

_LONGEST_MINUTES = 180.0  # of a session: nobody is left in an endless one


_Text = Annotated[str, visible("name")]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Parameters
    ----------
    name : str
        What the screens call it.
    minutes : float
        How long it lasts at least.
    cue : str
        What leads in it: silence, a breath at a fixed pace, or the person's own breath.
    breaths_per_min : float
        The pace of `breath`.
    floor : float or None
        The slowest pace that `own_breath` leads to; None: the person's own resonance where it is known, else 6/min.
    opens_after_s : float
        Seconds inside the window, with a clear signal, before the next step opens; 0 for none.
    """

    name: _Text
    minutes: Annotated[float, Strict(), Field(ge=0.25, le=60)]
    cue: Literal["silence", "breath", "own_breath"] = "silence"
    breaths_per_min: Annotated[float, Strict(), Field(ge=4, le=12)] = 6.0
    floor: Annotated[float, Strict(), Field(ge=4.5, le=12)] | None = None
    opens_after_s: Annotated[float, Strict(), Field(ge=0, le=600)] = 0.0


@dataclass(frozen=True, slots=True)
class Protocol:
    """Steps that are gone through in order, `rounds` times."""

    name: _Text
    step: Annotated[
        tuple[Annotated[Step, only_keys_of(Step)], ...],
        Field(min_length=1, max_length=20),
    ]
    about: str = ""
    rounds: Annotated[int, Strict(), Field(ge=1, le=10)] = 1

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in the order in which they are gone through."""
        return self.step * self.rounds

    @property
    def minutes(self) -> float:
        """How long it lasts at least."""
        return sum(step.minutes for step in self.steps)


def _ends(protocol: Protocol) -> Protocol:
    if protocol.minutes > _LONGEST_MINUTES:
        words = {"most": int(_LONGEST_MINUTES), "minutes": round(protocol.minutes)}
        raise PydanticCustomError("minutes", "all rounds must last at most {most} minutes, not {minutes}", words)
    return protocol


PROTOCOLS: Final[Declared[Protocol]] = Declared(
    "protocol", TypeAdapter(Annotated[Protocol, only_keys_of(Protocol), AfterValidator(_ends)])
)


def all_protocols(own_folder: Path) -> Shelf[Protocol]:
    """Read the protocols that come with Attune, and the person's or clinic's own over them."""
    shipped = Path(resources.__file__ or ".").parent / "protocols"
    return PROTOCOLS.read_folders([shipped, own_folder / "protocols"])
