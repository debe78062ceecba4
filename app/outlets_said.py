# SPDX-License-Identifier: MIT
"""What our outlets say of themselves: sensors.md, section 6, "Ours"; an exported XDF names its streams the same.

Law: codes and types alone: no name of a person, no address or serial number of a device stands in a description. A
stream has the same source id each time, so that a reader finds it again; each of two Attunes on a machine has its own.
"""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError, Fault
from app.export.offset import Offset
from app.export.xdf_streams import SIGNALS, channel, named, number_channels, state_channels
from app.store.atomic import hold, not_written
from app.versions import version_of
from dsp.baseline import SCORER
from dsp.codes import Modality
from sensors.lsl.outlet import OutletSaid, Tree
from sensors.lsl.state_inlet import SHARED

_MOST_ATTUNES = 32  # on one machine, with one data folder
_ERROR_SD_S = 0.009  # of stamps about a constant delay: sensors.md, section 3 (lower envelope)
_ERROR_SAYS = (
    "clock_error_sd_s is how far stamps are off about a constant delay of sensor and radio; offset_median, where it is "
    "there, is that delay as a bump test measured it (to be subtracted), with its 95 % interval"
)


@dataclass(frozen=True, slots=True)
class Describing:
    """Describes the streams of one Attune.

    Parameters
    ----------
    place : str
        What tells it from another Attune, the same each time.
    offsets : mapping of tuple to Offset
        By source and modality, where a bump test was made.
    shares : bool
        Whether other computers may read: everybody in the session agreed to it.
    """

    place: str
    offsets: Mapping[tuple[str, Modality], Offset]
    shares: bool = False

    @property
    def ids_begin(self) -> str:
        """What the source ids of this Attune begin with."""
        return f"attune-{self.place}-"

    def signal(self, modality: Modality, person: str, source: str, number: int, rate_hz: float) -> OutletSaid:
        """Describe what a sensor sends; the second sensor of one kind on a person has the number 2."""
        said = SIGNALS[modality]
        channels = tuple(channel(label, said.unit, said.type) for label in said.labels)
        kind = modality.upper() if number == 1 else f"{modality.upper()} {number}"
        offset = self.offsets.get((source, modality))
        return self._outlet(kind, said.type, person, channels, rate_hz=rate_hz, offset=offset)

    def heart_rate(self, person: str) -> OutletSaid:
        """Describe the heart rate that is computed."""
        return self._outlet("HR", "HR", person, number_channels(("hr_bpm",), "HR"))

    def features(self, person: str) -> OutletSaid:
        """Describe all that is computed each second."""
        return self._outlet("Features", "Features", person, number_channels())

    def state(self, person: str) -> OutletSaid:
        """Describe the estimate that is held against the person's own window."""
        return self._outlet("State", "State", person, state_channels(), more={"scorer": str(SCORER)})

    def window(self, person: str) -> OutletSaid:
        """Describe the bounds that the estimate is held against, for who looks on from another computer."""
        channels = tuple(channel(label, "", "Window") for label in ("lower", "upper"))
        return self._outlet("Window", "Window", person, channels, more={"scorer": str(SCORER)})

    def markers(self, person: str) -> OutletSaid:
        """Describe the marks, types only."""
        return self._outlet("Markers", "Markers", person, (channel("type", "", "Markers"),), is_text=True)

    def _outlet(
        self,
        kind: str,
        type_: str,
        person: str,
        channels: tuple[Tree, ...],
        *,
        rate_hz: float = 0.0,
        is_text: bool = False,
        offset: Offset | None = None,
        more: Tree | None = None,
    ) -> OutletSaid:
        source_id = f"{self.ids_begin}{person}-{kind}".replace(" ", "_")
        desc: Tree = {
            "acquisition": {"manufacturer": "Attune", "software": _software()},
            "synchronization": _synchronization(offset),
            "attune": {"person": person, "shared": SHARED if self.shares else "computer", **(more or {})},
        }
        return OutletSaid(named(kind, person), type_, source_id, channels, rate_hz, is_text, desc)


@contextmanager
def own_place(folder: Path) -> Iterator[str]:
    """Give what tells this Attune from others that run now, the same each time; it is its own within the block.

    Raises
    ------
    AppError
        `NOT_WRITTEN`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    here = hashlib.sha256(f"{platform.node()} {folder.resolve()}".encode()).hexdigest()[:8]
    for number in range(1, _MOST_ATTUNES + 1):
        held = hold(folder / f"outlets-{number}.lock")
        if held is not None:
            try:
                yield here if number == 1 else f"{here}.{number}"
            finally:
                held.let_go()
            return
    raise AppError(Fault.NOT_WRITTEN, f"{_MOST_ATTUNES} Attunes send streams already.")


def _software() -> str:
    return f"Attune {version_of('attune-biofeedback') or ''}".strip()


def _synchronization(offset: Offset | None) -> Tree:
    measured: Tree = {} if offset is None else offset.elements()
    return {
        "can_drop_samples": "true",
        "time_source": "the LSL clock of the sending computer",
        "clock_error_sd_s": repr(_ERROR_SD_S),
        "clock_error_says": _ERROR_SAYS,
        **measured,
    }
