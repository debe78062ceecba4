# SPDX-License-Identifier: MIT
"""Our outlets on a real liblsl: what they say, what they send, and who can reach them."""

import contextlib
import math
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pylsl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.lsl.outlet import Outlet, OutletSaid, plain_name
from sensors.lsl.outlet_sockets import OutletSockets

_PATIENCE_S = 10.0
_SO_GET_FILTER = 26  # linux/filter.h
_CHANNEL = {"label": "ecg", "unit": "microvolts", "type": "ECG"}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a program keep its sockets to itself")


@contextmanager
def opened(said: OutletSaid, *, shift_s: float = 0.0) -> Iterator[Outlet]:
    outlet = Outlet(said, shift_s=shift_s)
    try:
        yield outlet
    finally:
        outlet.close()


@contextmanager
def reading(source_id: str) -> Iterator[pylsl.StreamInlet]:
    (found,) = pylsl.resolve_byprop("source_id", source_id, timeout=_PATIENCE_S)
    inlet = pylsl.StreamInlet(found, recover=False)
    inlet.open_stream(timeout=_PATIENCE_S)
    try:
        yield inlet
    finally:
        inlet.close_stream()


def test_samples_arrive_with_their_own_stamps_and_what_is_missing_as_nan() -> None:
    with opened(OutletSaid("Attune ECG", "ECG", "a-1", (_CHANNEL,), 130.0)) as outlet, reading("a-1") as inlet:
        outlet.push(np.array([5.0, 5.5, 6.25]), np.array([[1.0], [math.nan], [3.0]]))
        samples, stamps = inlet.pull_chunk(timeout=_PATIENCE_S, max_samples=3)
    assert stamps == [5.0, 5.5, 6.25]
    assert np.array_equal(np.ravel(samples), [1.0, math.nan, 3.0], equal_nan=True)


def test_times_of_another_clock_are_moved_to_lsls() -> None:
    with opened(OutletSaid("Attune RR", "RR", "a-2", (_CHANNEL,)), shift_s=100.0) as outlet, reading("a-2") as inlet:
        outlet.push(np.array([5.0]), np.array([[800.0]]))
        assert inlet.pull_sample(timeout=_PATIENCE_S) == ([800.0], 105.0)


def test_a_text_arrives_as_it_is() -> None:
    said = OutletSaid("Attune Markers", "Markers", "a-3", ({"label": "type"},), is_text=True)
    with opened(said) as outlet, reading("a-3") as inlet:
        outlet.text(7.0, "début")
        assert inlet.pull_sample(timeout=_PATIENCE_S) == (["début"], 7.0)


def test_the_description_holds_all_that_was_said() -> None:
    desc = {"synchronization": {"can_drop_samples": "true"}, "attune": {"person": "client"}}
    said = OutletSaid("Attune ECG", "ECG", "a-4", (_CHANNEL, _CHANNEL), 130.0, desc=desc)
    with opened(said), reading("a-4") as inlet:
        info = inlet.info(timeout=_PATIENCE_S)
    assert info.get_channel_labels() == ["ecg", "ecg"]
    assert info.get_channel_units() == ["microvolts", "microvolts"]
    assert info.desc().child("synchronization").child_value("can_drop_samples") == "true"


def test_a_name_with_an_apostrophe_is_made_plain_and_found() -> None:
    said = OutletSaid("Attune ECG Ann's", "ECG", "attune-Ann's-ECG", (_CHANNEL,))
    with opened(said), reading("attune-Anns-ECG") as inlet:
        assert inlet.info(timeout=_PATIENCE_S).name() == "Attune ECG Anns"


@given(st.text(max_size=200))
def test_a_plain_name_holds_nothing_that_breaks_a_lookup(text: str) -> None:
    name = plain_name(text)
    assert len(name) <= 64
    assert all(c.isascii() and (c.isalnum() or c in " _.-") for c in name)
    assert plain_name(name) == name


def test_a_closed_outlet_is_found_no_more() -> None:
    with opened(OutletSaid("Attune ECG", "ECG", "a-5", (_CHANNEL,))), reading("a-5"):
        pass
    assert not pylsl.resolve_byprop("source_id", "a-5", timeout=0.2)


@LINUX
def test_shut_to_other_machines_an_outlet_is_found_and_read_from_here() -> None:
    sockets = OutletSockets()
    with opened(OutletSaid("Attune ECG", "ECG", "a-6", (_CHANNEL,))) as outlet:
        assert sockets.shut(outlet.ports, is_new=True)
        with reading("a-6") as inlet:
            outlet.push(np.array([5.0]), np.array([[1.0]]))
            assert inlet.pull_sample(timeout=_PATIENCE_S) == ([1.0], 5.0)


@LINUX
def test_a_shut_outlet_hears_nothing_that_came_by_another_device() -> None:
    sockets = OutletSockets()
    with opened(OutletSaid("Attune ECG", "ECG", "a-8", (_CHANNEL,))) as outlet:
        sockets.shut(outlet.ports, is_new=True)
        open_to = [fd for fd, port in _inet_sockets() if port in outlet.ports and not _has_filter(fd)]
    assert not open_to


@LINUX
def test_sockets_that_were_open_before_stay_as_they_are() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        sockets = OutletSockets()
        with opened(OutletSaid("Attune ECG", "ECG", "a-7", (_CHANNEL,))) as outlet:
            sockets.shut({*outlet.ports, other.getsockname()[1]}, is_new=True)
        assert not _has_filter(other.fileno())


def _inet_sockets() -> Iterator[tuple[int, int]]:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, not paths
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(name))) as found:
            if found.family in (socket.AF_INET, socket.AF_INET6):
                yield int(name), found.getsockname()[1]


def _has_filter(fd: int) -> bool:
    """Tell whether a socket has a filter: asked for its length, the kernel gives it."""
    with socket.socket(fileno=os.dup(fd)) as found:
        try:
            return len(found.getsockopt(socket.SOL_SOCKET, _SO_GET_FILTER, 64)) > 0
        except OSError:
            return False
