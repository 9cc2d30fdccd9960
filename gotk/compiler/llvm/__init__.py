# SPDX-License-Identifier: BSD-3-Clause
"""From LLVM IR text to object files, in a process of its own; and the cache of such objects."""
