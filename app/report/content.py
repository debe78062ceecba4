# SPDX-License-Identifier: MIT
"""Puts a report together: title, codes and never names, and the blocks for whom it is made."""

from collections.abc import Sequence
from dataclasses import replace

from app.errors import AppError, Fault
from app.report.blocks import Block, Report, Variant
from app.report.clinician import clinician_blocks
from app.report.person import client_blocks, handout_blocks
from dsp.stream import CLIENT
from resources.words import gettext as _
from ui.paper.record import PersonRecord, SessionRecord
from ui.paper.words import day_words, minutes_words


def report_of(session: SessionRecord, variant: Variant, person: str = "") -> Report:
    """Make a report.

    Parameters
    ----------
    session : SessionRecord
        The session; the clinician's notes in it enter the clinician's report alone.
    variant : Variant
        For whom it is.
    person : str
        Whose it is, by the name that the items use. Where nobody is named, the clinician's is everybody's and the
        others are the client's own.

    Raises
    ------
    AppError
        `UNKNOWN_CODE` where nobody of that name took part.
    """
    if variant is Variant.CLINICIAN:
        shown = session if not person else replace(session, persons=(_person(session, person),))
        title = _("Session {session}").format(session=session.session)
        return _report(title, shown, clinician_blocks(shown))
    whose = _person(session, person)
    own = replace(session, persons=(whose,), notes=())
    if variant is Variant.CLIENT:
        return _report(_("Your session"), own, client_blocks(own, whose))
    return _report(_("To take with you"), own, handout_blocks(whose))


def _report(title: str, session: SessionRecord, blocks: Sequence[Block]) -> Report:
    codes = ", ".join(one.code for one in session.persons)
    when, length = day_words(session.began_utc_s, session.utc_offset_s), minutes_words(session.duration_s)
    line = _("{codes}, {when}, {length}").format(codes=codes, when=when, length=length)
    foot = _("Attune, session {session}. Not a medical device.").format(session=session.session)
    return Report(title, line, tuple(blocks), foot)


def _person(session: SessionRecord, name: str) -> PersonRecord:
    found = {one.person: one for one in session.persons}
    if name:
        if name not in found:
            words = _("nobody called {person} took part in {session}; there is {persons}.")
            detail = words.format(person=name, session=session.session, persons=", ".join(found))
            raise AppError(Fault.UNKNOWN_CODE, detail)
        return found[name]
    return found.get(CLIENT) or session.persons[0]
