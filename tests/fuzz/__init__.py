# SPDX-License-Identifier: BSD-3-Clause
"""Random well-typed Go programs, run on gotk and on real Go; any difference is shrunk and shown.

`gotypes` and `scope`: what a generated program knows of itself. `exprs`, `stmts`, `concurrent`, `decls`: what it is made of.
`batch`: many programs in one file, so that ten thousand take minutes. `shrink`: a difference made small.
`python -m tests.fuzz` (``make fuzz``) runs them.

What keeps the output the same on every correct implementation: functions called within expressions have no effect but their prints;
at most one operation of a statement may panic; maps are printed (fmt sorts them) or summed up, never listed in their own order;
`append` never meets a slice whose spare capacity another one shares; floats are not converted to integers out of range; what
goroutines do is joined before it is printed.
"""
