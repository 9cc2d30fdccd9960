// SPDX-License-Identifier: BSD-3-Clause

package cell

import (
	"internal/rtype"
	"unsafe"
)

// The half of package cell that differs between the runtimes, for our own. Its other half are the files beside this one;
// the counterpart for real Go is gotk/runtimes/goshim/platform.go. The C side is gotk/native/src/cell.c.

//gotk:native cellmap
func cellmap(path unsafe.Pointer, length, size int, write bool) unsafe.Pointer

//gotk:native cellgetenv
func cellgetenv(key unsafe.Pointer, length int) (unsafe.Pointer, int)

//gotk:native cellnow
func cellnow() int64

//gotk:native exit
func nativeExit(code int)

func environment(key string) string {
	text, length := cellgetenv(unsafe.Pointer(unsafe.StringData(key)), len(key))
	return unsafe.String((*byte)(text), length)
}

func ioDir() string {
	return environment("GOTK_IO_DIR")
}

// now is the time since the program's start, ns.
func now() int64 {
	return cellnow()
}

// Seed returns the run's seed.
func Seed() int64 {
	n := int64(0)
	for _, c := range []byte(environment("GOTK_SEED")) {
		n = n*10 + int64(c-'0')
	}
	return n
}

func exit(code int) {
	nativeExit(code)
}

// atEnd: the runtime writes its own report.
func atEnd() {}

func mapFile(path string, size int, write bool) unsafe.Pointer {
	return cellmap(unsafe.Pointer(unsafe.StringData(path)), len(path), size, write)
}

func typeName(value any) string {
	t := rtype.TypeOf(value)
	if t == nil {
		return "nil"
	}
	return t.String()
}

func namedScalar(value any) (kind uint32, bits uint64, text string) {
	v := rtype.ValueOf(value)
	if !v.IsValid() {
		return 0, 0, ""
	}
	switch k := v.Kind(); {
	case k >= rtype.Int && k <= rtype.Int64:
		return kindInt, uint64(v.Int()), ""
	case k >= rtype.Uint && k <= rtype.Uintptr:
		return kindUint, v.Uint(), ""
	case k == rtype.Float32 || k == rtype.Float64:
		wide := v.Float()
		return kindFloat, *(*uint64)(unsafe.Pointer(&wide)), ""
	case k == rtype.String:
		return kindString, uint64(v.Len()), v.String()
	case k == rtype.Bool:
		if v.Bool() {
			return kindInt, 1, ""
		}
		return kindInt, 0, ""
	}
	return 0, 0, ""
}

func encode(b *buffer, value any) {
	encodeValue(b, rtype.ValueOf(value), 0)
}

func encodeValue(b *buffer, v rtype.Value, depth int) {
	if !v.IsValid() {
		b.tag('n')
		return
	}
	if depth > maxDepth {
		b.text('x', v.Typ.String()+" that contains itself")
		return
	}
	k := v.Kind()
	if (k == rtype.Pointer || k == rtype.Map || k == rtype.Func || k == rtype.Chan) && v.IsNil() {
		if k == rtype.Map {
			b.tag('m')
			b.word(0)
		} else {
			b.tag('n')
		}
		return
	}
	if k != rtype.Interface {
		whole := v.Interface()
		if err, ok := whole.(error); ok {
			b.text('s', err.Error())
			return
		}
		if t, ok := whole.(timeLike); ok {
			b.text('s', t.Format("2006-01-02T15:04:05.999999999Z07:00"))
			return
		}
	}
	switch {
	case k == rtype.Bool:
		if v.Bool() {
			b.tag('t')
		} else {
			b.tag('f')
		}
	case k >= rtype.Int && k <= rtype.Int64:
		b.tag('i')
		b.word(uint64(v.Int()))
	case k >= rtype.Uint && k <= rtype.Uintptr:
		b.tag('u')
		b.word(v.Uint())
	case k == rtype.Float32 || k == rtype.Float64:
		b.tag('d')
		b.float(v.Float())
	case k == rtype.Complex64 || k == rtype.Complex128:
		c := v.Complex()
		b.tag('c')
		b.float(real(c))
		b.float(imag(c))
	case k == rtype.String:
		b.text('s', v.String())
	case k == rtype.Array || k == rtype.Slice:
		encodeList(b, v, depth)
	case k == rtype.Map:
		b.tag('m')
		b.word(uint64(v.Len()))
		var it rtype.MapIter
		for it.Start(v); !it.Done(); it.Next() {
			key, elem := it.Entry(v)
			encodeValue(b, key, depth+1)
			encodeValue(b, elem, depth+1)
		}
	case k == rtype.Struct:
		b.tag('o')
		b.word(uint64(v.Typ.NumField()))
		for i := range v.Typ.NumField() {
			b.text('s', v.Typ.Field(i).Name)
			encodeValue(b, v.Field(i), depth+1)
		}
	case k == rtype.Pointer || k == rtype.Interface:
		encodeValue(b, v.Elem(), depth+1)
	default:
		b.text('x', v.Typ.String())
	}
}

// timeLike is time.Time, recognised by its method so that programs without times do not need the package.
type timeLike interface {
	Format(layout string) string
	UnixNano() int64
}

func encodeList(b *buffer, v rtype.Value, depth int) {
	elem := v.Typ.Elem()
	n := v.Len()
	if k := elem.Kind(); k >= rtype.Bool && k <= rtype.Complex128 {
		var p unsafe.Pointer
		if n > 0 {
			p = v.Index(0).Ptr
		}
		b.array(byte(k), p, n, int(elem.Size()))
		return
	}
	b.tag('l')
	b.word(uint64(n))
	for i := range n {
		encodeValue(b, v.Index(i), depth+1)
	}
}
