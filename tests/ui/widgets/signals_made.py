# SPDX-License-Identifier: MIT
"""Made-up signals, and pictures of widgets, for the tests of what draws them."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Frame, Gap
from ui.waveform import Waveform

Shape = Callable[[FloatArray], FloatArray]


def wave_shape(t: FloatArray) -> FloatArray:
    """Give a wave of 1 Hz between -1 and 1, with a sharp peak in each."""
    sharp: FloatArray = np.exp(-0.5 * ((t % 1.0 - 0.5) / 0.02) ** 2)
    return 0.4 * np.sin(2 * np.pi * t) + 0.6 * sharp


def packet(
    modality: Modality, after_s: float, until_s: float, rate_hz: int, shape: Shape = wave_shape, *, source: str = "s"
) -> Frame:
    t = np.arange(round(after_s * rate_hz) + 1, round(until_s * rate_hz) + 1) / rate_hz
    return Frame(Chunk(modality, t, shape(t), until_s, source))


def gap(start_s: float, end_s: float, modality: Modality | None = None, source: str = "s") -> Frame:
    item = Gap(start_s, end_s, Reason.LINK_LOST, source, modality=modality)
    return Frame(item, gaps=(item,))


def lived(wave: Waveform, modality: Modality, start_s: float, end_s: float, rate_hz: int = 130) -> None:
    """Give a waveform a packet each second."""
    for k in range(round(end_s - start_s)):
        wave.take(packet(modality, start_s + k, start_s + k + 1.0, rate_hz))


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def different(one: QPixmap | QImage, other: QPixmap | QImage) -> int:
    """Count the pixels that differ."""
    return int(np.count_nonzero(np.any(_bytes(one) != _bytes(other), axis=2)))


def columns_with(image: QImage, color: str, *, off: int = 0) -> list[int]:
    """Give the columns of a picture in which some pixel has this colour, or one so little off in each part of it."""
    wanted = QColor(color)
    distance = np.abs(_bytes(image)[:, :, 2::-1].astype(np.int16) - [wanted.red(), wanted.green(), wanted.blue()])
    found = np.all(distance <= off, axis=2)
    return [int(x) for x in np.flatnonzero(found.any(axis=0))]


def _bytes(image: QPixmap | QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    image = image.toImage() if isinstance(image, QPixmap) else image
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
