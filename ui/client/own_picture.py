# SPDX-License-Identifier: MIT
"""A person's own picture: read from a file that they chose, made small, and carried as a text inside their own card.

So it is kept where the card is kept, encrypted with the person's own key, and nowhere else. Law: a file that is no
picture gives None, whatever its bytes are; what comes back is at most `_MOST_BYTES` long.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap

_LARGEST = QSize(960, 720)  # px: large enough for a screen that shows it in the shape's place
_MOST_BYTES = 72_000  # it travels in a command, and is told again at each start
_MOST_PIXELS = 100_000_000  # of a file: more is no photograph
_QUALITIES = (85, 70, 55, 40, 25)


def read_picture(path: str) -> str | None:
    """Read a picture's file; give it small, as a text, or None where it is no picture that can be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)  # as the camera was held
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if not reader.canRead() or not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    if size.width() > _LARGEST.width() or size.height() > _LARGEST.height():
        reader.setScaledSize(size.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else _small(image)


def pixmap_of(text: str) -> QPixmap:
    """Give the picture in a text; an empty one where there is none in it."""
    pixmap = QPixmap()
    if text and len(text) <= 2 * _MOST_BYTES:
        pixmap.loadFromData(QByteArray.fromBase64(QByteArray(text.encode("ascii", "ignore"))), "JPG")
    return pixmap


def _small(image: QImage) -> str | None:
    flat = image.convertToFormat(QImage.Format.Format_RGB32)
    for quality in _QUALITIES:
        for size in (_LARGEST, _LARGEST / 2):
            fitting = flat
            if flat.width() > size.width() or flat.height() > size.height():
                fitting = flat.scaled(
                    size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            found = _encoded(fitting, quality)
            if 0 < len(found) <= _MOST_BYTES:
                return found
    return None


def _encoded(image: QImage, quality: int) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(quality)
    is_written = writer.write(image)
    return bytes(buffer.data().toBase64().data()).decode("ascii") if is_written else ""
