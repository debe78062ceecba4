# SPDX-License-Identifier: MIT
"""Tab follows the eye: the order of controls that were made later than those below them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(controls: Sequence[QWidget]) -> None:
    """Let Tab go through these in this order.

    Qt passes over controls that Tab does not reach at present (of a choice, all but the chosen one), so each can be
    reached while it gets its place.
    """
    policies = [control.focusPolicy() for control in controls]
    for control in controls:
        control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)
    for control, policy in zip(controls, policies, strict=True):
        control.setFocusPolicy(policy)
