# SPDX-License-Identifier: BSD-3-Clause
"""``gotk.lab()``: a panel to pick a workload, its parameters, runtimes, procs and repeats, and to see table and figure.

Runs happen on a thread of the panel's own, so that its Stop button and the rest of the notebook stay alive; the widgets are written from there.
"""

from __future__ import annotations

import ast
import html
import io
import threading
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from gotk.cpus import cpu_limits, gomaxprocs
from gotk.errors import GotkError
from gotk.program import Program, load
from gotk.run import Run
from gotk.runtimes.base import RUNTIMES
from gotk.runtimes.go import find_go

__all__ = ["Lab", "lab", "workloads"]


def workloads() -> dict[str, Path]:
    """The Go programs that come with gotk, by name."""
    folder = Path(__file__).resolve().parent.parent / "workloads"
    return {path.stem: path for path in sorted(folder.glob("*.go"))}


def lab(**programs: Program | str) -> Lab:
    """The panel. Keyword arguments add programs of your own: ``lab(mine=gotk.Program(source))``."""
    return Lab(programs)


class Lab(widgets.VBox):
    """Widgets of the panel; ``runs`` holds every Run made with it, ``frame`` the table of the last press of Run."""

    def __init__(self, programs: dict[str, Program | str] | None = None) -> None:
        self._programs: dict[str, Program] = {}
        for name, program in (programs or {}).items():
            self._programs[name] = program if isinstance(program, Program) else Program(program, f"{name}.go")
        for name, path in workloads().items():
            self._programs.setdefault(name, load(path))
        self.runs: list[Run] = []
        self.frame: Any = None
        self._current: Run | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

        available = [r for r in RUNTIMES if r != "go" or find_go() is not None]
        self.workload = widgets.Dropdown(options=list(self._programs), description="workload")
        self.parameters = widgets.HBox([])
        self.runtime = widgets.SelectMultiple(options=available, value=tuple(available[:1]), rows=len(available), description="runtime")
        most = max(8, 2 * cpu_limits().affinity)
        self.procs = widgets.IntSlider(value=min(int(gomaxprocs()), most), min=1, max=most, description="GOMAXPROCS", style={"description_width": "initial"})
        self.repeats = widgets.IntSlider(value=3, min=1, max=30, description="repeats")
        self.run_button = widgets.Button(description="Run", icon="play", button_style="primary")
        self.stop_button = widgets.Button(description="Stop", icon="stop", disabled=True)
        self.progress = widgets.IntProgress(min=0, max=1, layout={"visibility": "hidden"})
        self.message = widgets.HTML()
        self.table = widgets.HTML()
        self.figure = widgets.Image(format="png", layout={"max_width": "720px", "visibility": "hidden"})
        self.workload.observe(lambda _change: self._show_parameters(), names="value")
        self.run_button.on_click(lambda _button: self.start())
        self.stop_button.on_click(lambda _button: self.stop())
        self._fields: dict[str, tuple[widgets.Text, str]] = {}
        self._show_parameters()
        super().__init__(
            [
                widgets.HBox([self.workload, self.runtime]),
                self.parameters,
                widgets.HBox([self.procs, self.repeats]),
                widgets.HBox([self.run_button, self.stop_button, self.progress]),
                self.message,
                self.table,
                self.figure,
            ]
        )

    def _show_parameters(self) -> None:
        """A text field for every package variable with a plain initialiser."""
        program = self._programs[self.workload.value]
        self._fields = {}
        for name, variable in program.variables.items():
            if not variable.initialiser or "(" in variable.initialiser or "{" in variable.initialiser:
                continue
            field = widgets.Text(value=variable.initialiser, description=name, layout={"width": "15em"}, tooltip=variable.type_text)
            self._fields[name] = (field, variable.initialiser)
        self.parameters.children = [field for field, _ in self._fields.values()]

    def _params(self) -> dict[str, Any]:
        """What was changed, as Python values."""
        params: dict[str, Any] = {}
        for name, (field, initial) in self._fields.items():
            text = field.value.strip()
            if text == initial:
                continue
            try:
                params[name] = ast.literal_eval(text)
            except (ValueError, SyntaxError):
                params[name] = {"true": True, "false": False}.get(text, text)
        return params

    # ---- running

    def start(self) -> None:
        """What the Run button does."""
        if self._thread is not None and self._thread.is_alive():
            return
        plan = [
            {"runtime": runtime, "gomaxprocs": self.procs.value, "params": self._params()}
            for _ in range(self.repeats.value)
            for runtime in self.runtime.value
        ]
        if not plan:
            self.message.value = "Choose at least one runtime."
            return
        self._stopping.clear()
        self.run_button.disabled, self.stop_button.disabled = True, False
        self.progress.max, self.progress.value = len(plan), 0
        self.progress.layout.visibility = "visible"
        self.message.value = ""
        program = self._programs[self.workload.value]
        self._thread = threading.Thread(target=self._work, args=(program, self.workload.value, plan), name="gotk-lab", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What the Stop button does: the current program ends, the rest of the plan is dropped."""
        self._stopping.set()
        if self._current is not None:
            self._current.stop()

    def wait(self, timeout: float | None = None) -> Lab:
        """Wait for the plan's end (for scripts and tests)."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self

    def _work(self, program: Program, name: str, plan: list[dict[str, Any]]) -> None:
        done: list[Run] = []
        try:
            for point in plan:
                if self._stopping.is_set():
                    break
                self._current = program.start(name=name, **point)
                self._current.wait()
                if self._current.stopped is None:
                    done.append(self._current)
                    if self._current.error is not None:
                        self._say(str(self._current.error))
                self.progress.value += 1
        except GotkError as error:
            self._say(str(error))
        except Exception as error:  # shown where the user looks; a thread's traceback would get lost
            self._say(f"{type(error).__name__}: {error}")
        finally:
            self._current = None
            self.runs += done
            if done:
                self._show(done)
            self.run_button.disabled, self.stop_button.disabled = False, True
            self.progress.layout.visibility = "hidden"

    def _say(self, text: str) -> None:
        self.message.value = f"<pre style='color:#c0392b'>{html.escape(text[:4000])}</pre>"

    def _show(self, runs: list[Run]) -> None:
        import pandas as pd

        rows = []
        for run in runs:
            metrics = run.raw_metrics
            rows.append(
                {
                    "run_id": run.run_id,
                    "runtime": run.runtime,
                    "gomaxprocs": run.gomaxprocs,
                    **{f"param_{k}": v for k, v in run.params.items()},
                    "wall_ms": metrics["wall_ns"] / 1e6,
                    "cpu_ms": (metrics.get("user_ns", 0) + metrics.get("system_ns", 0)) / 1e6,
                    "goroutines": metrics.get("goroutines_created", pd.NA),
                    "threads": metrics.get("threads_created", pd.NA),
                    "peak_mib": metrics["peak_rss_bytes"] / 2**20 if "peak_rss_bytes" in metrics else pd.NA,
                    "error": type(run.error).__name__ if run.error is not None else "",
                }
            )
        self.frame = pd.DataFrame(rows)
        self.table.value = self.frame.to_html(index=False, float_format="{:.2f}".format, border=0)
        self.figure.value = self._picture()
        self.figure.layout.visibility = "visible"

    def _picture(self) -> bytes:
        """Wall time of each run, by runtime, as PNG. Drawn on a figure of its own: pyplot's state belongs to the notebook."""
        import seaborn as sns
        from matplotlib.figure import Figure

        figure = Figure(figsize=(6, 2.2 + 0.3 * self.frame["runtime"].nunique()), layout="constrained")
        axes = figure.subplots()
        sns.boxplot(self.frame, x="wall_ms", y="runtime", hue="runtime", legend=False, ax=axes, width=0.5, fliersize=0)
        sns.stripplot(self.frame, x="wall_ms", y="runtime", color="0.2", size=4, ax=axes)
        axes.set(xlabel="wall time, ms", ylabel="", xlim=(0, None))
        data = io.BytesIO()
        figure.savefig(data, format="png", dpi=110)
        return data.getvalue()
