# SPDX-License-Identifier: MIT
"""Feed Attune what it should never get; print one table.

`python -m benchmarks.faults [NAME ...]` runs the named ones.
"""

import sys

from benchmarks.bench import run_benches
from benchmarks.faults import (
    atheris_decoders,
    decoders,
    hostile_ecg,
    hostile_names,
    imports,
    lsl_streams,
    reconnects,
    signals,
    store_damage,
    store_failing,
    store_kills,
    store_power_cuts,
    vault_damage,
    vault_erase,
    vault_kills,
)

BENCHES = {
    "decoders": decoders.run,
    "atheris_decoders": atheris_decoders.run,
    "signals": signals.run,
    "hostile_ecg": hostile_ecg.run,
    "reconnects": reconnects.run,
    "lsl_streams": lsl_streams.run,
    "imports": imports.run,
    "hostile_names": hostile_names.run,
    "store_kills": store_kills.run,
    "store_power_cuts": store_power_cuts.run,
    "store_failing": store_failing.run,
    "store_damage": store_damage.run,
    "vault_kills": vault_kills.run,
    "vault_damage": vault_damage.run,
    "vault_erase": vault_erase.run,
}


if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
