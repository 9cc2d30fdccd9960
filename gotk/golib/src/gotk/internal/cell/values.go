// SPDX-License-Identifier: BSD-3-Clause

package cell

import "unsafe"

// Array maps the file of an input of n elements. The program may write to it; the file keeps its content.
func Array[T any](file string, n int) []T {
	return input[T](file, n)
}

// Rows is Array for a two-dimensional input: rows slices over one block of memory.
func Rows[T any](file string, rows, cols int) [][]T {
	flat := input[T](file, rows*cols)
	out := make([][]T, rows)
	for i := range out {
		out[i] = flat[i*cols : (i+1)*cols : (i+1)*cols]
	}
	return out
}

func input[T any](file string, n int) []T {
	var zero T
	base := mapFile(ioDir()+"/"+file, n*int(unsafe.Sizeof(zero)), false)
	if base == nil {
		panic("gotk: the input " + file + " cannot be read")
	}
	return unsafe.Slice((*T)(base), n)
}

// Inf, NaN and NegZero are the floats that Go has no literals for.
func Inf(sign int) float64 {
	bits := uint64(0x7FF0000000000000)
	if sign < 0 {
		bits |= 1 << 63
	}
	return *(*float64)(unsafe.Pointer(&bits))
}

// NaN is not a number.
func NaN() float64 {
	bits := uint64(0x7FF8000000000001)
	return *(*float64)(unsafe.Pointer(&bits))
}

// NegZero is -0.0.
func NegZero() float64 {
	bits := uint64(1) << 63
	return *(*float64)(unsafe.Pointer(&bits))
}

var finish func()

// Begin stands in main as "defer cell.Begin(outputs)()": at its end, also by a panic, the outputs are written and what the
// runtime measured. Exit does the same for programs that end by os.Exit, which runs no deferred calls.
func Begin(outputs func()) func() {
	finish = func() {
		finish = nil
		if outputs != nil {
			outputs()
		}
		atEnd()
	}
	return func() {
		if f := finish; f != nil {
			f()
		}
	}
}

// Checkpoint writes what the runtime has measured so far, for programs whose end comes unannounced.
func Checkpoint() { atEnd() }

// Exit stands for os.Exit in a program with outputs.
func Exit(code int) {
	if f := finish; f != nil {
		f()
	}
	exit(code)
}

// Out writes the variable name for Python: file out_NAME in the run's directory, in the format that follows.
//
// A value is a tag byte and its content. n nil; t, f bool; i int64; u uint64; d float64; c two float64; s length and
// bytes; a array of numbers: a byte that is its element's kind (numbered as in reflect.Kind), its count and the elements as they
// lie in memory; l list: count and values; m map: count and pairs; o struct: count and pairs of string and value;
// x a value that Python cannot take: length and the Go type. Numbers are 8 bytes, little endian, unaligned.
func Out(name string, value any) {
	dir := ioDir()
	if dir == "" {
		return
	}
	b := &buffer{}
	encode(b, value)
	base := mapFile(dir+"/out_"+name, len(b.data), true)
	if base != nil {
		copy(unsafe.Slice((*byte)(base), len(b.data)), b.data)
	}
}

type buffer struct {
	data []byte
}

func (b *buffer) tag(t byte) {
	b.data = append(b.data, t)
}

func (b *buffer) word(w uint64) {
	b.data = append(b.data, byte(w), byte(w>>8), byte(w>>16), byte(w>>24),
		byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
}

func (b *buffer) float(f float64) {
	b.word(*(*uint64)(unsafe.Pointer(&f)))
}

func (b *buffer) text(t byte, s string) {
	b.data = append(b.data, t)
	b.word(uint64(len(s)))
	b.data = append(b.data, s...)
}

// array appends n elements of size bytes each, as they lie at p.
func (b *buffer) array(kind byte, p unsafe.Pointer, n, size int) {
	b.data = append(b.data, 'a', kind)
	b.word(uint64(n))
	if n > 0 {
		b.data = append(b.data, unsafe.Slice((*byte)(p), n*size)...)
	}
}

// maxDepth ends the encoding of values that contain themselves.
const maxDepth = 100
