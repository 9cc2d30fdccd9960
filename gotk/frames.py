# SPDX-License-Identifier: BSD-3-Clause
"""Runs as pandas objects: the one place where tables are made, so that names, units and dtypes are
the same everywhere.

Conventions: tidy; units in the names; times are int64 nanoseconds; what is unknown is NA and never
0; names that repeat are categorical; ``run_id`` is the first column of every table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

if TYPE_CHECKING:
    from gotk.runtimes.base import Table

__all__ = ["benchmarks_frame", "circumstances_frame", "metrics_series", "records_frame", "table_frame"]

_CATEGORIES = frozenset(("state", "wait_reason", "name", "creator"))

# Columns of the table of goroutines, for runtimes that cannot fill it.
GOROUTINE_COLUMNS = {
    "g": "Int64",
    "parent_g": "Int64",
    "creator": "category",
    "name": "category",
    "state": "category",
    "wait_reason": "category",
    "created_ns": "Int64",
    "ended_ns": "Int64",
    "running_ns": "Int64",
    "runnable_ns": "Int64",
    "waiting_ns": "Int64",
    "syscall_ns": "Int64",
    "total_ns": "Int64",
    "transitions": "Int64",
    "stack_bytes": "Int64",
}


def metrics_series(
    metrics: Mapping[str, int | float | None], names: Sequence[str], label: str
) -> pd.Series[Any]:
    """The metrics as a Series (Int64, NA for unknown ones): `names` first and always,
    then others that there are.
    """
    index = [*names, *(name for name in metrics if name not in names)]
    values = [metrics.get(name) for name in index]
    whole = [None if value is None else round(value) for value in values]
    return pd.Series(whole, index=index, dtype="Int64", name=label)


def benchmarks_frame(rows: Sequence[Mapping[str, Any]], run_id: str) -> pd.DataFrame:
    """Results of benchmarks (`gotk.benchmarks.parse_benchmarks`); a metric that a row has not is NA."""
    columns = ["name", "procs", "n", "ns_per_op", "bytes_per_op", "allocs_per_op"]
    columns += dict.fromkeys(key for row in rows for key in row if key not in columns)
    whole = {"procs": "int64", "n": "int64", "bytes_per_op": "Int64", "allocs_per_op": "Int64"}
    data: dict[str, Any] = {"run_id": _constant(run_id, len(rows))}
    for column in columns:
        values = [row.get(column) for row in rows]
        if column == "name":
            data[column] = pd.Categorical(values)
        else:
            data[column] = pd.array(values, dtype=whole.get(column, "Float64"))
    return pd.DataFrame(data)


def records_frame(table: Table | None, run_id: str) -> pd.DataFrame:
    """Columns run_id, seq, name, value (float64, or object if strings are among them), t_ns."""
    columns = (
        table.columns if table is not None else {"seq": [], "name": [], "value": [], "t_ns": []}
    )
    values = columns["value"]
    numeric = hasattr(values, "dtype") or not any(isinstance(value, str) for value in values)
    return pd.DataFrame(
        {
            "run_id": _constant(run_id, len(values)),
            "seq": pd.array(columns["seq"], dtype="int64"),
            "name": pd.Categorical(columns["name"]),
            "value": pd.array(values, dtype="float64")
            if numeric
            else pd.array(values, dtype=object),
            "t_ns": pd.array(columns["t_ns"], dtype="int64"),
        }
    )


def _constant(text: str, size: int) -> pd.Categorical:
    """A column of `size` rows that all say `text`."""
    return pd.Categorical.from_codes([0] * size, categories=[text])


def table_frame(
    table: Table | None, run_id: str, expected: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """A table of the report with run_id in front; without one, an empty table of the
    `expected` columns and dtypes.
    """
    if table is None:
        frame = pd.DataFrame(
            {name: pd.Series(dtype=dtype) for name, dtype in (expected or {}).items()}
        )
    else:
        frame = pd.DataFrame(dict(table.columns))
        for name in frame.columns:
            if name in _CATEGORIES:
                frame[name] = frame[name].astype("category")
            elif expected and name in expected:
                frame[name] = frame[name].astype(expected[name])  # type: ignore[call-overload]
        if "ended_ns" in frame:
            frame["ended_ns"] = frame["ended_ns"].mask(frame["ended_ns"] < 0)
        parts = [f"{state}_ns" for state in ("running", "runnable", "waiting", "syscall")]
        if "total_ns" not in frame and set(parts) <= set(frame.columns):
            frame["total_ns"] = frame[parts].sum(axis=1)
        order = [name for name in expected or () if name in frame.columns]
        frame = frame[[*order, *(name for name in frame.columns if name not in order)]]
    frame.insert(0, "run_id", pd.Series(_constant(run_id, len(frame)), index=frame.index))
    return frame


def sweep_frame(rows: Sequence[Mapping[str, Any]], grid: Sequence[str]) -> pd.DataFrame:
    """Rows of `gotk.sweeps.run_point` as one table: labels, error, metrics, records, circumstances.

    A recorded name that is also another column's gets ``record_`` in front.
    """
    from gotk.circumstances import COLUMNS

    labels = ["point", "repeat", "order", "sweep_seed", *grid]
    columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in labels}
    for name in ("run_id", "error", "error_kind"):
        columns[name] = pd.array([row[name] for row in rows], dtype="str")
    metric_names = dict.fromkeys(name for row in rows for name in row["_metrics"])
    for name in metric_names:
        if name not in columns:
            columns[name] = pd.array([row["_metrics"].get(name) for row in rows], dtype="Int64")
    for name in dict.fromkeys(name for row in rows for name in row["_records"]):
        values = [row["_records"].get(name) for row in rows]
        numeric = not any(isinstance(value, str) for value in values)
        shown = f"record_{name}" if name in columns or name in COLUMNS else name
        columns[shown] = pd.array(values, dtype="Float64" if numeric else object)
    circumstances = circumstances_frame([row["_circumstances"] for row in rows])
    for name in circumstances.columns:
        if name not in columns:
            columns[name] = circumstances[name].array
    frame = pd.DataFrame(columns)
    for name in ("runtime", "error_kind"):
        frame[name] = frame[name].astype("category")
    return frame


def circumstances_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row per run, columns as in `gotk.circumstances.COLUMNS`."""
    from gotk.circumstances import COLUMNS

    frame = pd.DataFrame([dict(row) for row in rows], columns=list(COLUMNS))
    for name in ("gomaxprocs_asked", "gomaxprocs", "dropped_events", "memory_limit_bytes"):
        frame[name] = frame[name].astype("Int64")
    for name in ("throttled_ns", "seed", "cpus"):
        frame[name] = frame[name].astype("Int64")
    frame["cpu_quota"] = frame["cpu_quota"].astype("Float64")
    return frame


def comparison_frame(
    rows: Sequence[Mapping[str, Any]], measures: Sequence[str], runtimes: Sequence[str]
) -> pd.DataFrame:
    """Rows of a comparison as one table (see `gotk.comparison.compare`)."""
    labels = ["title", "unit", "better", "procs"]
    frame = sweep_frame(rows, ["measure", "runtime", *labels])
    values = [row["_last"].get(row["_record"]) for row in rows]
    # How many fit is known even if making one more ended the program; every other number needs a
    # good end.
    values = [
        value if row["error"] is None or row["measure"] == "how_many" else None
        for value, row in zip(values, rows, strict=True)
    ]
    first = ["measure", "title", "runtime", "procs", "repeat", "value", "unit", "better", "order"]
    frame["value"] = pd.array(values, dtype="Float64")
    frame["measure"] = pd.Categorical(frame["measure"], categories=list(measures))
    frame["runtime"] = pd.Categorical(frame["runtime"], categories=list(runtimes))
    records = {row["_record"] for row in rows}
    rest = [n for n in frame.columns if n not in first and n not in records and n != "point"]
    return frame[[*first, *rest]]


def comparison_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Medians, spreads and ratios (see `gotk.comparison.compare_table`)."""
    keys = ["measure", "procs"]
    titles = frame.drop_duplicates(keys).set_index(keys)[["title", "unit", "better"]]
    groups = frame.groupby([*keys, "runtime"], observed=True)["value"]
    median = groups.median().unstack("runtime")
    spread = ((groups.quantile(0.75) - groups.quantile(0.25)) / groups.median() * 100).unstack(
        "runtime"
    )
    runtimes = [r for r in frame["runtime"].cat.categories if r in median.columns]
    base = median[runtimes[0]] if runtimes else None
    columns: dict[tuple[str, str], Any] = {}
    for runtime in runtimes:
        columns[runtime, "median"] = median[runtime].map(_three_digits).astype("Float64")
        columns[runtime, "spread_percent"] = spread[runtime].astype("Float64").round(1)
        if base is not None and runtime != runtimes[0]:
            columns[runtime, "ratio"] = (median[runtime] / base).astype("Float64").round(2)
    table = pd.DataFrame(columns)
    index = titles.loc[table.index].reset_index()
    table.index = pd.MultiIndex.from_frame(index[["title", "procs", "unit"]])
    return table


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    """The summary's columns as (runtime, kind)."""
    return cast("list[tuple[str, str]]", list(table.columns))


def comparison_shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The summary as texts, for the eye."""
    table = comparison_table(frame)
    shown = {"median": _number, "spread_percent": _percent, "ratio": _times}
    columns = {(r, kind): [shown[kind](v) for v in table[r, kind]] for r, kind in _pairs(table)}
    texts = pd.DataFrame(columns, index=table.index)
    texts.columns = pd.MultiIndex.from_tuples(
        [(r, {"spread_percent": "spread"}.get(kind, kind)) for r, kind in _pairs(texts)]
    )
    return texts


def comparison_text(frame: pd.DataFrame) -> str:
    """The summary for a terminal, with failures below."""
    table = comparison_table(frame)
    runtimes = list(dict.fromkeys(runtime for runtime, _ in _pairs(table)))
    lines = [["", "procs", "unit"]]
    for runtime in runtimes:
        lines[0].append(runtime)
        lines[0].append("±")
        if (runtime, "ratio") in table.columns:
            lines[0].append(f"/{runtimes[0]}")
    for index, row in table.iterrows():
        title, procs, unit = cast("tuple[str, int, str]", index)
        line = [str(title), str(procs), str(unit)]
        for runtime in runtimes:
            line.append(_number(row[runtime, "median"]))
            line.append(_percent(row[runtime, "spread_percent"]))
            if (runtime, "ratio") in table.columns:
                line.append(_times(row[runtime, "ratio"]))
        lines.append(line)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    texts = [
        "  ".join(
            cell.ljust(width) if column in (0, 2) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    failed = frame[frame["error"].notna() & frame["value"].isna()]
    for key, group in failed.groupby(["runtime", "error"], observed=True):
        place, error = cast("tuple[str, str]", key)
        where = ", ".join(dict.fromkeys(group["title"]))
        texts.append(f"{place}: {len(group)} failed ({where}): {error}")
    return "\n".join(texts)


def _number(value: Any) -> str:
    if pd.isna(value):
        return "NA"
    value = float(value)
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.4g} M"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _percent(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:.0f}%"


def _times(value: Any) -> str:
    return "" if pd.isna(value) else f"×{value:.3g}"


def _three_digits(value: Any) -> Any:
    """A number as it is worth reading: three significant digits."""
    return value if pd.isna(value) or value == 0 else float(f"{value:.3g}")
