// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// Finalizers and cleanups. The C library (finalizer.c) keeps the records, finds out in a collection which objects are
// unreachable, and starts runFinalizers. Whatever form the program's function has, what is registered is a
// func(unsafe.Pointer), so that one form of call is enough. On OS threads nothing is collected, and nothing called.

//gotk:native setfinalizer
func setfinalizer(obj unsafe.Pointer, fn func(unsafe.Pointer)) int

//gotk:native addcleanup
func addcleanup(p unsafe.Pointer, fn func(unsafe.Pointer)) int

//gotk:native stopcleanup
func stopcleanup(object uint64, id int)

//gotk:native objectof
//gotk:noescape
func objectof(p unsafe.Pointer) uint64

//gotk:native nextfinalizer
func nextfinalizer() (fn func(unsafe.Pointer), arg unsafe.Pointer)

//gotk:native getitab
func getitab(iface, t *typ) unsafe.Pointer

// runFinalizers is a goroutine's first function; the C library finds it by its name.
func runFinalizers() {
	for {
		fn, arg := nextfinalizer()
		if fn == nil {
			return
		}
		fn(arg)
	}
}

// SetFinalizer has finalizer called with obj, on a goroutine of its own, when obj has become unreachable; nil takes a finalizer
// away. Finalizers need not run before the program ends.
//
//gotk:noinline
func SetFinalizer(obj any, finalizer any) {
	e := efaceOf(&obj)
	if e.typ == nil {
		fatal("runtime.SetFinalizer: first argument is nil")
	}
	if e.typ.kind != kindPointer {
		fatal("runtime.SetFinalizer: first argument is " + e.typ.str + ", not pointer")
	}
	if e.data == nil {
		fatal("nil elem type!")
	}
	f := efaceOf(&finalizer)
	if f.typ == nil {
		setfinalizer(e.data, nil)
		return
	}
	if f.typ.kind != kindFunc {
		fatal("runtime.SetFinalizer: second argument is " + f.typ.str + ", not a function")
	}
	if e.typ.elem.size == 0 {
		return // all values of no size share an address
	}
	call := finalizerCall(e.typ, f.typ, f.data)
	switch setfinalizer(e.data, call) {
	case 1:
		fatal("runtime.SetFinalizer: pointer not at beginning of allocated block")
	case 2:
		fatal("runtime.SetFinalizer: finalizer already set")
	}
}

// finalizerCall is a call of fn, a func value of type ft, with a pointer of type t.
func finalizerCall(t, ft *typ, fn unsafe.Pointer) func(unsafe.Pointer) {
	const variadic = 32
	if ft.nin != 1 || ft.flags&variadic != 0 {
		fatal("runtime.SetFinalizer: cannot pass " + t.str + " to finalizer " + ft.str)
	}
	// Results that do not fit into registers go to memory whose address is a hidden first argument.
	var ints, floats, size uint64
	for _, r := range unsafe.Slice(ft.inout, ft.nin+ft.nout)[ft.nin:] {
		scalars(r, &ints, &floats)
		size += r.size + 8
	}
	hidden := ints > 3 || floats > 4
	in := *ft.inout
	named := func(t *typ) bool { return t.name != "" }
	switch {
	case in == t, in.kind == kindPointer && in.elem == t.elem && (!named(in) || !named(t)):
		if hidden {
			f := *(*func(results, p unsafe.Pointer))(unsafe.Pointer(&fn))
			return func(p unsafe.Pointer) { f(unsafe.Pointer(unsafe.SliceData(make([]any, size/16+1))), p) }
		}
		return *(*func(unsafe.Pointer))(unsafe.Pointer(&fn))
	case in.kind == kindInterface:
		tab := unsafe.Pointer(t)
		if in.nmethods != 0 {
			tab = getitab(in, t)
		}
		if tab != nil {
			f := *(*func(any))(unsafe.Pointer(&fn))
			if hidden {
				g := *(*func(unsafe.Pointer, any))(unsafe.Pointer(&fn))
				f = func(obj any) { g(unsafe.Pointer(unsafe.SliceData(make([]any, size/16+1))), obj) }
			}
			return func(p unsafe.Pointer) {
				f(*(*any)(unsafe.Pointer(&eface{(*typ)(tab), p})))
			}
		}
	}
	fatal("runtime.SetFinalizer: cannot pass " + t.str + " to finalizer " + ft.str)
	return nil
}

// scalars counts the words of a value that registers would hold, by kind of register, as far as the count matters.
func scalars(t *typ, ints, floats *uint64) {
	switch t.kind {
	case kindFloat32, kindFloat64:
		*floats++
	case kindComplex64, kindComplex128:
		*floats += 2
	case kindString, kindInterface:
		*ints += 2
	case kindSlice:
		*ints += 3
	case kindArray:
		for i := uint64(0); i < t.length && i < 10; i++ {
			scalars(t.elem, ints, floats)
		}
	case kindStruct:
		for i := uint64(0); i < t.nfields; i++ {
			const fieldSize, fieldType = 56, 16
			scalars(*(**typ)(unsafe.Add(t.fields, i*fieldSize+fieldType)), ints, floats)
		}
	default:
		*ints++
	}
}

// Cleanup is a handle to a function that runs when an object has become unreachable.
type Cleanup struct {
	object uint64 // its address, as a number, so that the handle does not keep it
	id     int
}

// Stop cancels the cleanup.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopcleanup(c.object, c.id)
	}
}

// AddCleanup has cleanup called with arg, on a goroutine of its own, when *ptr has become unreachable. There may be many for one object.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	p := unsafe.Pointer(ptr)
	if p == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	var a any = arg
	if e := efaceOf(&a); e.typ != nil && e.typ.kind == kindPointer && e.data == p {
		panic(plainError("runtime.AddCleanup: ptr is equal to arg, cleanup will never run"))
	}
	id := addcleanup(p, func(unsafe.Pointer) { cleanup(arg) })
	return Cleanup{objectof(p), id}
}
