# SPDX-License-Identifier: BSD-3-Clause
"""Measures of gotk itself beside real Go: the scheduler (`scheduler`) and the way from submit to first output (`latency`)."""
