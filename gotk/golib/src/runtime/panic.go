// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// Panics, defers and recovery.
//
// A function with defers pushes a frame on its goroutine's list; deferproc adds calls to it and deferreturn runs them when
// the function returns. A panic walks the list of frames from the top, running what is deferred. When a deferred call
// has recovered, control goes back to the frame that had deferred it, which runs its other defers and returns.
//
// Whether recover may return the panic's value is decided by a token: before each deferred call that a panic makes, the
// goroutine's token is set to that call's code; the function that finds itself named at its entry was called directly
// by the panic sequence (thunks and wrappers pass the token on).
//
// Panics nest: a deferred call that panics pushes a second record. The depth of a record is that of the frame whose
// deferred call it is running. A recovery at a frame ends all panics at its depth or deeper: those that started in
// the deferred calls of that frame, and those that these have replaced. A Goexit is a record that nothing recovers: if
// a recovery would end one, the Goexit goes on instead.

// panicRecord is a panic, or a Goexit, under way.
type panicRecord struct {
	arg        any
	link       *panicRecord // the panic whose deferred call raised this one
	depth      uint64
	sigpc      uintptr // the faulting pc if Go prints a signal line
	recovered  bool
	repanicked bool // recovered, and raised again with the same value
	goexit     bool
	printing   bool // its value's Error or String method is running
}

// deferproc adds a call to those that run when the frame's function ends.
//
//gotk:nosplit
func deferproc(f *frame, fn func()) {
	var d *deferred
	if f.defers == nil {
		d = &f.inline[0]
		f.inline[1].fn = nil
	} else if f.inline[1].fn == nil {
		d = &f.inline[1]
	} else {
		d = new(deferred)
	}
	d.fn = fn
	d.next = f.defers
	f.defers = d
}

// deferreturn runs the deferred calls of a function that returns. Not inlined: traces show the function's own line.
//
//gotk:noinline
func deferreturn(f *frame) {
	for {
		d := f.defers
		if d == nil {
			return
		}
		f.defers = d.next
		d.fn()
	}
}

// deferred calls' code pointer: the first word of the closure object.
func codeOf(fn func()) unsafe.Pointer {
	closure := *(**unsafe.Pointer)(unsafe.Pointer(&fn))
	if closure == nil {
		return nil
	}
	return *closure
}

// nextDeferred pops the next deferred call of the goroutine, dropping the frames above the one that holds it: their
// functions will never return.
func nextDeferred() (*frame, func()) {
	top := gframes()
	f := *top
	for f != nil && f.defers == nil {
		f = f.prev
	}
	if f == nil {
		return nil, nil
	}
	*top = f
	d := f.defers
	f.defers = d.next
	return f, d.fn
}

// gopanic is the builtin panic.
//
//gotk:noinline
func gopanic(v any) {
	if v == nil {
		v = new(PanicNilError)
	}
	startPanic(v, 0)
}

func startPanic(v any, sigpc uintptr) {
	top := gpanics()
	p := new(panicRecord)
	p.arg = v
	p.sigpc = sigpc
	p.link = *top
	if old := p.link; old != nil && old.recovered && !old.goexit {
		a, b := efaceOf(&old.arg), efaceOf(&p.arg)
		p.repanicked = a.typ == b.typ && a.data == b.data
	}
	*top = p
	for {
		f, fn := nextDeferred()
		if f == nil {
			break
		}
		p.depth = f.depth
		settoken(codeOf(fn))
		fn()
		settoken(nil)
		if p.recovered {
			resumeAt(f)
		}
	}
	fatalpanic(p)
}

// resumeAt ends the panics that the recovery at frame f concerns and goes on there.
func resumeAt(f *frame) {
	exiting := false
	top := gpanics()
	p := *top
	for p != nil && p.depth >= f.depth {
		if p.goexit {
			exiting = true
		}
		p = p.link
	}
	*top = p
	*gframes() = f
	if exiting {
		Goexit()
	}
	jump(f)
}

// gorecover is the builtin recover, called with the token that its function took at entry.
func gorecover(direct bool) any {
	if !direct {
		return nil
	}
	p := *gpanics()
	if p == nil || p.goexit || p.recovered {
		return nil
	}
	p.recovered = true
	return p.arg
}

// Goexit runs all deferred calls of the calling goroutine and ends it. Other goroutines go on. From the main goroutine
// the program goes on without it, and ends with a fatal error when all other goroutines have ended.
func Goexit() {
	top := gpanics()
	p := new(panicRecord)
	p.goexit = true
	p.link = *top
	*top = p
	for {
		f, fn := nextDeferred()
		if f == nil {
			break
		}
		p.depth = f.depth
		settoken(nil)
		fn()
	}
	*top = nil
	*gframes() = nil
	goexit0()
}

// goexit of a nil func value in a go statement.
func gonilfunc() {
	fatal("go of nil func value")
}
