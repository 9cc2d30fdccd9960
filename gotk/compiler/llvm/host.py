# SPDX-License-Identifier: BSD-3-Clause
"""The LLVM host: a process that turns IR text into ELF objects on request (``python -m gotk.compiler.llvm.host``).

It is a process of its own because LLVM reports its own faults by aborting, and because llvmlite costs the kernel some 100 ms and
100 MB. Requests come on stdin, answers go to stdout, both as frames: u32 LE length of a JSON header, u32 LE length of a payload, both parts.

Request ``{"id", "op": "object"|"assembly"|"ir", "output": path or null, "opt": 0..3, "cpu": name or null}`` + IR text.
Answer ``{"id", "ok": true, "timings": {parse_ns, verify_ns, optimize_ns, emit_ns}}`` + result if output was null, or ``{"id", "ok": false, "error": text}``.
``{"op": "ping"}`` answers with LLVM's version and the CPU. An object goes to ``output`` through a temporary name and a rename, so that readers never see a part of it.

A reader thread waits on stdin all the time: when the parent dies, the pipe closes and the host exits at once, even from within a
long optimisation (ctypes lets other threads run meanwhile).
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

import llvmlite.binding as llvm

from gotk.compiler.llvm.cache import write_entry
from gotk.compiler.llvm.frames import pack_frame, read_frame
from gotk.compiler.target import is_cross, target

#: Loops over one field of structs are not worth gathers and scatters: where the CPU has them they take longer than the scalar loop.
_TUNING = "+prefer-no-gather,+prefer-no-scatter"

#: What straight-line code in vector registers must save, by LLVM's cost model. Below, the shuffles lengthen the chain of a loop that is bound
#: by latency: a Mandelbrot set took 126 ms with 0 and 1, 107 with 2 to 8 (Go 105); n-body 111 with 0, 119 with 2, 134 without vectors.
_WORTH_VECTORS = 2


def computes_floats(text: str) -> bool:
    """Whether straight-line code of this module is worth turning into vector operations.

    It is for floats (n-body: a quarter less time). For integers LLVM's cost model errs: rotates and selects of scalar code move into
    vector registers and back (a SHA-256 takes 1.8 times as long), and the search costs compile time. Loops are vectorised in any case."""
    return " fmul " in text or " fadd " in text


class Emitter:
    """One target machine, ready to compile many modules."""

    def __init__(self) -> None:
        if is_cross():
            llvm.initialize_all_targets()
            llvm.initialize_all_asmprinters()
            self.triple, self.cpu, self.features = target().triple, target().baseline, ""
        else:
            llvm.initialize_native_target()
            llvm.initialize_native_asmprinter()
            llvm.initialize_native_asmparser()  # atomics are inline assembly (lower/module/natives.py)
            self.triple = llvm.get_process_triple()
            self.cpu = llvm.get_host_cpu_name()
            self.features = llvm.get_host_cpu_features().flatten()
        llvm.set_option("gotk", f"-slp-threshold={_WORTH_VECTORS}")
        self.tuning = _TUNING if target().name == "x86_64" else ""
        self._machines: dict[tuple[int, str | None], Any] = {}
        self.machine(2)

    def machine(self, opt: int, cpu: str | None = None) -> Any:
        """Target machine of an optimisation level: host CPU unless named, PIC, small code model (one reservation below 2 GB holds everything)."""
        found = self._machines.get((opt, cpu))
        if found is None:
            found = llvm.Target.from_triple(self.triple).create_target_machine(
                cpu=cpu or self.cpu,
                features=self.tuning if cpu else ",".join(filter(None, (self.features, self.tuning))),
                opt=opt,
                reloc="pic",
                codemodel="small",
            )
            self._machines[opt, cpu] = found
        return found

    def compile(
        self, op: str, text: str, opt: int, cpu: str | None = None
    ) -> tuple[bytes, dict[str, int]]:
        """Result bytes of ``op`` and how long each step took, in ns. RuntimeError with LLVM's text if the IR is not valid."""
        t0 = time.perf_counter_ns()
        # A context of its own: types and metadata of a module go away with it.
        module = llvm.parse_assembly(text, llvm.create_context())
        t1 = time.perf_counter_ns()
        module.verify()
        t2 = time.perf_counter_ns()
        machine = self.machine(opt, cpu)
        if opt:
            options = llvm.create_pipeline_tuning_options(speed_level=opt)
            options.loop_vectorization = True
            options.slp_vectorization = computes_floats(text)
            options.loop_interleaving = True
            options.loop_unrolling = True
            builder = llvm.create_pass_builder(machine, options)
            builder.getModulePassManager().run(module, builder)
        t3 = time.perf_counter_ns()
        if op == "object":
            result = machine.emit_object(module)
        elif op == "assembly":
            result = machine.emit_assembly(module).encode()
        else:
            result = str(module).encode()
        t4 = time.perf_counter_ns()
        timings = {
            "parse_ns": t1 - t0,
            "verify_ns": t2 - t1,
            "optimize_ns": t3 - t2,
            "emit_ns": t4 - t3,
        }
        return result, timings


def _read_requests(
    stream: BinaryIO, requests: queue.SimpleQueue[tuple[dict[str, Any], bytes]]
) -> None:
    while True:
        frame = read_frame(stream)
        if frame is None:
            os._exit(0)  # the parent is gone; nothing here needs cleaning up
        requests.put(frame)


def _answer(emitter: Emitter, request: dict[str, Any], payload: bytes) -> tuple[dict, bytes]:
    if request["op"] == "ping":
        version = ".".join(map(str, llvm.llvm_version_info))
        return {"ok": True, "llvm": version, "cpu": emitter.cpu, "triple": emitter.triple}, b""
    try:
        result, timings = emitter.compile(
            request["op"], payload.decode(), request.get("opt", 2), request.get("cpu")
        )
    except (RuntimeError, UnicodeDecodeError) as error:
        return {"ok": False, "error": str(error)}, b""
    output = request.get("output")
    if output is None:
        return {"ok": True, "timings": timings}, result
    try:
        write_entry(Path(output), result)
    except OSError as error:
        return {"ok": False, "error": f"cannot write {output}: {error.strerror}"}, b""
    return {"ok": True, "timings": timings}, b""


# Touches the passes and the code generator once, so that the first real request finds them initialised.
_WARM_UP = """
define i64 @f(ptr %p, i64 %n) "split-stack" nounwind "frame-pointer"="non-leaf" {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i64, ptr %p, i64 %i
  store i64 %i, ptr %at
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret i64 %next
}
"""


def main() -> None:
    # Whatever writes to stdout by mistake (LLVM's debugging output) must not damage the frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(
        target=_read_requests, args=(sys.stdin.buffer, requests), daemon=True, name="requests"
    ).start()
    emitter = Emitter()
    emitter.compile("object", _WARM_UP, 2)
    while True:
        request, payload = requests.get()
        header, result = _answer(emitter, request, payload)
        header["id"] = request.get("id")
        try:
            for part in pack_frame(header, result):
                answers.write(part)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
