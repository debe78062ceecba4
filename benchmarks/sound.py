# SPDX-License-Identifier: MIT
"""The pacer’s sound over two minutes on a busy computer. `python -m benchmarks.sound WAV` keeps it to listen to."""

import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

import miniaudio
import numpy as np

from app.audio.devices import DevicePlayers
from app.audio.score import Score, Voice
from app.audio.stream import SoundStream
from benchmarks.figure import Figure, table
from tests.app.audio.rendered import START_S, Heard, Samples, listen, onsets, playing, steady

_SECONDS = 120.0
_RISES_S = 0.0574  # from the onset until a tone reaches 5 % of its height
_PPM = 100.0
_LIVE_S = 10.0
_FIRST = 8  # blocks that fill the device
_HELD_MS = 60.0


def run() -> list[Figure]:
    """Render each voice and measure it."""
    heard = _two_minutes()
    errors_ms = 1000.0 * np.array(list(_errors(heard)))
    stop_ms = max(_stop_ms(4.0 + 0.37 * k) for k in range(20))
    steps = {voice: float(np.abs(np.diff(_rendered(voice).samples)).max()) for voice in _VOICES}
    loudest = max(float(np.abs(_rendered(voice).samples).max()) for voice in _VOICES)
    first = float(np.abs(heard.between(START_S, START_S + 0.25)).max())
    return [
        Figure(
            "onsets against the plan, blocks 0 to 15 ms late, device 100 ppm fast",
            f"at most {np.abs(errors_ms).max():.1f} ms, spread {errors_ms.std():.1f} ms, {len(errors_ms)} onsets",
            "20 ms",
            bool(np.abs(errors_ms).max() <= 20.0),
        ),
        Figure(
            "from the stop key to the last sample heard, with 60 ms in the device",
            f"{stop_ms:.0f} ms",
            "100 ms",
            stop_ms <= 100.0,
        ),
        Figure(
            "largest step between two samples",
            ", ".join(f"{v} {s:.3f}" for v, s in steps.items()),
            "0.08",
            max(steps.values()) < 0.08,
        ),
        Figure("loudest sample at full volume", f"{loudest:.2f}", "1", loudest <= 1.0),
        Figure("in the first quarter second from silence", f"{first:.4f}", "0.02", first <= 0.02),
        _live(is_busy=False),
        _live(is_busy=True),
        Figure("cost of rendering, of one core", f"{100.0 * _cost():.1f} %", "", None),
    ]


_VOICES = (Voice.TONES, Voice.AIR, Voice.MARKS)


def _late() -> Iterator[float]:
    rng = np.random.default_rng(1)
    while True:
        yield float(rng.uniform(0.0, 0.015))


def _two_minutes() -> Heard:
    return listen(playing(Voice.TONES), _SECONDS, late_s=_late(), ppm=_PPM)


def _rendered(voice: Voice) -> Heard:
    return listen(playing(voice), 25.0)


def _errors(heard: Heard) -> Iterator[float]:
    """Give how far each onset is from its turn of the breath; the first breath, which fades in, apart."""
    found = onsets(heard)
    for turn in np.arange(START_S + 10.0, START_S + _SECONDS - 10.0, 10.0):
        for due in (turn + _RISES_S, turn + 4.0 + _RISES_S):
            yield float(found[np.argmin(np.abs(found - due))] - due)


def _stop_ms(stop_s: float) -> float:
    plan = steady(8.0)
    heard = listen(lambda t: Score(plan if t < START_S + stop_s else None, Voice.TONES, 1.0), stop_s + 0.5)
    sounding = heard.times[np.nonzero(heard.samples)[0]]
    return 1000.0 * max(float(sounding[-1]) - START_S - stop_s, 0.0)


def _cost() -> float:
    began = perf_counter()
    listen(playing(Voice.TONES), 20.0)
    return (perf_counter() - began) / 20.0


def _live(*, is_busy: bool) -> Figure:
    """Let the library's own thread play to nobody for ten seconds, beside a resting or a busy interpreter."""
    asked: list[float] = []
    player = DevicePlayers((miniaudio.Backend.NULL,)).open("")
    score = Score(steady(start_s=perf_counter()), Voice.TONES, 1.0)
    stream = SoundStream(perf_counter, player.buffered_s, lambda: score)

    def render(count: int) -> Samples:
        asked.append(perf_counter())
        return stream.render(count)

    player.start(render)
    end = perf_counter() + _LIVE_S
    while perf_counter() < end:
        if is_busy:
            sum(number * number for number in range(20_000))
        else:
            sleep(0.01)
    player.close()
    waits_ms = 1000.0 * np.diff(asked[_FIRST:])
    what = "blocks that came too late for the 60 ms in the device, " + ("interpreter busy" if is_busy else "at rest")
    said = f"{np.count_nonzero(waits_ms > _HELD_MS)} of {len(waits_ms)}, longest wait {waits_ms.max():.0f} ms"
    return Figure(what, said, "", None)


def _keep(heard: Heard, path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((heard.samples * 32767.0).astype("<i2").tobytes())


if __name__ == "__main__":
    if sys.argv[1:]:
        _keep(_two_minutes(), Path(sys.argv[1]))
    sys.stdout.write(table(run()) + "\n")
