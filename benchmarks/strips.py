# SPDX-License-Identifier: MIT
"""What it costs to draw four raw signals, a frame: strips and sweeps, pyqtgraph's curves, and an empty repaint.

All on 1000 x 700 px, one minute of 130 Hz (7800 points a curve), offscreen, 30 frames a second of the signals' time.
The demands are held against curves without noise, which are the cheapest for pyqtgraph; with some noise, as electrodes
have it, the same is reported. Packets are made beforehand on our side, and arrays on the other.
A frame is what follows the clock and everything that Qt paints of it, until nothing is left to paint. It is measured in
processor time, so that other work on the machine counts little. The kinds take turns, a second of frames each.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from statistics import mean, median

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from benchmarks.figure import Figure, spread
from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray, Frame
from ui.preferences import Preferences
from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.plot import Upright
from ui.widgets.strip import Strip
from ui.widgets.sweep import Sweep

SIZE = QSize(1000, 700)
CURVES = 4
ONE_OF_FOUR = QSize(SIZE.width(), SIZE.height() // CURVES)
RATE_HZ, SPAN_S, SWEEP_S = 130, 60.0, 5.0
FRAMES_HZ = 30
ROUNDS = 12
UPRIGHT = Upright(0.5, 1.5)

_T = np.arange(round((SPAN_S + ROUNDS + 2) * RATE_HZ)) / RATE_HZ
CLEAN = [  # something like an ECG: a sharp wave and a round one in each beat
    np.exp(-0.5 * ((beat - 0.4) / 0.012) ** 2) + 0.2 * np.exp(-0.5 * ((beat - 0.65) / 0.05) ** 2)
    for beat in (_T * rate % 1.0 for rate in (1.0, 1.05, 1.1, 1.15))
]
NOISY = [wave + 0.03 * np.random.default_rng(seed).standard_normal(len(_T)) for seed, wave in enumerate(CLEAN)]

Draw = Callable[[float], None]


def run() -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Look(Preferences(theme="dark"))
    kinds = {
        "strips": _ours(look, CLEAN, SPAN_S, Strip),
        "sweeps": _ours(look, CLEAN, SWEEP_S, Sweep),
        "sweep": _ours(look, CLEAN[:1], SWEEP_S, Sweep),
        "low sweep": _ours(look, CLEAN[:1], SWEEP_S, Sweep, ONE_OF_FOUR),
        "pyqtgraph": _pyqtgraph(CLEAN),
        "noisy strips": _ours(look, NOISY, SPAN_S, Strip),
        "noisy sweep": _ours(look, NOISY[:1], SWEEP_S, Sweep),
        "noisy pyqtgraph": _pyqtgraph(NOISY),
        "empty": _empty(),
    }
    seconds_ms: dict[str, list[float]] = {name: [] for name in kinds}
    for second in range(ROUNDS + 1):
        for name, draw in kinds.items():
            frames = list(_frames(app, draw, SPAN_S + second))
            if second:  # the first one draws everything
                seconds_ms[name].append(1000.0 * mean(frames))
    return _figures(seconds_ms)


def _figures(seconds_ms: dict[str, list[float]]) -> list[Figure]:
    return [
        Figure("four curves of a minute by pyqtgraph, a frame", spread(seconds_ms["pyqtgraph"], "ms"), "reported"),
        Figure("... with noise", spread(seconds_ms["noisy pyqtgraph"], "ms"), "reported"),
        Figure("an empty repaint of the same size", spread(seconds_ms["empty"], "ms"), "reported"),
        _against(seconds_ms, "strips", "four strips of a minute, a frame", most=0.08),
        _against(seconds_ms, "noisy strips", "... with noise, both", peer="noisy pyqtgraph"),
        _against(seconds_ms, "sweep", "an ECG sweep of 5 s, a frame", most=0.016),
        _against(seconds_ms, "noisy sweep", "... with noise, both", peer="noisy pyqtgraph"),
        _against(seconds_ms, "low sweep", "... as high as one of four"),
        _against(seconds_ms, "sweeps", "four sweeps of 5 s, a frame"),
    ]


def _against(
    seconds_ms: dict[str, list[float]], kind: str, what: str, *, peer: str = "pyqtgraph", most: float | None = None
) -> Figure:
    """Hold a kind against pyqtgraph's four curves and the empty repaint."""
    middle = {name: median(times) for name, times in seconds_ms.items()}
    share, bare = middle[kind] / middle[peer], middle[kind] / middle["empty"]
    measured = f"{spread(seconds_ms[kind], 'ms')}: x{share:.3f} of pyqtgraph, x{bare:.1f} of empty"
    if most is None:
        return Figure(what, measured, "reported")
    return Figure(what, measured, f"x{most:g} of pyqtgraph's four or less", share <= most)


def _frames(app: QApplication, draw: Draw, start_s: float) -> Iterator[float]:
    """Draw a second, frame by frame, and give what each took."""
    for frame in range(FRAMES_HZ):
        started = time.process_time()
        draw(start_s + (frame + 1) / FRAMES_HZ)
        app.processEvents()
        yield time.process_time() - started


def _ours(
    look: Look, signals: Sequence[FloatArray], span_s: float, kind: type[Strip] | type[Sweep], size: QSize = SIZE
) -> Draw:
    """Make some of our own, which get a packet each second."""
    waves = [Waveform(Modality.ECG, span_s, most=8000) for _ in signals]
    plots = [kind(look, wave, UPRIGHT) for wave in waves]
    window = _window(plots, size)
    due = [[_packet(signal, second) for signal in signals] for second in range(len(_T) // RATE_HZ)]

    def draw(t: float) -> None:
        while due and (waves[0].newest_t is None or waves[0].newest_t < t):
            for wave, frame in zip(waves, due.pop(0), strict=True):
                wave.take(frame)
        for plot in plots:
            plot.follow(t)
        assert window.isVisible()

    return draw


def _pyqtgraph(signals: Sequence[FloatArray]) -> Draw:
    widget = pg.PlotWidget()
    widget.setMouseEnabled(x=False, y=False)
    widget.setMenuEnabled(False)
    widget.getViewBox().disableAutoRange()
    widget.getViewBox().setRange(xRange=(-SPAN_S, 0.0), yRange=(-1.0, 2.0 * CURVES), padding=0)
    widget.resize(SIZE)
    curves = [pg.PlotCurveItem(pen=pg.mkPen("#56B4E9", width=1)) for _ in range(CURVES)]
    for curve in curves:
        widget.addItem(curve)
    widget.show()
    x = np.arange(-round(SPAN_S * RATE_HZ), 0) / RATE_HZ
    values = [signal + 2.0 * index for index, signal in enumerate(signals)]

    def draw(t: float) -> None:
        end = round(t * RATE_HZ)
        for curve, y in zip(curves, values, strict=True):
            curve.setData(x, y[end - len(x) : end])
        assert widget.isVisible()

    return draw


def _empty() -> Draw:
    window = _window([], SIZE)
    return lambda _t: window.update()


def _window(plots: Sequence[QWidget], size: QSize) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for plot in plots:
        layout.addWidget(plot)
    window.resize(size)
    window.show()
    return window


def _packet(signal: FloatArray, second: int) -> Frame:
    new = slice(second * RATE_HZ, (second + 1) * RATE_HZ)
    return Frame(Chunk(Modality.ECG, _T[new], signal[new], second + 1.0, "bench"))
