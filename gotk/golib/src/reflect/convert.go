// SPDX-License-Identifier: BSD-3-Clause

// Conversions.
package reflect

import (
	rt "internal/rtype"
	"math"
	"strconv"
)

// Convert returns v converted to the type.
func (v Value) Convert(t Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.boundMethod()
	}
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Convert", Invalid})
	}
	op := conversion(t.common(), v.typ)
	if op == nil {
		panic("reflect.Value.Convert: value of type " + v.typ.String() + " cannot be converted to type " + t.String())
	}
	return op(v, t.common())
}

// CanConvert reports whether Convert does not panic.
func (v Value) CanConvert(t Type) bool {
	vt := v.Type()
	if !vt.ConvertibleTo(t) {
		return false
	}
	if vt.Kind() != Slice {
		return true
	}
	switch {
	case t.Kind() == Array:
		return t.Len() <= v.Len()
	case t.Kind() == Pointer && t.Elem().Kind() == Array:
		return t.Elem().Len() <= v.Len()
	}
	return true
}

type converter = func(v Value, to *rtype) Value

// conversion returns how to convert a value of type from to type to, nil if that is not allowed.
func conversion(to, from *rtype) converter {
	k := to.kind()
	switch f := from.kind(); {
	case f.isInt() || f.isUint():
		switch {
		case k.isInt() || k.isUint():
			return integerToInteger
		case k.isFloat():
			return integerToFloat
		case k == String:
			return integerToString
		}
	case f.isFloat():
		switch {
		case k.isInt():
			return floatToInt
		case k.isUint():
			return floatToUint
		case k.isFloat():
			return floatToFloat
		}
	case f.isComplex():
		if k.isComplex() {
			return complexToComplex
		}
	case f == String:
		// The elements must not be of a defined type.
		if k == Slice && to.elem().PkgPath() == "" {
			switch to.elem().kind() {
			case Uint8:
				return stringToBytes
			case Int32:
				return stringToRunes
			}
		}
	case f == Slice:
		if k == String && from.elem().PkgPath() == "" {
			switch from.elem().kind() {
			case Uint8:
				return bytesToString
			case Int32:
				return runesToString
			}
		}
		if k == Pointer && to.elem().kind() == Array && from.elem() == to.elem().elem() {
			return sliceToArrayPointer
		}
		if k == Array && from.elem() == to.elem() {
			return sliceToArray
		}
	case f == Chan:
		if k == Chan && from.t.ChanDir() == int(BothDir) && from.elem() == to.elem() && (from.Name() == "" || to.Name() == "") {
			return sameMemory
		}
	}
	if identical(to, from) {
		return sameMemory
	}
	if k == Pointer && !to.t.Named() && from.kind() == Pointer && !from.t.Named() && identical(to.elem(), from.elem()) {
		return sameMemory
	}
	if k == Interface && from.desc().Implements(to.desc()) {
		return toInterface
	}
	return nil
}

// identical reports whether the underlying types are identical but for struct tags.
func identical(t, u *rtype) bool {
	if t == u {
		return true
	}
	k := t.kind()
	if k != u.kind() {
		return false
	}
	if Bool <= k && k <= Complex128 || k == String || k == UnsafePointer {
		return true
	}
	a, b := &t.t, &u.t
	switch k {
	case Array:
		return a.Len() == b.Len() && sameType(t.elem(), u.elem())
	case Chan:
		return a.ChanDir() == b.ChanDir() && sameType(t.elem(), u.elem())
	case Func:
		if a.NumIn() != b.NumIn() || a.NumOut() != b.NumOut() || a.Variadic() != b.Variadic() {
			return false
		}
		for i := range a.NumIn() + a.NumOut() {
			if !sameType(wrap(a.In(i)), wrap(b.In(i))) {
				return false
			}
		}
		return true
	case Interface:
		return rt.SameUnderlying(t.desc(), u.desc())
	case Map:
		return sameType(wrap(a.Key()), wrap(b.Key())) && sameType(t.elem(), u.elem())
	case Pointer, Slice:
		return sameType(t.elem(), u.elem())
	case Struct:
		if a.NumField() != b.NumField() {
			return false
		}
		for i := range a.NumField() {
			f, g := a.Field(i), b.Field(i)
			if f.Name != g.Name || f.PkgPath != g.PkgPath || f.Embedded() != g.Embedded() || !sameType(wrap(f.Typ), wrap(g.Typ)) {
				return false
			}
		}
		return true
	}
	return false
}

// sameType reports whether types within two types are identical but for tags.
func sameType(t, u *rtype) bool {
	if t == u {
		return true
	}
	return !t.t.Named() && !u.t.Named() && identical(t, u)
}

// result makes a new value of type to, and returns it with its address.
func result(v Value, to *rtype) Value {
	return Value{to, newCell(to), v.ro() | flagIndir | flag(to.kind())}
}

func setBits(x Value, bits uint64) Value {
	switch x.typ.Size() {
	case 1:
		*(*uint8)(x.ptr) = uint8(bits)
	case 2:
		*(*uint16)(x.ptr) = uint16(bits)
	case 4:
		*(*uint32)(x.ptr) = uint32(bits)
	case 8:
		*(*uint64)(x.ptr) = bits
	}
	return x
}

func (v Value) integerBits() uint64 {
	if v.kind().isInt() {
		return uint64(v.Int())
	}
	return v.Uint()
}

func integerToInteger(v Value, to *rtype) Value { return setBits(result(v, to), v.integerBits()) }

func setFloat(x Value, f float64) Value {
	if x.typ.Size() == 4 {
		*(*float32)(x.ptr) = float32(f)
	} else {
		*(*float64)(x.ptr) = f
	}
	return x
}

func integerToFloat(v Value, to *rtype) Value {
	if v.kind().isInt() {
		return setFloat(result(v, to), float64(v.Int()))
	}
	return setFloat(result(v, to), float64(v.Uint()))
}

func floatToInt(v Value, to *rtype) Value  { return setBits(result(v, to), uint64(int64(v.Float()))) }
func floatToUint(v Value, to *rtype) Value { return setBits(result(v, to), uint64(v.Float())) }

func floatToFloat(v Value, to *rtype) Value {
	if v.kind() == Float32 && to.kind() == Float32 {
		// As it is: a trip through float64 would quieten a signalling NaN.
		return setBits(result(v, to), uint64(math.Float32bits(*(*float32)(v.ptr))))
	}
	return setFloat(result(v, to), v.Float())
}

func complexToComplex(v Value, to *rtype) Value {
	x := result(v, to)
	if to.kind() == Complex64 {
		*(*complex64)(x.ptr) = complex64(v.Complex())
	} else {
		*(*complex128)(x.ptr) = v.Complex()
	}
	return x
}

func integerToString(v Value, to *rtype) Value {
	s := "\uFFFD"
	if v.kind().isInt() {
		if x := v.Int(); int64(rune(x)) == x {
			s = string(rune(x))
		}
	} else if x := v.Uint(); uint64(rune(x)) == x {
		s = string(rune(x))
	}
	x := result(v, to)
	*(*string)(x.ptr) = s
	return x
}

func bytesToString(v Value, to *rtype) Value {
	x := result(v, to)
	*(*string)(x.ptr) = string(v.Bytes())
	return x
}

func runesToString(v Value, to *rtype) Value {
	x := result(v, to)
	*(*string)(x.ptr) = string(v.runes())
	return x
}

func stringToBytes(v Value, to *rtype) Value {
	x := result(v, to)
	*(*[]byte)(x.ptr) = []byte(v.String())
	return x
}

func stringToRunes(v Value, to *rtype) Value {
	x := result(v, to)
	*(*[]rune)(x.ptr) = []rune(v.String())
	return x
}

func tooShort(have int, what string, want int) string {
	return "reflect: cannot convert slice with length " + strconv.Itoa(have) + " to " + what + " with length " + strconv.Itoa(want)
}

func sliceToArrayPointer(v Value, to *rtype) Value {
	h := (*sliceHeader)(v.ptr)
	if n := to.elem().t.Len(); n > h.len {
		panic(tooShort(h.len, "pointer to array", n))
	}
	return Value{to, h.data, v.flag&^(flagIndir|flagAddr|flagKindMask) | flag(Pointer)}
}

func sliceToArray(v Value, to *rtype) Value {
	h := (*sliceHeader)(v.ptr)
	if n := to.t.Len(); n > h.len {
		panic(tooShort(h.len, "array", n))
	}
	return copied(to, h.data, v.ro())
}

// sameMemory changes the type alone.
func sameMemory(v Value, to *rtype) Value {
	f := v.ro() | flag(to.kind())
	if v.flag&flagIndir == 0 {
		return Value{to, v.ptr, f}
	}
	if v.flag&flagAddr != 0 {
		return copied(to, v.ptr, v.ro())
	}
	return Value{to, v.ptr, f | flagIndir}
}

func toInterface(v Value, to *rtype) Value {
	x := result(v, to)
	if v.kind() != Interface || !v.IsNil() {
		rt.Value{Typ: to.desc(), Ptr: x.ptr}.Set(v.low())
	}
	return x
}
