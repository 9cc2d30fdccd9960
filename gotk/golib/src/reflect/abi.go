// SPDX-License-Identifier: BSD-3-Clause

// Where the words of parameters and results are in a call: docs/architecture.md, section 3, with the numbers of registers of abi_amd64.go and abi_arm64.go.
//
// A register type's scalars are passed one by one: pointers, integers and bools in integer registers, floats in vector registers, the rest on the
// stack in words of eight bytes, in order. A memory type (more than eight scalars) is passed as a pointer to a copy. Results
// come back in up to intResults integer and two vector registers; when they are more, or more than eight, the caller passes memory for them as the first argument.
package reflect

import (
	rt "internal/rtype"
	"sync"
	"unsafe"
)

const (
	maxScalars    = 8 // gotk/compiler/lower/module/layout.py, MAX_LEAVES
	floatRegs     = 8
	floatResults  = 2
	stackWordSize = 8
)

// registers is the image of the machine's registers around a call. Layout: native/src/asm_x86_64.S, asm_aarch64.S.
type registers struct {
	ints       [intRegs]unsafe.Pointer
	floats     [floatRegs]uint64
	context    unsafe.Pointer
	code       unsafe.Pointer
	stack      *unsafe.Pointer
	stackBytes uintptr // a multiple of 16
	intOut     [intResults]unsafe.Pointer
	floatOut   [floatResults]uint64
}

// scalar is a piece of a value: size 0 is the padding after a struct's last field of size zero, which takes a place but has no value.
type scalar struct {
	offset uint32
	size   uint8
	float  bool
}

// places is how a value of one type travels.
type places struct {
	typ     *rtype
	memory  bool // as a pointer to a copy
	scalars []scalar
}

// plan is how a func type is called.
type plan struct {
	in          []places
	out         []places
	outOffsets  []uintptr
	outSize     uintptr
	outInMemory bool
	// Counts of the words of the parameters, the pointer to the results included, a receiver not.
	ints, floats int
}

var plans sync.Map // *rtype -> *plan

func planOf(t *rtype) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := new(plan)
	count, ints, floats := 0, 0, 0
	for i := range t.t.NumOut() {
		o := t.out(i)
		n := countScalars(o)
		count += n
		at := places{typ: o}
		if count <= maxScalars {
			at.scalars = appendScalars(nil, o, 0)
		}
		align := uintptr(o.Align())
		p.outSize = (p.outSize + align - 1) &^ (align - 1)
		p.outOffsets = append(p.outOffsets, p.outSize)
		p.outSize += o.Size()
		p.out = append(p.out, at)
		i, f := at.words()
		ints += i
		floats += f
	}
	p.outInMemory = count > maxScalars || ints > intResults || floats > floatResults
	if p.outInMemory {
		p.ints++
	}
	for i := range t.t.NumIn() {
		at := places{typ: t.in(i)}
		if countScalars(at.typ) > maxScalars {
			at.memory = true
			p.ints++
		} else {
			at.scalars = appendScalars(nil, at.typ, 0)
			ints, floats := at.words()
			p.ints += ints
			p.floats += floats
		}
		p.in = append(p.in, at)
	}
	plans.Store(t, p)
	return p
}

// stackWords is the number of arguments that find no register, with so many more integers.
func (p *plan) stackWords(more int) int {
	return max(p.ints+more-intRegs, 0) + max(p.floats-floatRegs, 0)
}

func (at *places) words() (ints, floats int) {
	for _, s := range at.scalars {
		if s.float {
			floats++
		} else {
			ints++
		}
	}
	return ints, floats
}

// skipRegisters leaves the registers that are left, of which so many are taken, unused if an array does not fit them.
func (at *places) skipRegisters(ints, floats *int) {
	if !arraysStayTogether || at.typ.kind() != Array {
		return
	}
	i, f := at.words()
	if i > 0 && *ints+i > intRegs {
		*ints = intRegs
	}
	if f > 0 && *floats+f > floatRegs {
		*floats = floatRegs
	}
}

// countScalars counts without padding, and no further than is needed to tell a memory type.
func countScalars(t *rtype) int {
	switch t.kind() {
	case String, Interface, Complex64, Complex128:
		return 2
	case Slice:
		return 3
	case Array:
		n := t.t.Len()
		if n == 0 {
			return 0
		}
		each := countScalars(t.elem())
		if each > 0 && n > maxScalars {
			return maxScalars + 1
		}
		return n * each
	case Struct:
		sum := 0
		for i := 0; i < t.t.NumField() && sum <= maxScalars; i++ {
			sum += countScalars(wrap(t.t.Field(i).Typ))
		}
		return sum
	}
	return 1
}

func appendScalars(list []scalar, t *rtype, at uintptr) []scalar {
	word := func(offset uintptr) scalar { return scalar{uint32(at + offset), 8, false} }
	switch t.kind() {
	case Float32:
		return append(list, scalar{uint32(at), 4, true})
	case Float64:
		return append(list, scalar{uint32(at), 8, true})
	case Complex64:
		return append(list, scalar{uint32(at), 4, true}, scalar{uint32(at + 4), 4, true})
	case Complex128:
		return append(list, scalar{uint32(at), 8, true}, scalar{uint32(at + 8), 8, true})
	case String, Interface:
		return append(list, word(0), word(8))
	case Slice:
		return append(list, word(0), word(8), word(16))
	case Array:
		if e := t.elem(); countScalars(e) > 0 || hasPadding(e) {
			for i := range t.t.Len() {
				list = appendScalars(list, e, at+uintptr(i)*e.Size())
			}
		}
		return list
	case Struct:
		n := t.t.NumField()
		for i := range n {
			f := t.t.Field(i)
			list = appendScalars(list, wrap(f.Typ), at+f.Offset)
		}
		if paddedAtEnd(t.desc()) {
			list = append(list, scalar{})
		}
		return list
	}
	return append(list, scalar{uint32(at), uint8(t.Size()), false})
}

// paddedAtEnd reports whether the struct has a byte after its last field, which has size zero.
func paddedAtEnd(t *rt.Type) bool {
	n := t.NumField()
	return n > 0 && t.Field(n-1).Typ.Size() == 0 && t.Field(n-1).Offset > 0
}

func hasPadding(t *rtype) bool {
	switch t.kind() {
	case Array:
		return t.t.Len() > 0 && hasPadding(t.elem())
	case Struct:
		for i := range t.t.NumField() {
			if hasPadding(wrap(t.t.Field(i).Typ)) {
				return true
			}
		}
		return paddedAtEnd(t.desc())
	}
	return false
}

// load returns the scalar of the value at p as a word.
func (s scalar) load(p unsafe.Pointer) unsafe.Pointer {
	at := unsafe.Add(p, s.offset)
	switch s.size {
	case 1:
		return unsafe.Pointer(uintptr(*(*uint8)(at)))
	case 2:
		return unsafe.Pointer(uintptr(*(*uint16)(at)))
	case 4:
		return unsafe.Pointer(uintptr(*(*uint32)(at)))
	case 8:
		return *(*unsafe.Pointer)(at)
	}
	return nil
}

// store writes the low bytes of a word to the scalar of the value at p.
func (s scalar) store(p, word unsafe.Pointer) {
	at := unsafe.Add(p, s.offset)
	switch s.size {
	case 1:
		*(*uint8)(at) = uint8(uintptr(word))
	case 2:
		*(*uint16)(at) = uint16(uintptr(word))
	case 4:
		*(*uint32)(at) = uint32(uintptr(word))
	case 8:
		*(*unsafe.Pointer)(at) = word
	}
}
