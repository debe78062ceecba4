# SPDX-License-Identifier: MIT
"""A person's own cards, and what they do not want to be offered: theirs to change at any time.

Law: nothing is kept but what the person typed; each thing can be taken away by one press.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.ask_own import KINDS, LONGEST, MOST, OwnCard, kind_words
from ui.client.asking import Asking
from ui.client.own_picture import pixmap_of, read_picture
from ui.client.picture_view import PictureView
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.widgets.segmented import Segmented
from ui.widgets.tab_order import chain

ChoosePicture = Callable[[QWidget], str]
"""Asks for a picture's file; gives its path, or an empty text."""

_PICTURE = "picture"
_WIDTH_PX = 720
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


def ask_for_picture(window: QWidget) -> str:
    """Let the person choose by the system's own dialog."""
    files = _("Pictures") + " (*.jpg *.jpeg *.png *.webp *.bmp *.gif)"
    return QFileDialog.getOpenFileName(window, _("Choose a picture"), "", files)[0]


class CardsScreen(QWidget):
    """The person's own cards.

    Parameters
    ----------
    look : Look
        The look it follows.
    asking : Asking
        Knows the cards, and takes what is changed.
    """

    left = Signal()

    def __init__(self, look: Look, asking: Asking) -> None:
        super().__init__()
        self._look = look
        self._asking = asking
        self._kind = KINDS[1]
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("My own cards"))
        self._ground = Card(look, _("My own cards"))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._rows: list[QWidget] = []
        self._taking: list[Button] = []  # the rows' buttons
        self._none = safe_label(
            look, _("There is none yet: the sea, a song, somebody’s name."), tone="text2", wrap=True
        )
        self.kinds = Segmented(look, _("What it is"), [kind_words(kind) for kind in KINDS])
        self.field = Field(look, _("What it is called"), longest=LONGEST)
        self.add = Button(look, _("Add"), size=Size.NORMAL, icon="plus")
        self.choose_picture: ChoosePicture = ask_for_picture
        self.picture = Button(look, _("Choose a picture"), size=Size.NORMAL, icon="picture")
        self._chosen = ""  # the picture of the card that is to be added
        self._preview = PictureView(least=72)
        self._trouble = safe_label(look, tone="text2", wrap=True)
        self._offers = Card(look, _("What I may be offered"))
        self.breath = Button(look, _("Offer me nothing about breathing"), size=Size.LIST)
        self.breath.setCheckable(True)
        self.back = Button(look, _("Back"))
        self._assemble()
        self._wire()
        self._take_picture("")
        self.refresh()

    def refresh(self) -> None:
        """Show the cards and the wishes of now."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._taking = []
        self._rows = [self._row(card) for card in self._asking.cards]
        for row in self._rows:
            self._list.addWidget(row)
        chosen = self.kinds.button_at(KINDS.index(self._kind))
        chain([*self._taking, chosen, self.picture, self.field, self.add, self.breath, self.back])
        self._none.setVisible(not self._rows)
        self.add.setEnabled(len(self._rows) < MOST)
        self.breath.setChecked(not self._asking.takes_breath)

    def _row(self, card: OwnCard) -> QWidget:
        row = QWidget()
        row.setAccessibleName(card.words)
        name = safe_label(self._look, card.words, kind=Type.LABEL)
        gone = Button(self._look, _("Take away"), size=Size.NORMAL, is_quiet=True)
        gone.setAccessibleDescription(card.words)
        gone.clicked.connect(lambda: self._asking.drop_card(card))
        self._taking.append(gone)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(Icon(self._look, card.kind, kind_words(card.kind)))
        small = PictureView(least=40)
        small.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        small.setFixedSize(56, 40)
        layout.addWidget(small)
        small.show_picture(pixmap_of(card.picture), card.words)
        layout.addWidget(name, 1)
        layout.addWidget(gone)
        return row

    def _put(self) -> None:
        more = {"picture": self._chosen} if self._chosen and self._kind == _PICTURE else {}
        self._asking.put_card(self._kind, self.field.text() or (kind_words(self._kind) if more else ""), **more)
        self.field.show_text("")
        self.field.clear()
        self._take_picture("")

    def _choose_kind(self, index: int) -> None:  # a slot of Qt's
        self._kind = KINDS[index]
        self._take_picture("")

    def _choose_picture(self) -> None:
        """Take a picture from a file; say in one sentence where that is none."""
        if path := self.choose_picture(self.window()):
            found = read_picture(path)
            self._take_picture(found or "")
            self._trouble.say("" if found else _("This is no picture that can be read. JPEG, PNG and WebP can."))
            self._trouble.setVisible(found is None)

    def _take_picture(self, picture: str) -> None:
        self._chosen = picture
        self._trouble.hide()
        self.picture.setVisible(self._kind == _PICTURE)
        self._preview.show_picture(pixmap_of(picture), _("The picture of the new card"))

    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def _wire(self) -> None:
        self.kinds.choose(KINDS.index(self._kind))
        self.kinds.chosen.connect(self._choose_kind)
        self.field.returnPressed.connect(self._put)
        self.add.clicked.connect(self._put)
        self.picture.clicked.connect(self._choose_picture)
        self.breath.clicked.connect(lambda is_on: self._asking.let_breathe(takes_breath=not is_on))
        self.back.clicked.connect(self.left)
        self._asking.changed.connect(self._refresh_if_shown)
        self._look.changed.connect(self._dress)

    def _dress(self) -> None:
        self._ground.setMaximumWidth(self._look.px(_WIDTH_PX))
        self._offers.setMaximumWidth(self._look.px(_WIDTH_PX))

    def _assemble(self) -> None:
        inside = QWidget()
        inside.setAccessibleName(_("My own cards"))
        about = _("What I like to have near. These come first when something is offered.")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(safe_label(self._look, _("My own cards"), kind=Type.PAGE, align=_MIDDLE))
        column.addWidget(safe_label(self._look, about, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE))
        column.addSpacing(8)
        for card in (self._ground, self._offers):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(card, 8)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)
        self._fill_ground()
        offers = QVBoxLayout(self._offers)
        offers.setContentsMargins(24, 16, 24, 16)
        offers.addWidget(self.breath, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.addStretch(1)
        foot.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 40, 28)
        layout.setSpacing(16)
        layout.addWidget(Scroll(self._look, inside), 1)
        layout.addLayout(foot)
        self._dress()

    def _fill_ground(self) -> None:
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(safe_label(self._look, _("I call it"), tone="text2"))
        typed.addWidget(self.field, 1)
        typed.addWidget(self.add)
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(24, 20, 24, 20)
        ground.setSpacing(12)
        ground.addWidget(self._none)
        ground.addLayout(self._list)
        ground.addSpacing(4)
        ground.addWidget(self.kinds)
        ground.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        ground.addWidget(self._preview)
        ground.addWidget(self._trouble)
        ground.addLayout(typed)
