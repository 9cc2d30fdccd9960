# SPDX-License-Identifier: BSD-3-Clause
"""Order of initialisation of package variables (Go spec, "Package initialization") and initialisation cycles."""
# mypy: disable-error-code="misc"

from __future__ import annotations

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
        cyclic = self._init_cycles()
        reach: dict[Object, set[Var]] = {}
        todo: list[Var] = []
        for v in variables:
            info = infos[v]
            if info.init is not None and (info.lhs is None or info.lhs[0] is v):
                todo.append(v)
        if cyclic:
            return
        pending: set[Var] = set()
        for v in todo:
            info = infos[v]
            pending.update(info.lhs if info.lhs is not None else [v])
        for v in todo:
            reach[v] = self._reachable(v)
        done: list[Initializer] = []
        emitted: set[Var] = set()
        # Most variables depend on none that is still open: one pass, then again from the start after each emission that may free others.
        waiting = todo
        while waiting:
            rest: list[Var] = []
            progressed = False
            for i, v in enumerate(waiting):
                info = infos[v]
                own = info.lhs if info.lhs is not None else [v]
                if any(d in pending and d not in emitted and d not in own for d in reach[v]):
                    rest.append(v)
                    continue
                assert info.init is not None
                done.append(Initializer(list(own), info.init))
                emitted.update(own)
                progressed = True
                if rest:
                    rest += waiting[i + 1 :]
                    break
            waiting = rest
            if not progressed:
                break
        self.pkg.init_order = done

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
