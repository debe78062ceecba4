# SPDX-License-Identifier: MIT
"""The sentences of reports: what a session came to in plain words, for its clinician and for the person.

Law: a client reads of the strap and never of themselves when something could not be read; no score and no judgement.
The words for shares are rough on purpose: "most of it" is what can be said.
"""

from dsp.codes import Reason, Zone
from resources.words import gettext as _
from resources.words import ngettext
from ui.paper.record import UNKNOWN, ZONES, Felt, PersonRecord
from ui.paper.words import felt_words, percent_words
from ui.words import clinical_words, clock_words

_ROUGHLY = ((0.9, "nearly all"), (0.6, "most"), (0.4, "half"), (0.15, "some"), (0.0, "little"))


def read_words(person: PersonRecord) -> str:
    """Say how much of a session could be held against the window."""
    counts = person.course.counts()
    known, whole = sum(counts) - counts[UNKNOWN], sum(counts)
    if not known:
        return _("No second of this session could be held against a window.")
    inside, above, below = (percent_words(n, known) for n in counts[:UNKNOWN])
    words = _(
        "{known} of {whole} could be held against the window. Of these seconds {inside} were inside, {above} above and "
        "{below} below."
    )
    known_words, whole_words = clock_words(known), clock_words(whole)
    return words.format(known=known_words, whole=whole_words, inside=inside, above=above, below=below)


def ways_words(person: PersonRecord) -> str:
    """Say how often the person was outside, and how long the way back took."""
    if not person.ways:
        return _("There was no time outside the window.")
    n = len(person.ways)
    times = ngettext("There was {n} time outside the window", "There were {n} times outside the window", n).format(n=n)
    still = sum(not way.is_over for way in person.ways)
    parts = [times]
    if person.half_back_s is not None:
        parts.append(_("half of the ways back took {seconds} at most").format(seconds=clock_words(person.half_back_s)))
    if still:
        parts.append(_("{n} had not ended when the session did").format(n=still))
    return "; ".join(parts) + "."


def pairs_words(person: PersonRecord) -> str:
    """Say how often felt and measured were the same; empty where nothing can be compared."""
    comparable = [pair for pair in person.pairs if pair.is_comparable]
    if not comparable:
        return ""
    same = sum(not pair.differs for pair in comparable)
    words = _(
        "What was felt and what was measured were the same in {same} of {all} ratings; neither corrects the other."
    )
    return words.format(same=same, all=len(comparable))


def before_after_words(person: PersonRecord) -> str:
    """Say how it was before and after, as the person said it; empty where nobody asked."""
    if person.before is None and person.after is None:
        return ""
    before, after = _said(person.before), _said(person.after)
    return _("At the start: {before}. At the end: {after}.").format(before=before, after=after)


def _said(felt: Felt | None) -> str:
    if felt is None:
        return _("not asked")
    said = [felt_words(felt)] if felt.number is None else [_("{n} of 10").format(n=felt_words(felt))]
    if felt.number is not None and felt.word:
        said.insert(0, felt_words(Felt(felt.t, word=felt.word)))
    return ", ".join(filter(None, said)) or _("not asked")


def roughly(part: float) -> str:
    """Give the name of the rough share that a share is: nearly all, most, half, some, little."""
    return next(name for least, name in _ROUGHLY if part >= least)


def why_words(reason: Reason) -> str:
    """Say of seconds that are past why nothing is known of them; to a clinician."""
    told = {
        Reason.NO_BASELINE: _("no rest to compare with yet"),
        Reason.STALE: _("no fresh heartbeats"),
        Reason.AT_EDGE: _("at the edge of the window: on which side is not certain"),
        Reason.MOVING: _("movement"),
        Reason.TOO_FEW_BEATS: _("too few beats that count"),
        Reason.TOO_MANY_FLAGGED: _("too many beats set aside"),
        Reason.WEAK_SIGNAL: _("signals not clear enough"),
        Reason.CONTRADICTORY: _("heart and skin said different things"),
        Reason.SETTLING: _("the signals were settling"),
        Reason.CONDITION: _("the estimate is off for this person"),
        Reason.TOO_EARLY: _("below the window is not told before rests on three days"),
        Reason.LINK_LOST: _("the sensor was out of reach"),
        Reason.NO_CONTACT: _("the sensor had no skin contact"),
        Reason.SUSPENDED: _("the computer was asleep"),
        Reason.PROGRAM_STOPPED: _("Attune stopped and was started again"),
    }
    return told.get(reason) or clinical_words(reason).rstrip(".")


def client_inside_words(person: PersonRecord) -> str:
    """Say to the person how much of it was inside, in rough words."""
    counts = person.course.counts()
    known = sum(counts) - counts[UNKNOWN]
    if not known:
        return _("This time there is nothing to hold against your window. The breathing does not need it.")
    return {
        "nearly all": _("Nearly all of the time that could be read you were inside your window."),
        "most": _("Most of the time that could be read you were inside your window."),
        "half": _("About half of the time that could be read you were inside your window."),
        "some": _("Some of the time that could be read you were inside your window."),
        "little": _("This session was mostly outside your window, and that happens. It says nothing about you."),
    }[roughly(counts[ZONES.index(Zone.WITHIN)] / known)]


def client_ways_words(person: PersonRecord) -> str:
    """Say to the person how it went outside, and back."""
    if not any(person.course.counts()[:UNKNOWN]):
        return ""
    if not person.ways:
        return _("The line stayed inside, or came back so soon that it counts as inside.")
    if all(way.is_over for way in person.ways):
        return _("It went outside, and each time it came back.")
    if any(way.is_over for way in person.ways):
        return _("It went outside and came back; the last way back was still going on at the end.")
    return _("It went outside, and the way back was still going on at the end.")


def client_unknown_words(person: PersonRecord) -> str:
    """Say to the person why parts are hatched; empty where none is."""
    if not person.course.counts()[UNKNOWN]:
        return ""
    return _(
        "Where the picture is hatched we could not read the strap clearly, or did not know your window yet. This is "
        "about the strap, not about you."
    )
