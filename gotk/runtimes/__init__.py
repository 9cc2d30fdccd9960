# SPDX-License-Identifier: BSD-3-Clause
"""Where a program runs: one interface (`base`), three implementations (`gotk`, `threads`, `go`)."""
