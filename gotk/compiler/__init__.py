# SPDX-License-Identifier: BSD-3-Clause
"""From Go source to an object file: pure Python up to LLVM IR text, which another process turns into machine code."""
