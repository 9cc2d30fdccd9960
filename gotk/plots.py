# SPDX-License-Identifier: BSD-3-Clause
"""Figures. The only module that loads seaborn; every function takes a table and returns a
matplotlib Figure.

Figures are made without pyplot's global state, so that nothing leaks when a notebook runs for days.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import matplotlib
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import EngFormatter

from gotk.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["comparison_figure", "sweep_figure"]

# One colour a runtime in every figure; from seaborn's colour-blind palette.
RUNTIME_COLORS = {"gotk": "#0173b2", "threads": "#de8f05", "go": "#029e73"}


class NotebookFigure(Figure):
    """A Figure that a notebook shows by itself, whether or not pyplot's inline backend
    is active.
    """

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=100)
        return buffer.getvalue()


def comparison_figure(frame: pd.DataFrame, *, columns: int = 3) -> Figure:
    """The comparison as small multiples: a panel per measure, a colour per runtime, every run a
    dot.

    `frame` is the result of `gotk.compare`. Measures at several numbers of procs have them on the x
    axis. Scales are logarithmic where the runtimes differ by more than a factor of 20. Raises
    UsageError if there is nothing to draw.
    """
    data = _drawable(frame)
    measures = [m for m in data["measure"].cat.categories if (data["measure"] == m).any()]
    columns = min(columns, len(measures))
    rows = math.ceil(len(measures) / columns)
    with sns.axes_style("whitegrid"), matplotlib.rc_context({"axes.titlesize": 10}):
        figure = NotebookFigure(figsize=(3.7 * columns, 2.9 * rows), layout="constrained")
        panels = figure.subplots(rows, columns, squeeze=False).flat
        for measure, axes in zip(measures, panels, strict=False):
            _draw_measure(data[data["measure"] == measure], axes)
        for axes in list(panels):
            axes.set_visible(False)
        for axes in figure.axes[len(measures) :]:
            axes.set_visible(False)
    return figure


def _drawable(frame: pd.DataFrame) -> pd.DataFrame:
    for name in ("measure", "runtime", "procs", "value"):
        if name not in frame.columns:
            raise UsageError(
                f"the table has no column {name}; comparison_figure draws what gotk.compare returns"
            )
    data = frame[frame["value"].notna()].copy()
    if data.empty:
        raise UsageError("there is nothing to draw: no run of the comparison has a value")
    data["value"] = data["value"].astype(float)
    data["runtime"] = data["runtime"].cat.remove_unused_categories()
    return data


def _draw_measure(data: pd.DataFrame, axes: Axes) -> None:
    first = data.iloc[0]
    order = list(data["runtime"].cat.categories)
    by_procs = data["procs"].nunique() > 1
    common: dict[str, Any] = {"data": data, "y": "value", "ax": axes, "legend": False}
    if by_procs:
        common |= {"x": "procs", "hue": "runtime", "hue_order": order}
    else:
        common |= {"x": "runtime", "hue": "runtime", "order": order, "hue_order": order}
    palette = {r: RUNTIME_COLORS.get(r, "#555555") for r in order}
    sns.pointplot(
        **common, palette=palette, estimator="median", errorbar=("pi", 50), linestyle="none",
        dodge=0.4 if by_procs and len(order) > 1 else False, marker="_", markersize=18, capsize=0.1, err_kws={"linewidth": 1},
    )  # fmt: skip
    sns.stripplot(
        **common, palette=palette, alpha=0.5, size=4, dodge=by_procs, jitter=0.1,
    )  # fmt: skip
    medians = data.groupby(["runtime", "procs"], observed=True)["value"].median()
    positive = medians[medians > 0]
    if len(positive) > 1 and positive.max() / positive.min() > 20:
        axes.set_yscale("log")
    else:
        axes.set_ylim(0, data["value"].max() * 1.1)
        axes.yaxis.set_major_formatter(EngFormatter(sep=""))
    axes.set_title(f"{first['title']}\n({first['better']} is better)")
    axes.set_ylabel(first["unit"])
    axes.set_xlabel("procs" if by_procs else "")
    if by_procs:
        handles = [
            Line2D([], [], marker="o", linestyle="none", color=palette[r], label=r) for r in order
        ]
        axes.legend(handles=handles, fontsize=7, title=None)


def sweep_figure(
    frame: pd.DataFrame,
    x: str,
    y: str = "wall_ns",
    *,
    hue: str | None = None,
    col: str | None = None,
) -> Figure:
    """A sweep's table as lines: medians over the repeats with the middle half as a band, one dot a
    run.

    `x`, `y`, `hue` and `col` are columns of the table. Failed runs are left out. Raises UsageError
    for unknown columns.
    """
    for name in (x, y, hue, col):
        if name is not None and name not in frame.columns:
            raise UsageError(
                f"the table has no column {name!r}; it has: {', '.join(map(str, frame.columns))}"
            )
    data = frame[frame[y].notna()].copy()
    if data.empty:
        raise UsageError(f"there is nothing to draw: no run has a value of {y}")
    data[y] = data[y].astype(float)
    panels = list(data[col].unique()) if col is not None else [None]
    palette = RUNTIME_COLORS if hue == "runtime" else None
    with sns.axes_style("whitegrid"):
        figure = NotebookFigure(figsize=(4.5 * len(panels), 3.4), layout="constrained")
        for axes, panel in zip(
            figure.subplots(1, len(panels), squeeze=False, sharey=True).flat, panels, strict=True
        ):
            part = data if col is None else data[data[col] == panel]
            options: dict[str, Any] = {
                "data": part,
                "x": x,
                "y": y,
                "hue": hue,
                "palette": palette,
                "ax": axes,
            }
            if hue is None:
                options.pop("palette")
            sns.lineplot(**options, estimator="median", errorbar=("pi", 50), marker="o")
            sns.scatterplot(**options, alpha=0.35, s=14, legend=False)
            if panel is not None:
                axes.set_title(f"{col} = {panel}")
    return figure
