# SPDX-License-Identifier: MIT
"""What a reason means for somebody at a terminal, where a command ends and nothing goes on by itself."""

from dsp.codes import Reason
from resources.words import gettext as _
from ui.words import Advice, advice_on

_IN_SENTENCES = frozenset(  # of these the detail is our own sentence; of the others it may be a library's text
    {
        Reason.FILE_MISSING,
        Reason.FILE_IS_FOLDER,
        Reason.FILE_DENIED,
        Reason.FILE_EMPTY,
        Reason.FILE_MALFORMED,
        Reason.CLOCK_JUMP,
        Reason.UNKNOWN_SOURCE,
        Reason.NOT_A_SENSOR,  # what these quote of a stream is washed
        Reason.STREAM_UNKNOWN,
        Reason.SEVERAL_STREAMS,
    }
)


def is_in_detail(reason: Reason | None) -> bool:
    """Tell whether the detail that comes with a reason is a clear sentence of our own."""
    return reason is None or reason in _IN_SENTENCES


def terminal_advice(reason: Reason) -> Advice:
    """Turn a reason into a sentence and a next step that holds after the command has ended."""
    usual = advice_on(reason)
    return Advice(usual.sentence, _own_steps().get(reason, usual.step))


def _own_steps() -> dict[Reason, str]:
    return {
        Reason.NOT_FOUND: _(
            "Put a strap on damp skin, near this computer; of a stream, start the program that sends it."
        ),
        Reason.NO_RADIO: _("Plug in a Bluetooth adapter."),
        Reason.RADIO_OFF: _("Switch it on in the system’s settings."),
        Reason.RADIO_DENIED: _("Allow it in the system’s privacy settings."),
        Reason.NO_BLUETOOTH_SERVICE: _("Start it (on Linux: systemctl start bluetooth)."),
        Reason.BLUETOOTH_FAULT: _("Switch Bluetooth off and on."),
        Reason.LINK_LOST: _("Keep it near this computer."),
    }
