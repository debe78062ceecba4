# SPDX-License-Identifier: MIT
"""What a session is stored with: a session that goes on begins with the sources that it had, read as they were."""

from app.keeping import Keeping
from app.live_merge import Roster
from app.wiring import Wiring
from dsp.codes import Action
from dsp.stream import Command, Frame

BOARD = "ble:20:16:12:21:98:56"


def test_a_session_that_goes_on_reads_the_port_that_was_chosen_for_whom_it_was_given_to() -> None:
    wiring = Wiring()
    feeds = [wiring.connect(address, lambda: 0.0) for address in (f"{BOARD}?port=A2@nobody", "ble:any@partner")]
    keeping = Keeping(Roster(feeds), lambda _recording: None, lambda _command: None)
    given = Command(1.0, Action.ASSIGN, "client", values=(("source", BOARD), ("to", "client")))
    keeping.put(Frame(given))
    assert keeping.configuration()["addresses"] == [f"{BOARD}?port=A2@client", "ble:any@partner"]
    assert [wiring.connect(address, lambda: 0.0).options for address in (f"{BOARD}?port=A2@client", "ble:any")] == [
        "?port=A2",
        "",
    ]
