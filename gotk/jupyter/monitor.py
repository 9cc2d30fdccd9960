# SPDX-License-Identifier: BSD-3-Clause
"""``run.monitor()``: live counters of a run in the background, and a GOMAXPROCS slider that acts on it.

The counters come from the page that the program shares with us (gotk.runtimes.control): reading it does not disturb the run. A thread reads it
four times a second and writes the widgets; the slider's and the button's callbacks only store a number in that page or send a signal, so
they are as quick as the kernel is free.
"""

from __future__ import annotations

import html
import threading
import time
from typing import Any

import ipywidgets as widgets

from gotk.cpus import cpu_limits
from gotk.run import Run

__all__ = ["Monitor", "monitor"]

_EVERY_S = 0.25
_STATES = (
    # field of the page, label, colour (readable on light and dark ground)
    ("running", "running", "#2ca02c"),
    ("runnable", "runnable", "#ff9f1c"),
    ("waiting", "waiting", "#4c78a8"),
    ("in_syscall", "in system calls", "#9d6bb3"),
)
_RATES = ("goroutine_switches", "steals", "parks", "preemptions", "handoffs", "goroutines_created")


def monitor(run: Run) -> Monitor | widgets.Widget:
    """The panel for ``run``; a line of text if it has no live counters (runtime ``go``)."""
    control = None if run.done else run.control
    if control is None:
        why = "is over" if run.done else f"is on {run.runtime}, which has no live counters"
        return widgets.HTML(f"<i>This run {why}.</i> {html.escape(run.summary)}")
    return Monitor(run, control)


class Monitor(widgets.VBox):
    """Widgets: state bars, queues and rates, slider, stop button. ``counters`` is what was read last."""

    def __init__(self, run: Run, control: Any) -> None:
        self._run, self._control = run, control
        self.counters: dict[str, int] = control.counters()
        self._rates: dict[str, float] = {}
        self._bars = widgets.HTML()
        self._numbers = widgets.HTML()
        self._status = widgets.HTML()
        most = max(8, 2 * cpu_limits().affinity, run.gomaxprocs)
        self.slider = widgets.IntSlider(
            value=self.counters.get("gomaxprocs") or run.gomaxprocs,
            min=1,
            max=most,
            description="GOMAXPROCS",
            continuous_update=False,
            style={"description_width": "initial"},
        )
        self.slider.observe(self._set_procs, names="value")
        self.stop_button = widgets.Button(description="Stop", icon="stop", tooltip="End the program; what was measured is kept")
        self.stop_button.on_click(lambda _button: run.stop())
        super().__init__([widgets.HBox([self.slider, self.stop_button]), self._bars, self._numbers, self._status])
        self.refresh()
        threading.Thread(target=self._follow, name=f"gotk-monitor-{run.run_id}", daemon=True).start()

    def _set_procs(self, change: dict[str, Any]) -> None:
        self._control.set_gomaxprocs(int(change["new"]))

    def _follow(self) -> None:
        before, at = self.counters, time.monotonic()
        while not self._run.done:
            time.sleep(_EVERY_S)
            counters, now = self._control.counters(), time.monotonic()
            # The program's own clock where it says it, so that a late thread of ours makes no false rates.
            elapsed = (counters["now_ns"] - before["now_ns"]) / 1e9 or now - at
            self._rates = {name: max(counters[name] - before[name], 0) / elapsed for name in _RATES}
            before, at, self.counters = counters, now, counters
            self.refresh()
        self.counters = self._control.counters()
        self.refresh()
        self.slider.disabled = self.stop_button.disabled = True

    def refresh(self) -> None:
        """Write what was read last into the widgets."""
        counters = self.counters
        alive = max(sum(counters[field] for field, _, _ in _STATES), 1)
        rows = []
        for field, label, colour in _STATES:
            share = 100 * counters[field] / alive
            rows.append(
                f'<div style="display:flex;align-items:center;gap:.5em"><span style="width:8em">{label}</span>'
                f'<span style="width:20em;background:rgba(128,128,128,.15)"><span style="display:block;height:.8em;'
                f'width:{share:.1f}%;background:{colour}"></span></span><span>{counters[field]:,}</span></div>'
            )
        self._bars.value = "".join(rows)
        cells = [
            ("goroutines", f"{counters['goroutines']:,} of {counters['goroutines_created']:,} created"),
            ("queues", f"{counters['local_queues']:,} on procs, {counters['global_queue']:,} global"),
            ("procs", f"{counters['gomaxprocs']} in force, {counters['idle_procs']} idle, {counters['spinning']} spinning"),
            ("threads", f"{counters['threads']:,} of {counters['threads_created']:,} created"),
            ("memory", f"{counters['heap_bytes'] / 2**20:,.1f} MiB heap, {counters['stack_bytes'] / 2**20:,.1f} MiB stacks"),
        ]
        for name in _RATES[:-1]:
            rate = self._rates.get(name)
            per_second = f", {rate:,.0f}/s" if rate is not None else ""
            cells.append((name.replace("_", " "), f"{counters[name]:,}{per_second}"))
        body = "".join(f"<tr><td style='padding-right:1em'>{name}</td><td>{text}</td></tr>" for name, text in cells)
        self._numbers.value = f"<table style='line-height:1.3'>{body}</table>"
        self._status.value = f"<i>{html.escape(self._run.summary)}</i>"
