# SPDX-License-Identifier: MIT
"""The computer's own sound, through miniaudio: WASAPI, Core Audio, PulseAudio, ALSA and JACK, all inside one wheel.

Law: the callback renders into the device and does nothing else; what the system counts as a device but nobody can hear
is no device.

Notes
-----
- Six blocks of 10 ms: 50 ms to get over a busy moment of the interpreter (two of 20 ms leave 20 ms), and short enough
  for the stop key.
- ALSA has a device that discards everything, which is there on a computer without any sound.
"""

from collections.abc import Generator, Sequence

import miniaudio
import numpy as np
from numpy.typing import NDArray

from app.audio.player import PlayerError, Render
from app.audio.voices import RATE_HZ

_BLOCK_MS = 10
_BLOCKS = 6
_HEARD_BY_NOBODY = "Discard all samples"
_NO_BACKENDS = (miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM)

Asked = Generator[bytes | NDArray[np.float32], int, None]


class DevicePlayer:
    """An open device.

    Parameters
    ----------
    device : str
        Its name.
    opened : miniaudio.PlaybackDevice
        What miniaudio gave for it.
    """

    buffered_s = _BLOCKS * _BLOCK_MS / 1000.0

    def __init__(self, device: str, opened: miniaudio.PlaybackDevice) -> None:
        self.device = device
        self.asked = 0
        self._opened = opened

    def start(self, render: Render) -> None:
        """Begin to ask for samples, in a thread of the library's."""
        answers = self._answer(render)
        next(answers)
        try:
            self._opened.start(answers)
        except miniaudio.MiniaudioError as error:
            raise PlayerError(str(error)) from error

    def close(self) -> None:
        """Let the device go."""
        self._opened.close()

    def _answer(self, render: Render) -> Asked:
        count = yield b""
        while True:
            samples = render(count)
            self.asked += count
            count = yield samples


class DevicePlayers:
    """The devices of this computer.

    Parameters
    ----------
    backends : sequence of miniaudio.Backend
        The system's sound services to look through.
    """

    def __init__(self, backends: Sequence[miniaudio.Backend] = ()) -> None:
        self._backends = list(backends) or [b for b in miniaudio.Backend if b not in _NO_BACKENDS]

    def devices(self) -> Sequence[str]:
        """Give the names of the devices that somebody can hear."""
        try:
            return tuple(self._found())
        except (miniaudio.MiniaudioError, UnicodeDecodeError):  # a name that is no text hides the list
            return ()

    def open(self, device: str) -> DevicePlayer:
        """Open a device by its name, or the system's own choice."""
        try:
            wanted = self._found()[device] if device else None
            opened = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.FLOAT32,
                nchannels=1,
                sample_rate=RATE_HZ,
                buffersize_msec=_BLOCK_MS,
                device_id=wanted,
                callback_periods=_BLOCKS,
                backends=self._backends,
                app_name="Attune",
            )
        except (KeyError, miniaudio.MiniaudioError, UnicodeDecodeError) as error:
            raise PlayerError(str(error)) from error
        return DevicePlayer(device, opened)

    def _found(self) -> dict[str, object]:
        found = miniaudio.Devices(self._backends).get_playbacks()
        return {one["name"]: one["id"] for one in found if not one["name"].startswith(_HEARD_BY_NOBODY)}
