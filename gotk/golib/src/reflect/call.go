// SPDX-License-Identifier: BSD-3-Clause

// Calls of functions and methods with arguments that are Values.
package reflect

import (
	"unsafe"
)

// reflectcall calls r.code with the registers and the stack of r, and stores the registers that hold results.
//
//gotk:native reflectcall
func reflectcall(r *registers)

// Call calls the function v. The arguments of a variadic function are given one by one.
//
//gotk:noinline
func (v Value) Call(in []Value) []Value {
	v.mustBe(Func, "Call")
	v.mustBeExported("reflect.Value.Call")
	return v.call("Call", in, false)
}

// CallSlice calls the variadic function v with a slice as the last argument.
//
//gotk:noinline
func (v Value) CallSlice(in []Value) []Value {
	v.mustBe(Func, "CallSlice")
	v.mustBeExported("reflect.Value.CallSlice")
	return v.call("CallSlice", in, true)
}

// argument assigns words to registers and stack in order.
type argument struct {
	r            *registers
	stack        []unsafe.Pointer
	ints, floats int
}

func (a *argument) word(w unsafe.Pointer, float bool) {
	switch {
	case float && a.floats < floatRegs:
		a.r.floats[a.floats] = uint64(uintptr(w))
		a.floats++
	case !float && a.ints < intRegs:
		a.r.ints[a.ints] = w
		a.ints++
	default:
		a.stack = append(a.stack, w)
	}
}

// methodCode returns the code of the method value v, the receiver as the code wants it, and the type without receiver.
func (v Value) methodCode(op string) (code, receiver unsafe.Pointer, sig *rtype) {
	m := v.typ.method(int(v.flag >> methodShift))
	if m == nil {
		panic("reflect: internal error: invalid method index")
	}
	if m.PkgPath != "" {
		panic("reflect: " + op + " of unexported method")
	}
	sig = wrap(m.Typ)
	if v.typ.isInterface() {
		words := (*[2]unsafe.Pointer)(v.ptr)
		if words[0] == nil {
			panic("reflect: " + op + " of method on nil interface value")
		}
		// The interface's method table holds code in the order of the interface type's methods, after three words.
		code = *(*unsafe.Pointer)(unsafe.Add(words[0], 24+8*int(v.flag>>methodShift)))
		return code, words[1], sig
	}
	if v.typ.direct() {
		return m.Fn, v.word(), sig
	}
	// The method may not change what it gets: a variable's value is copied.
	receiver = v.ptr
	if v.flag&flagAddr != 0 {
		receiver = copied(v.typ, v.ptr, 0).ptr
	}
	return m.Fn, receiver, sig
}

func (v Value) call(op string, in []Value, isSlice bool) []Value {
	t := v.typ
	r := new(registers)
	args := argument{r: r}
	var receiver unsafe.Pointer
	bound := v.flag&flagMethod != 0
	if bound {
		r.code, receiver, t = v.methodCode("reflect.Value.Call")
	} else {
		r.context = v.word()
		if r.context == nil {
			panic("reflect.Value.Call: call of nil function")
		}
		r.code = *(*unsafe.Pointer)(r.context)
	}
	in = checkArguments(op, t, in, isSlice)
	p := planOf(t)
	extra := 0
	if bound {
		extra = 1
	}
	if n := p.stackWords(extra); n > 0 {
		args.stack = make([]unsafe.Pointer, 0, (n+1)&^1)
	}
	var results unsafe.Pointer
	if p.outInMemory {
		results = unsafe.Pointer(unsafe.SliceData(make([]unsafe.Pointer, (p.outSize+7)/8)))
		args.word(results, false)
	}
	if bound {
		args.word(receiver, false)
	}
	for i := range p.in {
		at := &p.in[i]
		x := in[i]
		x.mustBeExported("reflect.Value.Call")
		x = x.assignTo("reflect.Value.Call", at.typ)
		switch {
		case at.memory:
			if x.flag&flagAddr != 0 {
				x = copied(at.typ, x.ptr, 0)
			}
			args.word(x.ptr, false)
		case x.flag&flagIndir == 0:
			for _, s := range at.scalars { // one pointer, and maybe padding
				if s.size == 0 {
					args.word(nil, false)
				} else {
					args.word(x.ptr, false)
				}
			}
		default:
			at.skipRegisters(&args.ints, &args.floats)
			for _, s := range at.scalars {
				args.word(s.load(x.ptr), s.float)
			}
		}
	}
	if n := len(args.stack); n > 0 {
		if n&1 != 0 {
			args.stack = append(args.stack, nil)
		}
		r.stack = unsafe.SliceData(args.stack)
		r.stackBytes = uintptr(len(args.stack)) * stackWordSize
	}
	reflectcall(r)
	return p.results(r, results)
}

// results makes Values of what a call has returned.
func (p *plan) results(r *registers, memory unsafe.Pointer) []Value {
	out := make([]Value, len(p.out))
	ints, floats := 0, 0
	for i := range p.out {
		at := &p.out[i]
		t := at.typ
		if p.outInMemory {
			out[i] = copied(t, unsafe.Add(memory, p.outOffsets[i]), 0)
			continue
		}
		cell := newCell(t)
		for _, s := range at.scalars {
			if s.float {
				s.store(cell, unsafe.Pointer(uintptr(r.floatOut[floats])))
				floats++
			} else {
				s.store(cell, r.intOut[ints])
				ints++
			}
		}
		out[i] = valueAt(t, cell, 0)
	}
	return out
}

// checkArguments panics unless the arguments fit the type, and packs variadic ones.
func checkArguments(op string, t *rtype, in []Value, isSlice bool) []Value {
	n := t.t.NumIn()
	variadic := t.t.Variadic()
	if isSlice {
		if !variadic {
			panic("reflect: CallSlice of non-variadic function")
		}
		if len(in) < n {
			panic("reflect: CallSlice with too few input arguments")
		}
		if len(in) > n {
			panic("reflect: CallSlice with too many input arguments")
		}
	} else {
		if variadic {
			n--
		}
		if len(in) < n {
			panic("reflect: Call with too few input arguments")
		}
		if !variadic && len(in) > n {
			panic("reflect: Call with too many input arguments")
		}
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i := range n {
		if xt, want := in[i].Type(), t.in(i); !xt.AssignableTo(want) {
			panic("reflect: " + op + " using " + xt.String() + " as type " + want.String())
		}
	}
	if isSlice || !variadic {
		return in
	}
	rest := in[n:]
	last := t.in(n)
	packed := MakeSlice(last, len(rest), len(rest))
	for i, x := range rest {
		if xt := x.Type(); !xt.AssignableTo(last.elem()) {
			panic("reflect: cannot use " + xt.String() + " as type " + last.elem().String() + " in " + op)
		}
		packed.Index(i).Set(x)
	}
	all := make([]Value, n+1)
	copy(all, in[:n])
	all[n] = packed
	return all
}
