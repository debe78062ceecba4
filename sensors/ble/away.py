# SPDX-License-Identifier: MIT
"""Why a device that was heard is away: what it said last, and who is there in its place.

Law: it says more only where less is known: a reason that names the cause stays.
"""

from dsp.codes import NoticeCode, Reason
from dsp.stream import Item, Notice
from sensors.ble.gatt import HEART_RATE_SERVICE
from sensors.ble.radio import Nearby

_EMPTY_PERCENT = 5  # coin cells are said to hold so much when they no longer carry a link
_OUT_OF_TOUCH = (Reason.LINK_LOST, Reason.SILENT, Reason.HELD_ELSEWHERE)


class Away:
    """What is known of one device, for the time when it is away.

    Parameters
    ----------
    is_any : bool
        Whether any strap would have done at first: then another one in its place is worth a word.
    """

    def __init__(self, *, is_any: bool) -> None:
        self._is_any = is_any
        self._percent: int | None = None
        self._has_contact = True
        self._has_spoken = False
        self._is_other_there = False

    def hear(self, item: Item) -> None:
        """Take what the device gives."""
        self._has_spoken, self._is_other_there = True, False
        if not isinstance(item, Notice):
            return
        values = dict(item.values)
        percent = values.get("percent")
        if item.code is NoticeCode.BATTERY and isinstance(percent, int):
            self._percent = percent
        elif item.code is NoticeCode.CONTACT:
            self._has_contact = bool(values.get("on"))

    def see(self, nearby: Nearby) -> None:
        """Take another device that is in reach."""
        self._is_other_there |= HEART_RATE_SERVICE in nearby.services

    @property
    def cause(self) -> Reason | None:
        """Why it is away by what it said itself; None where that explains nothing."""
        if self._percent is not None and self._percent <= _EMPTY_PERCENT:
            return Reason.BATTERY_EMPTY
        return None if self._has_contact else Reason.NO_CONTACT  # off the skin, it leaves the link after a while

    def reason(self, reason: Reason) -> Reason:
        """Give the reason why it is away, as far as it is known; any other trouble is what it is."""
        if reason not in _OUT_OF_TOUCH:
            return reason
        is_another = self._is_any and self._has_spoken and self._is_other_there
        return self.cause or (Reason.OTHER_STRAP if is_another else reason)
