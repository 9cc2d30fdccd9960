# SPDX-License-Identifier: BSD-3-Clause
"""50 GB allocated in all, 100 MB of them alive at any time: the program must stay below 400 MB resident."""

from __future__ import annotations

import sys

import gotk
from gotk.bench.compute import PROGRAMS

LIMIT = 400_000_000


def main() -> int:
    run = gotk.load(PROGRAMS / "garbage.go").run(params={"total": 50 << 30})
    rss, allocated = run.metrics["peak_rss_bytes"], run.metrics["heap_alloc_bytes"]
    print(f"{allocated / 1e9:.1f} GB allocated, at most {rss / 1e6:.0f} MB resident, {run.metrics['wall_ns'] / 1e9:.1f} s")
    return 0 if rss < LIMIT and allocated >= 50e9 else 1


if __name__ == "__main__":
    sys.exit(main())
