# SPDX-License-Identifier: BSD-3-Clause
"""The type checker: Go's types and objects (`model`), constants, and the checks of the Go spec. Entry: `checker.check_package`."""
