# SPDX-License-Identifier: BSD-3-Clause
"""Write gotk/golib/src/unicode/tables.go from the character properties that a Go toolchain knows.

Python's unicodedata is usually several Unicode versions behind Go's, and programs are compared with real Go, so
the properties are asked of `go` (by predicates, for every code point).

Usage: python tools/unicode_tables.py [--go PATH] [--check]
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "gotk/golib/src/unicode/tables.go"

CATEGORIES = (
    ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn"]
)
MAX = 0x110000

PROBE = """
package main

import ("bufio"; "fmt"; "os"; "sort"; "unicode")

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprintln(w, "version", unicode.Version)
	cats := []string{CATS}
	for r := rune(0); r < 0x110000; r++ {
		cat := "Cn"
		for _, c := range cats {
			if unicode.Is(unicode.Categories[c], r) { cat = c; break }
		}
		u, l, t, f := unicode.ToUpper(r), unicode.ToLower(r), unicode.ToTitle(r), unicode.SimpleFold(r)
		if cat != "Cn" || u != r || l != r || t != r || f != r {
			fmt.Fprintln(w, "rune", r, cat, u-r, l-r, t-r, f)
		}
	}
	for _, set := range []struct{ kind string; m map[string]*unicode.RangeTable }{
		{"script", unicode.Scripts}, {"property", unicode.Properties}} {
		var names []string
		for n := range set.m { names = append(names, n) }
		sort.Strings(names)
		for _, n := range names {
			fmt.Fprint(w, set.kind, " ", n)
			for r := rune(0); r < 0x110000; r++ {
				if unicode.Is(set.m[n], r) && (r == 0 || !unicode.Is(set.m[n], r-1)) { fmt.Fprint(w, " ", r) }
				if unicode.Is(set.m[n], r) && !unicode.Is(set.m[n], r+1) { fmt.Fprint(w, " ", r) }
			}
			fmt.Fprintln(w)
		}
	}
}
"""


def probe(go: str) -> list[list[str]]:
    """Return the lines of the probe program, split into words."""
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / "main.go"
        names = ", ".join(f'"{c}"' for c in CATEGORIES if c != "Cn")
        path.write_text(PROBE.replace("CATS", names))
        out = subprocess.run([go, "run", str(path)], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in out.splitlines()]


def pack(value: int, chars: int) -> str:
    """Write value as base-64 digits, most significant first, in the characters from space on."""
    if not 0 <= value < 64**chars:
        raise ValueError(f"{value} does not fit {chars} digits")
    return "".join(chr(32 + (value >> (6 * i) & 63)) for i in reversed(range(chars)))


def case_runs(delta: dict[int, tuple[int, int, int]]) -> list[tuple[int, int, tuple[int, int, int] | None]]:
    """Group runes into runs of equal deltas; None stands for alternating upper, lower pairs."""
    runs: list[tuple[int, int, tuple[int, int, int] | None]] = []
    r = 0
    while r < MAX:
        if r not in delta:
            r += 1
            continue
        end = r
        pair = (0, 1, 0), (-1, 0, -1)
        while delta.get(end) == pair[0] and delta.get(end + 1) == pair[1]:
            end += 2
        if end > r:
            runs.append((r, end - 1, None))
            r = end
            continue
        end = r + 1
        while end in delta and delta[end] == delta[r]:
            end += 1
        runs.append((r, end - 1, delta[r]))
        r = end
    return runs


def generate(go: str) -> str:
    """Return the text of tables.go."""
    category = ["Cn"] * MAX
    delta: dict[int, tuple[int, int, int]] = {}
    fold: dict[int, int] = {}
    sets: list[tuple[str, str, list[int]]] = []
    version = ""
    for words in probe(go):
        if words[0] == "version":
            version = words[1]
        elif words[0] == "rune":
            r = int(words[1])
            category[r] = words[2]
            d = (int(words[3]), int(words[4]), int(words[5]))
            if any(d):
                delta[r] = d
            f = int(words[6])
            lower, upper = r + d[1], r + d[0]
            if f != (lower if lower != r else upper):
                fold[r] = f
        else:
            sets.append((words[0], words[1], [int(w) for w in words[2:]]))

    runs = [
        pack(r << 5 | CATEGORIES.index(category[r]), 5)
        for r in range(MAX)
        if r == 0 or category[r] != category[r - 1]
    ]
    cases = []
    for lo, hi, d in case_runs(delta):
        deltas = [0xFFFFFF] * 3 if d is None else [x + (1 << 22) for x in d]
        cases.append(pack(lo, 4) + pack(hi, 4) + "".join(pack(x, 4) for x in deltas))
    latin = "".join(chr(65 + CATEGORIES.index(category[r])) for r in range(256))
    folds = "".join(pack(r, 4) + pack(fold[r], 4) for r in sorted(fold))

    out = [
        "// SPDX-License-Identifier: BSD-3-Clause\n\n",
        f"// Character properties of Unicode {version}, packed. Written by tools/unicode_tables.py: do not edit.\n",
        "package unicode\n\n",
        "// Version is the Unicode edition from which the tables come.\n",
        f'const Version = "{version}"\n\n',
        "// latin1 has the category of each rune below 256, as 'A' + category.\n",
        f'const latin1 = "{latin}"\n\n',
        "// categoryRuns has 5 digits a run: first rune << 5 | category. A run ends where the next begins.\n",
        f"const categoryRuns = `{''.join(runs)}`\n\n",
        "// caseRuns has 20 digits a run: first and last rune, deltas to upper, lower and title case\n",
        "// plus 1<<22, or all ones where upper and lower case alternate.\n",
        f"const caseRuns = `{''.join(cases)}`\n\n",
        "// foldRuns has 8 digits an entry: a rune and its SimpleFold, where case mapping does not tell.\n",
        f"const foldRuns = `{folds}`\n",
    ]
    for kind, title in (("script", "Scripts"), ("property", "Properties")):
        out.append(f"\n// {title}.\nvar (\n")
        for k, name, bounds in sets:
            if k == kind:
                text = "".join(pack(b, 4) for b in bounds)
                out.append(f"\t{name} = &RangeTable{{runs: `{text}`}}\n")
        out.append(")\n")
    return "".join(out)


def main() -> int:
    """Write the file, or with --check compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--go", default=shutil.which("go") or "go")
    parser.add_argument("--check", action="store_true", help="fail if the file is not what would be written")
    args = parser.parse_args()
    text = generate(args.go)
    if args.check:
        return 0 if TARGET.read_text() == text else 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
