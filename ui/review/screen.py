# SPDX-License-Identifier: MIT
"""A stored session, looked at again: over time, its moments, what it came to, and what can be made of it.

Law: it shows what the record holds and asks for the rest by signals; before a person has said how it was, or left the
question, no graph of theirs is shown.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.paper.record import PersonRecord, SessionRecord
from ui.review.aside import Aside
from ui.review.asking import BeforeCard
from ui.review.bar import ReviewBar
from ui.review.cards import WindowCards
from ui.review.looking import Looking, moment_near, standing_at, stepped
from ui.review.report_card import ReportCard
from ui.review.said import with_rating, with_words
from ui.review.seam import LookedBack, Reviewed
from ui.review.session_card import SessionCard
from ui.review.summary import Summary
from ui.theme import Look
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.words import Advice

_NARROW, _ASIDE, _MAIN_HEIGHT, _UNBOUND = 1200, 344, 420, 16_777_215
_NEAR_S = 1.0  # a moment is looked at from this near


class ReviewScreen(QWidget):
    """One session.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    said = Signal(object)  # LookedBack
    notes_wanted = Signal(str)  # a session
    over_wanted = Signal(str, str)  # a session, and whose sessions up to it
    report_wanted = Signal(object)  # ReportWish
    export_wanted = Signal(str)  # a session

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._session: SessionRecord | None = None
        self._has_notes = False
        self._over: Grown | None = None
        self._place = 0
        self._looking = Looking(1.0, 0.0, 0.0, 1.0)
        self._asked: set[str] = set()  # codes of those who were asked, or asked not to be
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Review"))
        self.bar = ReviewBar(look)
        self.session = SessionCard(look)
        self.aside = Aside(look)
        self.report = ReportCard(look)
        self.before = BeforeCard(look)
        self.cards = WindowCards(look)
        self.summary = Summary(look)
        self._waiting = safe_label(look, _("The session is being read."), tone="text2", wrap=True)
        self._assemble()
        self._wire()
        self.forget()

    @property
    def person(self) -> PersonRecord | None:
        """Whose part is looked at."""
        return self._session.persons[self._place] if self._session is not None and self._session.persons else None

    @property
    def looking(self) -> Looking:
        """Where somebody looks."""
        return self._looking

    @property
    def is_asking(self) -> bool:
        """Whether the question stands before the graph."""
        return self._main.currentWidget() is self.before

    def forget(self) -> None:
        """Show nothing of any session."""
        self._session, self._has_notes, self._place, self._over = None, False, 0, None
        self._asked.clear()
        self.session.stop()
        self.bar.clear()
        self._waiting.say(_("The session is being read."))
        self._pages.setCurrentIndex(0)

    def refuse(self, advice: Advice) -> None:
        """Say why there is nothing to see, or no report."""
        if self._session is None:
            self._waiting.say(f"{advice.sentence} {advice.step}")
        else:
            self.report.refuse(advice)

    def show_session(self, reviewed: Reviewed) -> None:
        """Show a session; the same one again stays where it was looked at."""
        is_same = self._session is not None and self._session.session == reviewed.record.session
        self._session, self._has_notes = reviewed.record, reviewed.has_notes
        if not is_same:
            self._over = None
            self._place, self._looking = 0, Looking.at_all(reviewed.record)
            self._asked.clear()
            self._beside.setCurrentWidget(self.aside)
        self.bar.show_session(reviewed.record, self._place)
        if self.person is None:
            self._waiting.say(_("Nothing of this session can be read."))
            self._pages.setCurrentIndex(0)
            return
        self._show_person()
        if not is_same:
            self.over_wanted.emit(reviewed.record.session, self.person.code)

    def choose_person(self, place: int) -> None:
        """Look at another person's part."""
        self._place, self._over = place, None
        self.session.stop()
        self._show_person()
        if self._session is not None and self.person is not None:
            self.over_wanted.emit(self._session.session, self.person.code)

    def show_over(self, grown: Grown) -> None:
        """Say what moved over a person's sessions, if it is the one who is looked at."""
        if self.person is not None and grown.code == self.person.code:
            self._over = grown
            self.summary.show_over(grown)

    def press(self, key: str) -> None:
        """Answer the question before the graph by a digit or T."""
        if self.is_asking and self._pages.currentIndex() == 1:
            self.before.press(key)
        elif key == "0" and self._session is not None:
            self.look_at(self._looking.whole())

    def look_at(self, looking: Looking) -> None:
        """Look at another second or stretch."""
        person = self.person
        if person is None or self.is_asking:
            return
        self._looking = looking
        self.session.show_person(person, looking)
        near = moment_near(person.moments, looking.t, max(_NEAR_S, (looking.end_s - looking.start_s) / 200))
        self.aside.show_standing(standing_at(person, looking.t), None if near is None else person.moments[near])

    def step(self, key: str) -> None:
        """Go along, nearer or further by a key."""
        if not self.is_asking and self._pages.currentIndex() == 1:
            self.look_at(stepped(self._looking, key))

    def play_or_stop(self) -> None:
        """Let the playhead go on by itself, or stop it."""
        if self.person is not None and not self.is_asking:
            self.session.play_or_stop()

    def other_view(self) -> None:
        """Show the signals in the window's place, or the window again."""
        if self.person is not None and not self.is_asking:
            self.session.other_view()

    def step_moment(self, step: int) -> None:
        """Go to the next moment (1) or the one before (-1)."""
        times = [moment.t for moment in self.person.moments] if self.person is not None else []
        t = self._looking.t
        ahead = [one for one in times if one > t + 0.5] if step > 0 else [one for one in times if one < t - 0.5]
        if ahead:
            self.look_at(self._looking.at(min(ahead) if step > 0 else max(ahead)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column below the session in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def _show_person(self) -> None:
        session, person = self._session, self.person
        if session is None or person is None:
            return
        notes = session.notes if self._has_notes else ()
        self.aside.show_moments(person, notes, has_notes=self._has_notes)
        self.summary.show_person(session, person)
        self.summary.show_over(self._over)
        self.cards.show_person(session, person)
        is_asked = person.looked_back is not None or person.code in self._asked or not any(person.course.counts()[:-1])
        self._main.setCurrentWidget(self.session if is_asked else self.before)
        self._beside.setVisible(is_asked)
        self.summary.setVisible(is_asked)
        self.bar.reveal(is_open=is_asked)
        if self._pages.currentIndex() == 0:
            self._pages.setCurrentIndex(1)
        if is_asked:
            self.look_at(self._looking)
        self._arrange()

    def _answer(self, rating: float | None) -> None:
        """Take the answer to the question before the graph, or its absence, and show it."""
        session, person = self._session, self.person
        if session is None or person is None:
            return
        self._asked.add(person.code)
        if rating is not None:
            self.said.emit(LookedBack(session.session, person.code, rating=rating))
            self._session = with_rating(session, self._place, rating)
        self.setFocus()  # no ring anywhere until Tab is pressed
        self._show_person()

    def _add_words(self, words: str) -> None:
        session, person, t = self._session, self.person, self._looking.t
        if session is None or person is None:
            return
        self.said.emit(LookedBack(session.session, person.code, t=t, words=words))
        self._session = with_words(session, self._place, t, words)
        self._show_person()

    def _ask_report(self, ending: str) -> None:
        if self._session is not None and self.person is not None:
            self.report.ask(self._session.session, self.person.person, ending)
            self._beside.setCurrentWidget(self.report)
            self._scroll.ensureWidgetVisible(self._beside)  # in a narrow window it stands below the session

    def _turn(self, page: int) -> None:
        self.setFocus()  # no ring anywhere until Tab is pressed
        self._pages.setCurrentIndex(page)

    def _ask(self, wanted: Callable[[str], object]) -> None:
        if self._session is not None:
            wanted(self._session.session)

    def _assemble(self) -> None:
        self._main, self._beside, self._pages = QStackedWidget(), QStackedWidget(), QStackedWidget()
        names = (_("The session"), _("Beside the session"), _("Review"))
        for stack, name in zip((self._main, self._beside, self._pages), names, strict=True):
            stack.setAccessibleName(name)
        self._main.addWidget(self.session)
        self._main.addWidget(self.before)
        self._beside.addWidget(self.aside)
        self._beside.addWidget(self.report)
        inside = QWidget()
        inside.setAccessibleName(_("Review"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._main, 1)
        self._columns.addWidget(self._beside)
        column.addLayout(self._columns, 1)
        column.addWidget(self.summary)
        self._scroll = Scroll(self._look, inside)
        for page in (self._page_waiting(), self._scroll, self.cards):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)

    def _page_waiting(self) -> QWidget:
        page = Card(self._look, _("Review"))
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 48, 48, 48)
        column.addWidget(self._waiting)
        column.addStretch(1)
        return page

    def _wire(self) -> None:
        self.bar.left.connect(self.left)
        self.bar.report_wanted.connect(self._ask_report)
        self.bar.export_wanted.connect(lambda: self._ask(self.export_wanted.emit))
        self.bar.cards_wanted.connect(lambda: self._turn(2))
        self.bar.person_chosen.connect(self.choose_person)
        self.cards.left.connect(lambda: self._turn(1))
        self.session.turned.connect(self.look_at)
        self.aside.wanted.connect(lambda t: self.look_at(self._looking.at(t)))
        self.aside.said.connect(self._add_words)
        self.aside.notes_wanted.connect(lambda: self._ask(self.notes_wanted.emit))
        self.before.answered.connect(self._answer)
        self.report.wanted.connect(self.report_wanted)
        self.report.left.connect(lambda: self._beside.setCurrentWidget(self.aside))
        self._look.changed.connect(self._arrange)

    def _arrange(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else right)
        self._main.setMinimumHeight(self._look.px(_MAIN_HEIGHT))
        self._beside.setMinimumWidth(0 if is_narrow else self._look.px(_ASIDE))
        self._beside.setMaximumWidth(_UNBOUND if is_narrow else self._look.px(_ASIDE))
        self.summary.arrange(is_narrow=is_narrow)
        self.cards.arrange(width=self.width())
