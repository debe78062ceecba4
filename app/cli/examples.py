# SPDX-License-Identifier: MIT
"""What stands below each command's options: examples that can be typed as they are.

Law: each line is a command that the program takes, a colon and what it does.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from resources.words import gettext as _


def examples_of(command: str) -> str:
    """Lay out the examples of a command, a paragraph for each.

    Parameters
    ----------
    command : str
        Its name, as it is typed.
    """
    return "\n\n".join([_("Examples:"), *_EXAMPLES[command]()])


def _live() -> Sequence[str]:
    return (
        _("attune live ble:any --pace 6: the first strap in reach, six breaths a minute"),
        _("attune live ble:A0:9E:1A:00:4A:2C ble:E4:1B:06:00:C3:F1@partner: two people"),
        _("attune live ble:any 'lsl:EmotiBit EDA' --json --seconds 60: a strap and a stream, as JSON lines"),
        _("attune live 'ble:20:16:12:21:98:56?port=A2': a BITalino whose skin sensor is plugged in at A2"),
    )


def _replay() -> Sequence[str]:
    return (
        _("attune replay morning.xdf --rest 0:180 --json: against the rest of its first three minutes"),
        _("attune replay ecg.csv eda.csv --speed 1: two files of one session, as fast as life"),
        _("attune replay S-4TQ9Z: a stored session, and whether it gives the same numbers again"),
    )


def _devices() -> Sequence[str]:
    return (
        _("attune devices: a table, after 10 seconds"),
        _("attune devices --seconds 5 --json: one JSON object a line"),
    )


def _doctor() -> Sequence[str]:
    return (
        _("attune doctor: a table, with the fix of each fault"),
        _("attune doctor --json: one JSON object, to send along with a question"),
    )


def _mark() -> Sequence[str]:
    return (
        _("attune mark stimulus: a marker of this type, now"),
        _("attune mark 'eyes closed@partner': of the person called partner"),
    )


def _watch() -> Sequence[str]:
    return (
        _("attune watch 'lsl:Attune State': the clinician's trajectory, in a window"),
        _("attune watch 'lsl:Attune State partner' --json: in the terminal, as JSON lines"),
    )


def _analyze() -> Sequence[str]:
    return (
        _("attune analyze study/ --out study.parquet --jobs 4: every recording below a folder, four at a time"),
        _("attune analyze a.xdf b.csv S-4TQ9Z --out table.csv --window 30: files and a stored session"),
        _("attune analyze study/ --out study.parquet --scheduler tcp://node1:8786 --resume: go on, on a Dask cluster"),
    )


def _sessions() -> Sequence[str]:
    return (
        _("attune sessions: a table, the newest first"),
        _("attune sessions --json --passphrase-file key.txt: for scripts, of a locked store"),
    )


def _growth() -> Sequence[str]:
    return (_("attune growth C-7F3K: what moved by more than chance, and what is not known yet"),)


def _import() -> Sequence[str]:
    return (
        _("attune import morning.xdf: asks whose it is, and for consent"),
        _("attune import ecg.csv eda.csv --consent C-7F3K: two files of one session, of a person who agreed"),
    )


def _export() -> Sequence[str]:
    return (
        _("attune export S-4TQ9Z --to xdf --out session.xdf: de-identified, for other LSL programs"),
        _("attune export S-4TQ9Z --to bids --out study/: a folder as BIDS wants it"),
        _("attune export S-4TQ9Z --to csv --out tables/ --identified: tables, with codes and date"),
    )


def _report() -> Sequence[str]:
    return (
        _("attune report S-4TQ9Z --out session.html: the clinician's, as a page"),
        _("attune report S-4TQ9Z --out own.pdf --for client: the person's own, in plain words"),
        _("attune report S-4TQ9Z --out take-along.pdf --for handout: one page without a graph"),
    )


def _consent() -> Sequence[str]:
    return (
        _("attune consent: asks somebody new, and makes a code"),
        _("attune consent C-7F3K --show: what holds now"),
        _("attune consent C-7F3K --take-back: nothing more is stored"),
    )


def _checklist() -> Sequence[str]:
    return (
        _("attune checklist C-7F3K: what is on record"),
        _("attune checklist C-7F3K --set beta_blockers,pregnancy: what holds now, and nothing else"),
    )


def _protect() -> Sequence[str]:
    return (
        _("attune protect: asks for a passphrase, and prints the recovery code"),
        _("attune protect --operator 'Dr. Lund': a passphrase of this person's own"),
    )


def _erase() -> Sequence[str]:
    return (
        _("attune erase C-7F3K: asks for the code once more"),
        _("attune erase S-4TQ9Z --yes S-4TQ9Z: one session, from a script"),
    )


def _disclose() -> Sequence[str]:
    return (_("attune disclose C-7F3K --out data.zip: everything that is stored of this person"),)


def _backup() -> Sequence[str]:
    return (_("attune backup /media/disk/attune: make it, or bring it up to date"),)


def _restore() -> Sequence[str]:
    return (_("attune restore /media/disk/attune: what is whole here stays"),)


def _bring_back() -> Sequence[str]:
    return (_("attune bring-back /media/disk/S-4TQ9Z: a session that was saved elsewhere"),)


def _move() -> Sequence[str]:
    return (_("attune move S-4TQ9Z C-2B9Q --person partner: what was the partner's is C-2B9Q's"),)


def _retention() -> Sequence[str]:
    return (
        _("attune retention --days 365: set the bound, and show what is due"),
        _("attune retention --delete: delete what is due"),
    )


def _audit() -> Sequence[str]:
    return (_("attune audit --json: who did what, one row a line"),)


_EXAMPLES: Mapping[str, Callable[[], Sequence[str]]] = MappingProxyType(
    {
        "live": _live,
        "replay": _replay,
        "devices": _devices,
        "doctor": _doctor,
        "mark": _mark,
        "watch": _watch,
        "analyze": _analyze,
        "sessions": _sessions,
        "growth": _growth,
        "import": _import,
        "export": _export,
        "report": _report,
        "consent": _consent,
        "checklist": _checklist,
        "protect": _protect,
        "erase": _erase,
        "disclose": _disclose,
        "backup": _backup,
        "restore": _restore,
        "bring-back": _bring_back,
        "move": _move,
        "retention": _retention,
        "audit": _audit,
    }
)
