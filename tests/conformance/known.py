# SPDX-License-Identifier: BSD-3-Clause
"""Why files fail, where that is understood: the cause that the table gives before what was seen."""

from __future__ import annotations

_SLOTS = (
    "the collector reads stacks and registers as they are: a dead variable's slot keeps its object until the slot is used again, "
    "where Go knows what is live"
)

CAUSES = {
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
