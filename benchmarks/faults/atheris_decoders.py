# SPDX-License-Identifier: MIT
"""The same decoders under atheris, which is led by coverage: it keeps what reached a new branch, and spoils that on.

`python -m benchmarks.faults.atheris_decoders [SECONDS]` shares the seconds among the decoders and prints the table. An
execution is one connection: the decoder begins anew, and takes the packets of one input.
atheris is not among Attune's requirements: `pip install atheris`; without it the table says so.
"""

import importlib
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Figure, table

SECONDS = 600

_FEWEST = 1_000_000  # executions, of all decoders together
_LENGTH_BYTES = 2  # before each packet of an input
_LONGEST = 4096  # bytes of an input: a connection of some dozen packets, or a file
_SEEN = 16  # packets of a seed
_FAREWELL_S = 120  # for the imports, and for an input that is slow
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+)")


def run(seconds: int = SECONDS) -> list[Figure]:
    """Fuzz each decoder in a process of its own."""
    if importlib.util.find_spec("atheris") is None:
        return [Figure("coverage-guided fuzzing of the decoders", "not run: atheris is not installed", "0 findings")]
    from benchmarks.faults.decoders import TARGETS

    each_s = max(seconds // len(TARGETS), 1)
    runs = [_fuzzed(index, target.true, each_s) for index, target in enumerate(TARGETS)]
    figures = [_figure(target.name, run, each_s) for target, run in zip(TARGETS, runs, strict=True)]
    return [*figures, _together(runs)]


@dataclass(frozen=True, slots=True)
class _Run:
    """What became of one decoder: inputs tried, branches reached, inputs that something escaped on."""

    executions: int
    branches: int
    findings: tuple[bytes, ...]
    told: str
    is_whole: bool


def packets_of(data: bytes) -> Iterator[bytes]:
    """Cut an input into its packets: each has its length before it, and the last may break off."""
    at = 0
    while at < len(data):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(data[at:start], "little")
        yield data[start:at]


def input_of(packets: Iterable[bytes]) -> bytes:
    """Write packets as an input."""
    return b"".join(len(packet).to_bytes(_LENGTH_BYTES, "little") + packet for packet in packets)


def _fuzzed(index: int, true: Sequence[bytes], seconds: int) -> _Run:
    with tempfile.TemporaryDirectory() as folder:
        corpus, found = Path(folder, "corpus"), Path(folder, "found")
        corpus.mkdir()
        found.mkdir()
        for k in range(0, len(true), _SEEN):
            Path(corpus, f"seed{k}").write_bytes(input_of(true[k : k + _SEEN]))
        options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=10", f"-artifact_prefix={found}/"]
        command = [sys.executable, "-m", __spec__.name, "--one", str(index), *options, str(corpus)]
        done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=seconds + _FAREWELL_S)
        findings = tuple(path.read_bytes() for path in found.iterdir())
    end = _DONE.search(done.stderr)
    executions, branches = (int(end[1]), int(end[2])) if end else (0, 0)
    return _Run(executions, branches, findings, done.stderr[-2000:], done.returncode == 0 and end is not None)


def _figure(name: str, run: _Run, seconds: int) -> Figure:
    for data in run.findings:
        print(f"{name}: {run.told}\n  after {[p.hex() for p in packets_of(data)]}", file=sys.stderr)
    told = f"{run.executions:,} executions, {run.branches} branches reached" if run.is_whole else "ended early"
    is_met = run.is_whole and not run.findings
    return Figure(f"{name}: {seconds} s of atheris", f"{len(run.findings)} findings; {told}", "0 findings", is_met)


def _together(runs: Sequence[_Run]) -> Figure:
    findings, executions = sum(len(run.findings) for run in runs), sum(run.executions for run in runs)
    what = f"all {len(runs)} decoders together"
    is_met = not findings and executions >= _FEWEST
    return Figure(what, f"{findings} findings; {executions:,} executions", f"0 findings in {_FEWEST:,}", is_met)


def _fuzz(index: int, options: Sequence[str]) -> None:
    """Fuzz one decoder; ends the process."""
    atheris = importlib.import_module("atheris")  # by name: without stubs, and for most without a package
    with atheris.instrument_imports(include=["sensors", "dsp"]):
        from benchmarks.faults.decoders import TARGETS
        from benchmarks.faults.target import values_of
    target = TARGETS[index]

    def take(data: bytes) -> None:
        feed = target.connect()
        for packet in packets_of(data):
            values_of(target, feed, packet)

    atheris.Setup([sys.argv[0], *options], take)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _fuzz(int(sys.argv[2]), sys.argv[3:])
    figures = run(*map(int, sys.argv[1:2]))
    print(table(figures))
    sys.exit(any(figure.is_met is False for figure in figures))
