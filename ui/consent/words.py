# SPDX-License-Identifier: MIT
"""Consent, storing and what the store refuses, in words: a sentence, and a next step where one helps."""

from dsp.codes import Reason
from dsp.stream import Recording
from resources.words import gettext as _
from ui.archive.shelf import Agreement, Audience
from ui.words import Advice, advice_on

DAYS = (None, 365, 90, 30)
"""For how long sessions may be kept, in days, in the order of the choices; None is until they ask."""

_SOON_S = 900.0  # promised is at least ten minutes before the disk is full


def days_words() -> tuple[str, ...]:
    """Name the choices of `DAYS`."""
    return (_("until I ask"), _("1 year"), _("90 days"), _("30 days"))


def audience_words() -> tuple[str, ...]:
    """Name each `Audience`, in its order."""
    return (_("My clinician"), _("The practice"), _("Research, no name"))


def agreement_words(agreement: Agreement | None) -> str:
    """Say shortly what holds for somebody who was here before."""
    if agreement is None:
        return _("nothing agreed yet")
    if not agreement.stores:
        return _("live only")
    who = dict(zip(Audience, audience_words(), strict=True))[agreement.audience]
    if agreement.keep_days is None:
        return _("kept until they ask · {who}").format(who=who)
    return _("kept for {days} days · {who}").format(days=agreement.keep_days, who=who)


def storing_words(recording: Recording) -> Advice:
    """Say how the session is stored just now."""
    if not recording.persons:
        return Advice(_("live only"), "")
    if recording.reason is not None:
        is_full = recording.reason is Reason.DISK_FULL
        kept = _("{why} 10 minutes are kept.")
        words = _("{why} Free some space; 10 minutes are kept.") if is_full else kept
        return Advice(_("in memory"), words.format(why=advice_on(recording.reason).sentence))
    if recording.on_disk_t is None:
        return Advice(_("begins to be stored"), "")
    if recording.full_in_s is not None and recording.full_in_s < _SOON_S:
        minutes = max(int(recording.full_in_s // 60.0), 1)
        words = _("The disk will be full in about {n} min. Free some space.")
        return Advice(_("on the disk"), words.format(n=minutes))
    if recording.lost_s >= 1.0:
        words = _("{n} s could not be kept; the gap is marked.")
        return Advice(_("on the disk"), words.format(n=int(recording.lost_s)))
    return Advice(_("on the disk"), "")


def refusal(fault: str) -> Advice:
    """Turn what the store refuses into a sentence and a next step."""
    for part in (_of_the_key, _of_the_store, _of_the_target):
        if fault in part():
            return Advice(*part()[fault])
    return Advice(_("This could not be done just now."), _("Try it once more; the log in the data folder says why."))


def _of_the_key() -> dict[str, tuple[str, str]]:
    return {
        "locked": (_("The store is locked."), _("Type its passphrase or the recovery code.")),
        "wrong_key": (_("This does not open the store."), _("Try again, or use the printed recovery code.")),
        "no_keyring": (
            _("This computer’s keyring does not give the key."),
            _("Log in to its desktop and unlock the keyring."),
        ),
        "weak_passphrase": (_("A passphrase has at least eight letters."), _("A few words in a row are easy to keep.")),
        "not_protected": (_("A name needs a passphrase first."), _("Choose one, or leave the name out.")),
    }


def _of_the_store() -> dict[str, tuple[str, str]]:
    backup = _("Restore it from a backup: attune restore.")
    return {
        "keys_damaged": (_("The store’s keys cannot be read."), backup),
        "vault_damaged": (_("The store cannot be read."), backup),
        "newer_store": (_("A newer Attune wrote this store."), _("Open it with that one; nothing was changed.")),
        "store_busy": (_("This session is still being recorded."), _("End it first.")),
        "no_consent": (_("This person has not agreed to be stored."), _("Choose what is agreed to, or live only.")),
        "unknown_code": (_("There is nobody, and no session, of this code."), _("Look at the code once more.")),
        "too_late": (_("This session cannot go on any more."), _("It is in the list of sessions.")),
        "not_written": (_("The disk takes no writing."), _("Free some space, or look at its permissions.")),
    }


def _of_the_target() -> dict[str, tuple[str, str]]:
    return {
        "already_there": (_("There is a file of this name already."), _("Choose another folder.")),
        "bad_target": (_("Nothing can be written there."), _("Choose another folder.")),
        "no_space": (_("The disk is full."), _("Free some space, or choose another folder.")),
        "cannot_write": (_("Nothing can be written there."), _("Choose another folder.")),
        "nothing_to_export": (_("This session holds nothing for this format."), _("Choose another format.")),
        "missing_extra": (_("This format needs a part that is not installed."), _("Install attune with its extras.")),
    }
