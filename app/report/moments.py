# SPDX-License-Identifier: MIT
"""What happened at moments of one person's session: markers, offers and what was chosen, the window; and ratings.

Law: what is taken up soon after it was offered stands once, as chosen; texts that came from outside are washed here.
A rating speaks of a zone where it does so plainly: "too much" and 7 or more of above, "still with it" and 3 or fewer of
inside, "far away" of below. The numbers between are compared with nothing.
"""

from collections.abc import Mapping

from dsp.codes import Action, Zone
from dsp.growth.felt_edge import Felt as FeltWord
from dsp.stream import Command, Value
from ui.foreign import safe_text
from ui.paper.record import Felt, Moment, MomentKind

_ACTIVATED_FROM, _SETTLED_TO, _MOST = 7.0, 3.0, 10.0
_TAKEN_S = 120.0  # an offer that is taken up within this time stands once, as chosen
_ZONE_OF = {
    FeltWord.STILL_WITH_IT: Zone.WITHIN,
    FeltWord.NEARLY_TOO_MUCH: Zone.WITHIN,
    FeltWord.TOO_MUCH: Zone.ABOVE,
    FeltWord.FAR_AWAY: Zone.BELOW,
    "settled": Zone.WITHIN,
    "activated": Zone.ABOVE,
    "quiet": Zone.BELOW,
}


def felt_of(t: float, rating: object, word: object = "") -> Felt | None:
    """Read a rating: a number from 0 to 10, or a word; None where it is neither."""
    if isinstance(rating, int | float) and not isinstance(rating, bool) and 0.0 <= rating <= _MOST:
        zone = Zone.ABOVE if rating >= _ACTIVATED_FROM else Zone.WITHIN if rating <= _SETTLED_TO else None
        return Felt(t, float(rating), safe_text(str(word)), zone)
    text = safe_text(str(rating if isinstance(rating, str) else word))
    return Felt(t, None, text, _ZONE_OF.get(text)) if text else None


class Moments:
    """Gathers the moments of one person.

    Parameters
    ----------
    started_t : float
        The session clock's time when it began, seconds.
    titles : mapping of str to str
        What offers are called, by their names in commands; a person's own cards have their own words.
    """

    def __init__(self, started_t: float, titles: Mapping[str, str]) -> None:
        self._from = started_t
        self._titles = dict(titles)
        self._told: list[Moment] = []

    def in_order(self) -> tuple[Moment, ...]:
        """Give them by time."""
        return tuple(sorted(self._told, key=lambda moment: moment.t))

    def tell(self, t: float, kind: MomentKind, label: str = "") -> None:
        """Add a moment; `t` is the session clock's, the label comes from anywhere."""
        self._told.append(Moment(t - self._from, kind, safe_text(label)))

    def obey(self, command: Command) -> None:
        """Take what somebody decided."""
        values = dict(command.values)
        if command.action is Action.BOUNDS:
            self.tell(command.t, MomentKind.WINDOW, str(values.get("reason", "")))
        elif command.action is Action.CARD and values.get("words"):
            self._titles[str(values.get("card", ""))] = str(values["words"])
        elif command.action is Action.SENSED:
            self.tell(command.t, MomentKind.WORDS, str(values.get("word", "")))
        elif command.action is Action.OFFER:
            self.tell(command.t, MomentKind.OFFERED, self._title(values.get("offer", "")))
        elif command.action is Action.ANSWER and values.get("answer") == "yes":
            self._forget_offer(command.t, self._title(values.get("instead_of", values.get("offer", ""))))
            self.tell(command.t, MomentKind.CHOSEN, self._title(values.get("offer", "")))

    def _title(self, offer: Value) -> str:
        return self._titles.get(str(offer)) or str(offer).replace("_", " ")

    def _forget_offer(self, t: float, title: str) -> None:
        """Leave out the newest offer of this title, if it was made lately."""
        label, since = safe_text(title), t - self._from - _TAKEN_S
        offered = [m for m in self._told if m.kind is MomentKind.OFFERED and m.label == label and m.t >= since]
        if offered:
            self._told.remove(offered[-1])
