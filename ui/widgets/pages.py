# SPDX-License-Identifier: MIT
"""Pages in one place, of which one shows: unlike Qt's own stack it asks for the room of that one alone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """Some pages.

    Parameters
    ----------
    name : str
        What they are, for somebody who does not see them.
    pages : sequence of QWidget
        The pages; the first one shows.
    """

    def __init__(self, name: str, pages: Sequence[QWidget]) -> None:
        super().__init__()
        self._pages = tuple(pages)
        self._index = 0
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            layout.addWidget(page)
        self.turn_to(0)

    @property
    def index(self) -> int:
        """Which page shows."""
        return self._index

    def turn_to(self, index: int) -> None:
        """Show one page."""
        self._index = index
        for n, page in enumerate(self._pages):
            if n != index:
                page.hide()
        self._pages[index].show()
