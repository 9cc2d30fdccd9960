// SPDX-License-Identifier: BSD-3-Clause

// Functions made at run time.
//
// Such a function's closure object begins with the code of a stub (native/src/asm_x86_64.S), which stores the registers and calls the handler
// that the object names; the handler makes Values of the arguments and stores the results, which the stub loads.
package reflect

import "unsafe"

// madeFunc is a closure object. The stub knows the first three words.
type madeFunc struct {
	code       unsafe.Pointer
	handler    unsafe.Pointer
	stackBytes uintptr // of the arguments on the stack
	typ        *rtype
	plan       *plan
	fn         func([]Value) []Value
}

//gotk:native reflectstub
func reflectstub() unsafe.Pointer

// MakeFunc returns a function of the type that calls fn with its arguments as Values.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	p := planOf(t)
	handler := handleCall
	c := &madeFunc{
		code: reflectstub(), handler: **(**unsafe.Pointer)(unsafe.Pointer(&handler)), stackBytes: uintptr(p.stackWords(0)) * stackWordSize,
		typ: t, plan: p, fn: fn,
	}
	return Value{t, unsafe.Pointer(c), flag(Func)}
}

// boundMethod turns a method value into a function.
func (v Value) boundMethod() Value {
	_, receiver, sig := v.methodCode("reflect.Value.Interface")
	bound := v
	if v.flag&flagIndir != 0 && !v.typ.isInterface() && !v.typ.direct() {
		bound = Value{v.typ, receiver, v.flag &^ flagAddr}
	} else if v.typ.isInterface() {
		bound = copied(v.typ, v.ptr, 0)
		bound.flag = v.flag &^ flagAddr
	} else {
		bound = Value{v.typ, v.word(), v.flag &^ (flagIndir | flagAddr)}
	}
	variadic := sig.t.Variadic()
	f := MakeFunc(sig, func(args []Value) []Value { return bound.call("Call", args, variadic) })
	f.flag |= v.ro()
	return f
}

// parameter takes words from registers and stack in order.
type parameter struct {
	r            *registers
	stack        unsafe.Pointer
	ints, floats int
}

func (a *parameter) word(float bool) unsafe.Pointer {
	switch {
	case float && a.floats < floatRegs:
		a.floats++
		return unsafe.Pointer(uintptr(a.r.floats[a.floats-1]))
	case !float && a.ints < intRegs:
		a.ints++
		return a.r.ints[a.ints-1]
	}
	w := *(*unsafe.Pointer)(a.stack)
	a.stack = unsafe.Add(a.stack, stackWordSize)
	return w
}

// handleCall is what the stub calls: with the closure object, the registers, and the arguments on the stack.
func handleCall(c *madeFunc, r *registers, stack unsafe.Pointer) {
	p := c.plan
	words := parameter{r: r, stack: stack}
	var results unsafe.Pointer
	if p.outInMemory {
		results = words.word(false)
	}
	in := make([]Value, len(p.in))
	for i := range p.in {
		at := &p.in[i]
		if at.memory {
			in[i] = copied(at.typ, words.word(false), 0)
			continue
		}
		cell := newCell(at.typ)
		at.skipRegisters(&words.ints, &words.floats)
		for _, s := range at.scalars {
			s.store(cell, words.word(s.float))
		}
		in[i] = valueAt(at.typ, cell, 0)
	}
	out := c.fn(in)
	if len(out) != len(p.out) {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	ints, floats := 0, 0
	for i := range p.out {
		at := &p.out[i]
		x := out[i]
		if x.typ == nil {
			panic("reflect: function created by MakeFunc using closure returned zero Value")
		}
		if x.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
		}
		x = x.assignTo("reflect.MakeFunc", at.typ)
		if p.outInMemory {
			store(at.typ, unsafe.Add(results, p.outOffsets[i]), x)
			continue
		}
		from := x.memory()
		for _, s := range at.scalars {
			w := s.load(from)
			if s.float {
				r.floatOut[floats] = uint64(uintptr(w))
				floats++
			} else {
				r.intOut[ints] = w
				ints++
			}
		}
	}
}
