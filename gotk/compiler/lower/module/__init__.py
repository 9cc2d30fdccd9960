# SPDX-License-Identifier: BSD-3-Clause
"""Module-level lowering: types, data, descriptors, wrappers, initialisation and debug info of one LLVM module."""
