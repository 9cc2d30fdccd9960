# SPDX-License-Identifier: BSD-3-Clause
"""Conformance: the Go project's own test suite, run against gotk.

The suite is not part of this project: Debian's ``golang-1.19-src`` installs it. `suite` finds and reads its files, a module for each family of
kinds (`running`, …) says what a file's kind demands, `workers` runs them side by side under hard limits, `judge` asks today's Go about each
file that fails, `table` keeps the committed CSV, `summary` writes docs/conformance.md from it.

``python -m conformance --help`` (with ``tests`` on the path) shows the options; ``make conformance`` runs all.
"""
