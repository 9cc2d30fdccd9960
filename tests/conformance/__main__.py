# SPDX-License-Identifier: BSD-3-Clause
"""``python -m conformance``: run the suite, update the table and the summary."""

from __future__ import annotations

import argparse
import os
import sys
import time

from conformance import errorcheck, running, suite, summary, table, workers
from gotk.runtimes.go import go_version

#: kind -> its check; a module for each family
KINDS: dict[str, workers.Check] = {**running.KINDS, **errorcheck.KINDS}

#: per file, compilation and all runs together, ours and the judge's
LIMIT_S = 300.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("names", nargs="*", help="only files whose name holds one of these words; the table keeps the other rows")
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="only files of this kind")
    parser.add_argument("--failed", action="store_true", help="only files that did not pass last time")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="files at the same time (default: %(default)s)")
    parser.add_argument("--dry", action="store_true", help="print every outcome, write nothing")
    options = parser.parse_args()
    base = suite.root()
    if not base.is_dir():
        print(suite.MISSING.format(root=base), file=sys.stderr)
        return 2
    before = table.read()
    kinds = set(options.kind or KINDS)
    files = suite.files(kinds, base)
    whole = not options.names and not options.failed
    if options.names:
        files = [f for f in files if any(word in f.name for word in options.names)]
    if options.failed:
        files = [f for f in files if (row := before.get((f.kind, f.name))) is None or row.outcome in ("fail", "hang", "crash")]
    began = time.monotonic()
    rows = {key: row for key, row in before.items() if not (whole and key[0] in kinds)}
    for done, (file, found) in enumerate(workers.run_all(files, KINDS, workers=options.workers, limit_s=LIMIT_S), 1):
        rows[file.kind, file.name] = found
        if options.dry or sys.stderr.isatty():
            print(f"{done}/{len(files)} {file.name}: {found.outcome} {found.reason}"[:300], file=sys.stderr)
    if options.dry:
        return 0
    for line in table.changes(before, rows):
        print(line)
    table.write(rows)
    print(summary.write(rows, go_version()))
    print(f"{len(files)} files in {time.monotonic() - began:.0f} s; reasons: {table.TABLE.relative_to(summary.DOCUMENT.parents[1])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
