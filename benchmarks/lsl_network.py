# SPDX-License-Identifier: MIT
"""What another network namespace can read of a session that is sent; it needs the right to make such a namespace."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psutil

from benchmarks.figure import Figure

_SETTLED_S = 4.0


def network() -> list[Figure]:
    """Look from another network namespace."""
    quiet = _listening(_attune("live", "demo", "--seconds", "8", "--json"))
    with _namespace() as (inside, address):
        private = _seen_from(inside, address, "--lsl")
        shared = _seen_from(inside, address, "--lsl-network")
    return [
        Figure("sockets that listen in a session by default", str(quiet), "0", quiet == 0),
        Figure(
            "from another namespace, sharing off: streams found, ports that answer", private, "0, 0", private == "0, 0"
        ),
        Figure("from another namespace, sharing on: streams found, ports that answer", shared, "more"),
    ]


def _attune(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "app", *arguments]


@contextmanager
def session_beside(seconds: float) -> Iterator[None]:
    command = _attune("live", "demo", "--seconds", f"{seconds:g}", "--json", "--lsl")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as session:
        while len(_ports(session.pid)) < 9:
            time.sleep(0.2)
        yield
        session.terminate()


def _listening(command: Sequence[str]) -> int:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as session:
        time.sleep(_SETTLED_S)
        inet = psutil.Process(session.pid).net_connections(kind="inet")
        session.wait()
    return len(inet)


@contextmanager
def _namespace() -> Iterator[tuple[list[str], str]]:
    """Make a network namespace with a cable to this one; give how to run in it, and this side's address."""
    name, here, there = "attune-bench", "10.213.7.1", "10.213.7.2"
    subprocess.run(["ip", "netns", "add", name], check=True)
    inside = ["ip", "netns", "exec", name]
    try:
        subprocess.run(
            ["ip", "link", "add", "attune0", "type", "veth", "peer", "name", "attune1", "netns", name], check=True
        )
        subprocess.run(["ip", "addr", "add", f"{here}/24", "dev", "attune0"], check=True)
        subprocess.run(["ip", "link", "set", "attune0", "up"], check=True)
        for said in (
            ["addr", "add", f"{there}/24", "dev", "attune1"],
            ["link", "set", "attune1", "up"],
            ["link", "set", "lo", "up"],
        ):
            subprocess.run([*inside, "ip", *said], check=True)
        yield inside, here
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)


_LOOK = """
import socket, sys, pylsl
pylsl.set_config_content("[ports]\\nPortRange = 256\\n[lab]\\nKnownPeers = {%s}\\n[log]\\nlevel = -3\\n" % sys.argv[1])
found = [s for s in pylsl.resolve_streams(4.0) if s.name().startswith("Attune")]
answered = 0
for port in map(int, sys.argv[2].split(",")):
    with socket.socket() as s:
        s.settimeout(0.5)
        try:
            s.connect((sys.argv[1], port))
            s.sendall(b"LSL:shortinfo\\r\\n\\r\\n")
            answered += bool(s.recv(100))
        except OSError:
            pass
print(len(found), answered, sep=", ")
"""


def _ports(pid: int) -> set[int]:
    return {c.laddr.port for c in psutil.Process(pid).net_connections(kind="tcp") if c.status == "LISTEN"}


def _seen_from(inside: Sequence[str], address: str, option: str) -> str:
    command = _attune("live", "demo", "--seconds", "30", "--json", option)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as session:
        while len(ports := _ports(session.pid)) < 9:
            time.sleep(0.2)
        look = [*inside, sys.executable, "-c", _LOOK, address, ",".join(map(str, sorted(ports)))]
        done = subprocess.run(look, capture_output=True, text=True, timeout=60, check=False)
        session.terminate()
    return done.stdout.strip() or done.stderr[-200:]
