# SPDX-License-Identifier: BSD-3-Clause
"""``%%go``: a cell of Go. ``%go_saved``: its snippets. ``%gomaxprocs``: the default for later cells."""

from __future__ import annotations

import ast
import keyword
from dataclasses import replace
from typing import Any

from IPython.core.error import UsageError as IPythonUsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, needs_local_scope
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from gotk.assist import Context, describe
from gotk.cpus import gomaxprocs
from gotk.errors import CompileError, GotkError, Interrupted, UsageError
from gotk.jupyter.background import follow
from gotk.jupyter.show import show_summary
from gotk.jupyter.stream import CellOutput
from gotk.program import Program
from gotk.run import Run
from gotk.saved import Snippets, snippets

__all__ = ["GoMagics", "go_options"]

_NO_MAIN = "function main is undeclared in the main package"

#: texts of cells whose file names are remembered
_REMEMBERED = 500


def go_options() -> list[str]:
    """The options of ``%%go``, long forms first."""
    parser = GoMagics.go.parser
    found = [o for action in parser._actions for o in action.option_strings]
    return sorted(found, key=lambda o: (not o.startswith("--"), o))


def _names(values: list[str] | None) -> list[str]:
    """``-i a,b -i c`` -> [a, b, c]."""
    return [name.strip() for value in values or [] for name in value.split(",") if name.strip()]


@magics_class
class GoMagics(Magics):
    """The magics of gotk. `cells` counts the texts of %%go cells in this session, for their file names."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.cells = 0
        self._files: dict[str, str] = {}

    @magic_arguments()
    @argument("-r", "--runtime", default="gotk", help="gotk (our scheduler, the default), threads (an OS thread per goroutine) or go (the Go toolchain)")
    @argument("-p", "--gomaxprocs", default=None, metavar="N", help="procs for this cell (default: what %%gomaxprocs says)")
    @argument("-i", "--input", action="append", metavar="NAME,…", help="variables of the notebook that the Go program gets under the same names: numbers, strings, bools, lists, dicts, numpy arrays")
    @argument("-o", "--output", action="append", metavar="NAME,…", help="package variables of the program that come back into the notebook when it ends; slices of numbers as numpy arrays")
    @argument("-s", "--set", action="append", dest="params", metavar="n=5000", help="replace the initialiser of the package variable n")
    @argument("-n", "--name", default=None, metavar="RUN", help="keep the Run under this name in the notebook (the last one is gotk.last_run() anyway)")
    @argument("-t", "--timeout", type=float, default=None, metavar="S", help="stop the program after so many seconds")
    @argument("--memory-limit", default=None, metavar="SIZE", help="end the program with a fatal error when it needs more, as 512M or 2G")
    @argument("--stack-size", default=None, metavar="SIZE", help="stack of each thread (runtime threads only; default 1M)")
    @argument("--seed", type=int, default=None, metavar="N", help="seed of the scheduler's random choices (default: a fresh one, kept in the run)")
    @argument("--args", default="", metavar="'A B'", help="the program's command line (os.Args[1:]), quoted as one word")
    @argument("--stdin", default=None, metavar="NAME", help="a variable of the notebook, text or bytes: what the program reads from its standard input")
    @argument("--bg", action="store_true", help="run in the background: the cell ends at once; see RUN.monitor(), RUN.wait(), RUN.stop()")
    @argument("--no-raise-error", action="store_true", help="show an error of the program, but let the cell succeed")
    @argument("--save", default=None, metavar="NAME", help="keep the cell's declarations as a snippet, once they compile; see %%go_saved")
    @argument("-w", "--with", action="append", dest="with_", metavar="NAME,…", help="use the declarations of these snippets; what the cell declares itself takes the place of theirs")
    @argument("-q", "--quiet", action="store_true", help="no line of summary below the output")
    @needs_local_scope
    @cell_magic
    def go(self, line: str, cell: str, local_ns: dict[str, Any] | None = None) -> None:
        """Run a cell of Go: a whole file with `package main`, declarations with `func main`, or bare statements.

        In the last two forms missing imports of known packages are added. Output appears while the program runs, and one line of
        summary below it. A compile error, a panic, a deadlock or a time-out is shown as Go shows it, and the cell fails.
        The interrupt button stops the program. Data goes in with -i, words with --args, text to read with --stdin.

        The result is a `Run`: `gotk.last_run()`, or the name given with --name; its tables are `goroutines`, `metrics`, `records`.
        """
        if line.strip() in ("-h", "--help", "-?", "?"):
            print(self.go.parser.format_help())
            return
        try:
            self._go(line, cell, local_ns)
        except CompileError as error:
            raise _with_way_to_keep(error) from None
        except Interrupted:
            raise
        except KeyboardInterrupt:
            raise Interrupted("stopped before the program ran") from None

    def _go(self, line: str, cell: str, local_ns: dict[str, Any] | None) -> None:
        args = _parsed(self.go, line)
        name = args.name
        if name is not None and (not name.isidentifier() or keyword.iskeyword(name)):
            raise IPythonUsageError(f"--name {name}: not a Python name")
        file = self._file_of(cell)
        used = _names(args.with_)
        # In a snippet's own cell, what it was before is replaced as a whole.
        used = [n for n in used if n != args.save]
        program = Program(cell, file, with_=used)
        outputs = _names(args.output)
        options: dict[str, Any] = {
            "runtime": args.runtime,
            "gomaxprocs": self._procs(args.gomaxprocs),
            "params": self._params(args.params, local_ns),
            "seed": args.seed,
            "timeout": args.timeout,
            "memory_limit": args.memory_limit,
            "stack_size": args.stack_size,
            "inputs": self._inputs(_names(args.input), local_ns),
            "outputs": outputs,
            "args": self._words(args.args),
            "stdin": self._stdin(args.stdin, local_ns),
            "name": name,
        }
        if args.save is not None and not self._save(args.save, program, used, options, args.quiet):
            return
        if args.bg:
            self._run_in_background(program, options, name)
        else:
            self._run(program, options, name, raise_error=not args.no_raise_error, quiet=args.quiet)

    def _file_of(self, cell: str) -> str:
        """The cell's file name: a number of its own for each text. An unchanged cell keeps its name, because the name is in what is compiled."""
        name = self._files.pop(cell, None)
        if name is None:
            self.cells += 1
            name = f"cell{self.cells}.go"
        self._files[cell] = name  # the most recent last
        if len(self._files) > _REMEMBERED:
            del self._files[next(iter(self._files))]
        return name

    def _save(self, name: str, program: Program, used: list[str], options: dict[str, Any], quiet: bool) -> bool:
        """Keep the cell as a snippet if it compiles; returns whether there is something to run as well."""
        trial = Snippets()
        trial.save(name, "")  # a bad name is said before anything is compiled
        if not program.declares:
            raise UsageError(f"--save {name}: the cell declares nothing at package level that a later cell could use")
        settings = {n: options[n] for n in ("runtime", "params", "inputs", "outputs")}
        if program.has_main:
            program.check(**settings)
        else:
            # Its lines stay where they are; a main that does nothing makes a program of it.
            Program(program.source + "\nfunc main() {}\n", program.name, with_=used).check(**settings)
        replaced = name in snippets
        snippets.save(name, program.source, used)
        if not quiet:
            print(f"{'replaced' if replaced else 'saved'} {name}: {', '.join(snippets.declared(name))}")
        return program.has_main

    def _run(self, program: Program, options: dict[str, Any], name: str | None, *, raise_error: bool, quiet: bool) -> None:
        stream = CellOutput()
        try:
            run = program.run(on_output=stream, check=False, **options)
        except KeyboardInterrupt as interrupt:
            stream.finish()
            stopped = getattr(interrupt, "run", None)
            if stopped is not None:
                self._keep(stopped, name)
                if not quiet:
                    show_summary(stopped)
            raise
        except GotkError as error:
            if raise_error:
                raise
            from gotk.jupyter.errors import render_error

            print("\n".join(render_error(error)))
            return
        stream.finish(run.error)
        self._keep(run, name)
        if run.error is None or run.outputs:
            self.shell.user_ns.update(run.outputs)  # type: ignore[union-attr]
        if not quiet:
            show_summary(run)
        if run.error is not None:
            if raise_error:
                # What the program itself has written on stderr is on the screen already.
                raise run.error
            from gotk.jupyter.errors import render_error

            if isinstance(run.error, GotkError):
                print("\n".join(render_error(run.error)))

    def _run_in_background(self, program: Program, options: dict[str, Any], name: str | None) -> None:
        run = follow(program, options, keep=self.shell.user_ns.update)  # type: ignore[union-attr]
        self._keep(run, name)

    def _keep(self, run: Run, name: str | None) -> None:
        if name is not None:
            self.shell.user_ns[name] = run  # type: ignore[union-attr]

    # ---- arguments

    @staticmethod
    def _procs(text: str | None) -> int | None:
        if text is None or text == "auto":
            return None
        try:
            return int(text)
        except ValueError:
            raise UsageError(f"--gomaxprocs must be a whole number or auto, not {text!r}") from None

    def _inputs(self, names: list[str], local_ns: dict[str, Any] | None) -> dict[str, Any]:
        found = {}
        for name in names:
            found[name] = self._value(name, local_ns, f"-i {name}: there is no variable of that name in the notebook")
        return found

    def _stdin(self, name: str | None, local_ns: dict[str, Any] | None) -> Any:
        if name is None:
            return None
        return self._value(name, local_ns, f"--stdin {name}: there is no variable of that name in the notebook")

    def _value(self, name: str, local_ns: dict[str, Any] | None, otherwise: str) -> Any:
        for space in (local_ns or {}, self.shell.user_ns):  # type: ignore[union-attr]
            if name in space:
                return space[name]
        raise UsageError(otherwise)

    def _params(self, settings: list[str] | None, local_ns: dict[str, Any] | None) -> dict[str, Any]:
        """``--set n=5000 --set name=text,flag=True``: Python literals; ``{var}`` is expanded by IPython; anything else is a string."""
        params: dict[str, Any] = {}
        for setting in settings or []:
            for part in _split_settings(_unquoted(setting)):
                name, equals, text = part.partition("=")
                if not equals or not name.strip().isidentifier():
                    raise UsageError(f"--set takes NAME=VALUE, as --set n=5000; not {part!r}")
                params[name.strip()] = _literal(text.strip())
        return params

    @staticmethod
    def _words(text: str) -> list[str]:
        import shlex

        text = _unquoted(text)
        try:
            return shlex.split(text)
        except ValueError as error:
            raise UsageError(f"--args {text}: {error}") from None

    @magic_arguments()
    @argument("names", nargs="*", metavar="NAME", help="show the text of these snippets")
    @argument("-r", "--remove", action="append", metavar="NAME,…", help="forget these snippets")
    @argument("--clear", action="store_true", help="forget all snippets")
    @line_magic
    def go_saved(self, line: str) -> None:
        """List the snippets that `%%go --save` has kept: `%go_saved`, `%go_saved NAME`, `%go_saved --remove NAME`, `%go_saved --clear`."""
        args = _parsed(self.go_saved, line)
        if args.clear:
            snippets.clear()
        for name in _names(args.remove):
            if name not in snippets:
                snippets.closure([name])  # raises, with the names that there are
            del snippets[name]
        for name in args.names:
            [*_, found] = snippets.closure([name])
            print(f"// {found.file}\n{found.source.rstrip()}")
        if not args.names:
            print(repr(snippets))

    @line_magic
    def go_doc(self, line: str) -> None:
        """What a Go package, function, type or method is: `%go_doc fmt`, `%go_doc strings.Builder`, `%go_doc sync.Mutex.Lock`, `%go_doc append`; a saved
        snippet's names too."""
        name = line.strip()
        if not name:
            raise UsageError("%go_doc takes a name, as %go_doc fmt.Println")
        text = describe(name, Context(tuple(snippets.closure(snippets))))
        if text is None:
            raise UsageError(f"%go_doc: nothing is known of {name}")
        print(text)

    @line_magic
    def gomaxprocs(self, line: str) -> None:
        """Show or set the default of GOMAXPROCS for later cells: `%gomaxprocs`, `%gomaxprocs 4`, `%gomaxprocs auto`.

        Says what the machine allows: the affinity mask and the CPU quota of the container.
        """
        text = line.strip()
        if not text:
            print(gomaxprocs())
        elif text == "auto":
            print(gomaxprocs("auto"))
        else:
            try:
                number = int(text)
            except ValueError:
                raise UsageError(f"%gomaxprocs takes a whole number or auto, not {text!r}") from None
            print(gomaxprocs(number))


def _with_way_to_keep(error: CompileError) -> CompileError:
    """A cell of declarations only is what a notebook's user writes to use it in the next cell: name the option for that."""
    if [d.message for d in error.diagnostics] == [_NO_MAIN]:
        hint = "%%go --save NAME keeps declarations for later cells, which use them by --with NAME"
        return CompileError([replace(error.diagnostics[0], hint=hint)], error.source)
    return error


def _unquoted(text: str) -> str:
    """An argument that was quoted because it has spaces: IPython leaves the quotes on."""
    quoted = len(text) >= 2 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def _parsed(magic: Any, line: str) -> Any:
    """The options on a magic's line; an unknown one says where they stand."""
    try:
        return parse_argstring(magic, line)
    except IPythonUsageError as error:
        text = str(error)
        if not text.startswith("unrecognized arguments"):
            raise
        if {"-race", "--race"} & set(text.split()):
            text += "; there is no race detector here, `go run -race` of the Go toolchain has one"
        elif "=" in line and text.endswith(("'", '"')):
            text += """; quote a setting with spaces as a whole, as --set "name=two words\""""
        else:
            text += f"; %%{magic.__name__}? lists the options" if magic.__name__ == "go" else f"; %{magic.__name__}? lists the options"
        raise IPythonUsageError(text) from None


def _split_settings(text: str) -> list[str]:
    """Split at commas that begin another NAME=; a comma within a value (a list) stays."""
    import re

    return re.split(r",(?=\s*[A-Za-z_]\w*\s*=(?!=))", text)


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return {"true": True, "false": False}.get(text, text)
