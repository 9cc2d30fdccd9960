// SPDX-License-Identifier: BSD-3-Clause

// Read, Write and the like: values of fixed size. Those are bools, numbers with a size in their name, and arrays and structs of
// them; at the top also pointers to them and slices of them.
package binary

import (
	"errors"
	"internal/rtype"
	"io"
	"math/bits"
	"slices"
	"unsafe"
)

var errBufferTooSmall = errors.New("buffer too small")

// sizeOf returns the encoded size of a type's values, -1 if it is not fixed. Padding and the like are not encoded.
func sizeOf(t *rtype.Type) int {
	switch t.Kind() {
	case rtype.Array:
		if n := sizeOf(t.Elem()); n >= 0 {
			return n * t.Len()
		}
	case rtype.Struct:
		sum := 0
		for i := range t.NumField() {
			n := sizeOf(t.Field(i).Typ)
			if n < 0 {
				return -1
			}
			sum += n
		}
		return sum
	case rtype.Bool, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64,
		rtype.Float32, rtype.Float64, rtype.Complex64, rtype.Complex128:
		return int(t.Size())
	}
	return -1
}

// dataSize returns the encoded size of a value at the top, -1 if it is not fixed.
func dataSize(v rtype.Value) int {
	if v.Typ == nil {
		return -1
	}
	if v.Typ.Kind() == rtype.Slice {
		if n := sizeOf(v.Typ.Elem()); n >= 0 {
			return n * v.Len()
		}
		return -1
	}
	return sizeOf(v.Typ)
}

// indirect follows a pointer.
func indirect(v rtype.Value) rtype.Value {
	if v.Typ != nil && v.Typ.Kind() == rtype.Pointer {
		return v.Elem()
	}
	return v
}

// target returns what Read and Decode write to.
func target(data any) (v rtype.Value, size int) {
	v = rtype.ValueOf(data)
	if v.Typ == nil {
		return v, -1
	}
	switch v.Typ.Kind() {
	case rtype.Pointer:
		v = v.Elem()
		return v, dataSize(v)
	case rtype.Slice:
		return v, dataSize(v)
	}
	return v, -1
}

func typeName(data any) string {
	if t := rtype.TypeOf(data); t != nil {
		return t.String()
	}
	return "<nil>"
}

// Size returns how many bytes Write would write, -1 if v is not of fixed size.
func Size(v any) int { return dataSize(indirect(rtype.ValueOf(v))) }

// Read reads as many bytes as data, a pointer or slice, takes.
func Read(r io.Reader, order ByteOrder, data any) error {
	v, size := target(data)
	if size < 0 {
		return errors.New("binary.Read: invalid type " + typeName(data))
	}
	buf := make([]byte, size)
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	(&coder{order, wordsOf(order), buf}).decode(v)
	return nil
}

// Decode reads data, a pointer or slice, from buf, and returns how many bytes it took.
func Decode(buf []byte, order ByteOrder, data any) (int, error) {
	v, size := target(data)
	if size < 0 {
		return 0, errors.New("binary.Decode: invalid type " + typeName(data))
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	(&coder{order, wordsOf(order), buf}).decode(v)
	return size, nil
}

// Write writes data.
func Write(w io.Writer, order ByteOrder, data any) error {
	v := indirect(rtype.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return errors.New("binary.Write: some values are not fixed-sized in type " + typeName(data))
	}
	buf := make([]byte, size)
	(&coder{order, wordsOf(order), buf}).encode(v)
	_, err := w.Write(buf)
	return err
}

// Encode writes data to buf and returns how many bytes it took.
func Encode(buf []byte, order ByteOrder, data any) (int, error) {
	v := indirect(rtype.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return 0, errors.New("binary.Encode: some values are not fixed-sized in type " + typeName(data))
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	(&coder{order, wordsOf(order), buf}).encode(v)
	return size, nil
}

// Append appends data.
func Append(buf []byte, order ByteOrder, data any) ([]byte, error) {
	v := indirect(rtype.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return nil, errors.New("binary.Append: some values are not fixed-sized in type " + typeName(data))
	}
	n := len(buf)
	buf = slices.Grow(buf, size)[:n+size]
	(&coder{order, wordsOf(order), buf[n:]}).encode(v)
	return buf, nil
}

// words is how an order lays out a word, seen from this machine.
type words uint8

const (
	other words = iota // only the order's methods know
	same
	swapped
)

func wordsOf(order ByteOrder) words {
	switch order.(type) {
	case littleEndian, nativeEndian:
		return same
	case bigEndian:
		return swapped
	}
	return other
}

// coder goes through a value and its encoding at the same time.
type coder struct {
	order ByteOrder
	words words
	buf   []byte // what is left
}

// word returns the size of a number's words (a complex number has two), 0 if t is no number.
func word(t *rtype.Type) int {
	switch t.Kind() {
	case rtype.Complex64, rtype.Complex128:
		return int(t.Size()) / 2
	case rtype.Array, rtype.Struct, rtype.Bool:
		return 0
	}
	return int(t.Size())
}

// swap copies words of this size between a value and its encoding, in either direction.
func (c *coder) swap(dst, src []byte, size int) {
	n := len(src)
	if c.words == same || size == 1 {
		copy(dst, src)
		return
	}
	d, s := unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(src))
	switch size {
	case 2:
		for i := 0; i < n; i += 2 {
			*(*uint16)(unsafe.Add(d, i)) = bits.ReverseBytes16(*(*uint16)(unsafe.Add(s, i)))
		}
	case 4:
		for i := 0; i < n; i += 4 {
			*(*uint32)(unsafe.Add(d, i)) = bits.ReverseBytes32(*(*uint32)(unsafe.Add(s, i)))
		}
	case 8:
		for i := 0; i < n; i += 8 {
			*(*uint64)(unsafe.Add(d, i)) = bits.ReverseBytes64(*(*uint64)(unsafe.Add(s, i)))
		}
	}
}

func (c *coder) take(n int) []byte {
	b := c.buf[:n]
	c.buf = c.buf[n:]
	return b
}

// put encodes n bytes of memory that hold words of this size.
func (c *coder) put(p unsafe.Pointer, n, size int) {
	mem, b := unsafe.Slice((*byte)(p), n), c.take(n)
	if c.words != other || size == 1 {
		c.swap(b, mem, size)
		return
	}
	for i := 0; i < n; i += size {
		switch size {
		case 2:
			c.order.PutUint16(b[i:], *(*uint16)(unsafe.Add(p, i)))
		case 4:
			c.order.PutUint32(b[i:], *(*uint32)(unsafe.Add(p, i)))
		case 8:
			c.order.PutUint64(b[i:], *(*uint64)(unsafe.Add(p, i)))
		}
	}
}

// get decodes n bytes of memory.
func (c *coder) get(p unsafe.Pointer, n, size int) {
	mem, b := unsafe.Slice((*byte)(p), n), c.take(n)
	if c.words != other || size == 1 {
		c.swap(mem, b, size)
		return
	}
	for i := 0; i < n; i += size {
		switch size {
		case 2:
			*(*uint16)(unsafe.Add(p, i)) = c.order.Uint16(b[i:])
		case 4:
			*(*uint32)(unsafe.Add(p, i)) = c.order.Uint32(b[i:])
		case 8:
			*(*uint64)(unsafe.Add(p, i)) = c.order.Uint64(b[i:])
		}
	}
}

func (c *coder) encode(v rtype.Value) {
	switch v.Typ.Kind() {
	case rtype.Array, rtype.Slice:
		n := v.Len()
		if n == 0 {
			return
		}
		if size := word(v.Typ.Elem()); size > 0 {
			c.put(v.Index(0).Ptr, n*int(v.Typ.Elem().Size()), size)
			return
		}
		for i := range n {
			c.encode(v.Index(i))
		}
	case rtype.Struct:
		for i := range v.Typ.NumField() {
			if f := v.Typ.Field(i); f.Name != "_" {
				c.encode(v.Field(i))
			} else {
				clear(c.take(sizeOf(f.Typ)))
			}
		}
	case rtype.Bool:
		b := c.take(1)
		b[0] = 0
		if v.Bool() {
			b[0] = 1
		}
	default:
		c.put(v.Ptr, int(v.Typ.Size()), word(v.Typ))
	}
}

func (c *coder) decode(v rtype.Value) {
	switch v.Typ.Kind() {
	case rtype.Array, rtype.Slice:
		n := v.Len()
		if n == 0 {
			return
		}
		if size := word(v.Typ.Elem()); size > 0 {
			c.get(v.Index(0).Ptr, n*int(v.Typ.Elem().Size()), size)
			return
		}
		for i := range n {
			c.decode(v.Index(i))
		}
	case rtype.Struct:
		for i := range v.Typ.NumField() {
			switch f := v.Typ.Field(i); {
			case f.Name == "_":
				c.take(sizeOf(f.Typ))
			case !f.Exported() && !f.Embedded():
				panic("reflect: reflect.Value.Set using value obtained using unexported field")
			default:
				c.decode(v.Field(i))
			}
		}
	case rtype.Bool:
		*(*bool)(v.Ptr) = c.take(1)[0] != 0
	default:
		c.get(v.Ptr, int(v.Typ.Size()), word(v.Typ))
	}
}
