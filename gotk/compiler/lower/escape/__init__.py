# SPDX-License-Identifier: BSD-3-Clause
"""Escape analysis: which variables and allocations of a function may live in its frame.

Goroutine stacks never move (they are segmented), so a pointer into a frame stays valid as long as the frame does, and another
goroutine may follow it. What must not happen is that a pointer outlives the frame, or that one of a loop's iterations sees a variable of an earlier one.

The method: a graph of locations (variables, allocation sites, the heap) whose edges say that a value flows, with how many dereferences on
the way (graph.py). Walking a function's syntax builds it (flows.py); solving it tells what escapes, and for each parameter
how it flows to the heap or to results, which is all that callers need (summary.py). The analysis knows neither order nor branches.
"""

from gotk.compiler.lower.escape.analysis import Analysis, EscapeInfo, Foreign
from gotk.compiler.lower.escape.summary import Summary

__all__ = ["Analysis", "EscapeInfo", "Foreign", "Summary"]
