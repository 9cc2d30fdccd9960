# SPDX-License-Identifier: BSD-3-Clause
"""Why files fail, where that is understood: the cause that the table gives before what was seen."""

from __future__ import annotations

_SLOTS = (
    "the collector reads stacks and registers as they are: a dead variable's slot keeps its object until the slot is used again, "
    "where Go knows what is live"
)

_DIRECTIVES = "directives of the Go compiler and their places are not checked"
_LINE = "//line comments do not move positions"
_EMBED = "package embed is not in gotk's library"
_FRAME = "only the Go compiler's back end knows the size of its stack frames"
_CYCLE = "the cycle is told where gotk meets it, not where Go does"

CAUSES = {
    "directive.go": _DIRECTIVES,
    "directive2.go": _DIRECTIVES,
    "embedfunc.go": _EMBED,
    "fixedbugs/bug251.go": "an invalid recursive interface is found after its first use: a further error follows from it",
    "fixedbugs/bug305.go": _LINE,
    "fixedbugs/issue15611.go": _LINE,
    "fixedbugs/issue18392.go": _CYCLE,
    "fixedbugs/issue18393.go": _LINE,
    "fixedbugs/issue18459.go": _DIRECTIVES,
    "fixedbugs/issue18882.go": _DIRECTIVES,
    "fixedbugs/issue20529.go": _FRAME,
    "fixedbugs/issue20780.go": _FRAME,
    "fixedbugs/issue24339.go": _LINE,
    "fixedbugs/issue48097.go": _DIRECTIVES,
    "fixedbugs/issue48230.go": _EMBED,
    "linkname3.go": _DIRECTIVES,
    "typecheckloop.go": _CYCLE,
    "finprofiled.go": "no heap profile: runtime.MemProfile",
    "fixedbugs/issue15277.go": _SLOTS,
    "fixedbugs/issue15281.go": _SLOTS,
    "fixedbugs/issue24491b.go": "the directive go:uintptrescapes is not known; and " + _SLOTS,
    "fixedbugs/issue27518b.go": _SLOTS,
    "fixedbugs/issue32477.go": _SLOTS,
    "fixedbugs/issue45045.go": _SLOTS,
    "fixedbugs/issue46725.go": _SLOTS,
    "nilptr.go": "wants a variable of 256 MB below address 256 MB; we load programs higher. The checks that it is about are made",
    "recover.go": "recover does not see through functions that reflect has made of methods",
    "stackobj.go": _SLOTS,
    "stackobj3.go": _SLOTS,
}
