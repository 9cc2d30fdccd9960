# SPDX-License-Identifier: BSD-3-Clause
"""Order of initialisation of package variables (Go spec, "Package initialization") and initialisation cycles."""
# mypy: disable-error-code="misc"

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from gotk.compiler.types.model import Const, Func, Initializer, Object, Var

if TYPE_CHECKING:
    from gotk.compiler.types.checker import Checker


class InitOrderMixin:
    def init_order(self: Checker) -> None:
        """Fill `Package.init_order`: repeatedly the next variable in declaration order that depends on no uninitialised one."""
        infos = self.decls
        variables = [o for o in infos if isinstance(o, Var)]
        if not variables and not any(isinstance(o, Const) for o in infos):
            return
        if self._init_cycles():
            return
        # A unit is what one initialiser sets, or a variable without one: that counts as uninitialised, too, until its turn has come.
        units: list[list[Var]] = []
        unit_of: dict[Object, int] = {}
        for v in variables:
            if v not in unit_of:
                own = infos[v].lhs or [v]
                unit_of.update(dict.fromkeys(own, len(units)))
                units.append(list(own))
        open_deps: list[int] = []
        users: list[list[int]] = [[] for _ in units]
        for i, own in enumerate(units):
            needs = {unit_of[d] for d in self._reachable(own[0]) if d in unit_of} - {i}
            open_deps.append(len(needs))
            for d in needs:
                users[d].append(i)
        ready = [i for i, n in enumerate(open_deps) if n == 0]
        while ready:
            i = heapq.heappop(ready)
            init = infos[units[i][0]].init
            if init is not None:
                self.pkg.init_order.append(Initializer(units[i], init))
            for user in users[i]:
                open_deps[user] -= 1
                if open_deps[user] == 0:
                    heapq.heappush(ready, user)

    def _reachable(self: Checker, v: Var) -> set[Var]:
        """Variables that the initialiser of `v` depends on, through functions and methods too (not through other variables)."""
        found: set[Var] = set()
        seen: set[Object] = set()
        todo: list[Object] = list(self.decls[v].deps)
        while todo:
            o = todo.pop()
            if o in seen:
                continue
            seen.add(o)
            if isinstance(o, Var):
                found.add(o)
            elif isinstance(o, Func):
                info = self.decls.get(o)
                if info is not None:
                    todo += info.deps
        return found

    def _init_cycles(self: Checker) -> bool:
        """Report cycles that contain a constant or variable; whether there were any."""
        infos = self.decls
        color: dict[Object, int] = {}
        stack: list[Object] = []
        reported = False
        told: set[Object] = set()

        def visit(o: Object) -> None:
            nonlocal reported
            color[o] = 1
            stack.append(o)
            for d in infos[o].deps:
                if d not in infos:
                    continue
                c = color.get(d, 0)
                if c == 0:
                    visit(d)
                elif c == 1:
                    cycle = stack[stack.index(d) :]
                    if any(isinstance(x, Var | Const) for x in cycle) and not any(x in told for x in cycle):
                        reported = True
                        told.update(cycle)
                        self._report_init_cycle(cycle)
            stack.pop()
            color[o] = 2

        import sys

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, 4 * len(infos) + 1000))
        try:
            for o in infos:
                if color.get(o, 0) == 0 and isinstance(o, Var | Const):
                    visit(o)
        finally:
            sys.setrecursionlimit(limit)
        return reported

    def _report_init_cycle(self: Checker, cycle: list[Object]) -> None:
        first = min((i for i, o in enumerate(cycle) if isinstance(o, Var | Const)), key=lambda i: cycle[i].pos)
        cycle = cycle[first:] + cycle[:first]
        obj = cycle[0]
        if obj.type is not None and len(cycle) == 1:
            self.error(obj, f"initialization cycle: {obj.name} refers to itself", "InvalidInitCycle")
            return
        message = f"initialization cycle for {obj.name}"
        for i, o in enumerate(cycle):
            following = cycle[(i + 1) % len(cycle)]
            message += f"\n\t{self.where(o.pos)}: {o.name} refers to {following.name}"
        self.error(obj, message, "InvalidInitCycle")
