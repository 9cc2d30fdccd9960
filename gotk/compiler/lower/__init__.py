# SPDX-License-Identifier: BSD-3-Clause
"""From a checked package to LLVM IR text."""
