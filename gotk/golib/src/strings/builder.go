// SPDX-License-Identifier: BSD-3-Clause

// Builder: a string made bit by bit.
package strings

import (
	"internal/bytealg"
	"unicode/utf8"
)

// Builder collects text; String returns it without a copy. A Builder that was written to must not be copied.
type Builder struct {
	addr *Builder // itself, from the first write on, to find copies
	buf  []byte
}

// first is called by what writes if addr is not b: at the first write, or in a copy. Callers compare themselves, since they
// are compiled into other packages and this is not.
func (b *Builder) first() {
	if b.addr != nil {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
	b.addr = b
}

// String returns what was written.
func (b *Builder) String() string { return bytealg.String(b.buf) }

// Len returns the bytes written.
func (b *Builder) Len() int { return len(b.buf) }

// Cap returns the bytes of room, written ones included.
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset makes b empty; strings returned before stay as they are.
func (b *Builder) Reset() {
	b.addr = nil
	b.buf = nil
}

// Grow makes room for n more bytes.
func (b *Builder) Grow(n int) {
	if b.addr != b {
		b.first()
	}
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) < n {
		b.buf = append(make([]byte, 0, 2*cap(b.buf)+n), b.buf...)
	}
}

// Write appends p.
func (b *Builder) Write(p []byte) (int, error) {
	if b.addr != b {
		b.first()
	}
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c.
func (b *Builder) WriteByte(c byte) error {
	if b.addr != b {
		b.first()
	}
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends the encoding of r and returns its length.
func (b *Builder) WriteRune(r rune) (int, error) {
	if b.addr != b {
		b.first()
	}
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

// WriteString appends s.
func (b *Builder) WriteString(s string) (int, error) {
	if b.addr != b {
		b.first()
	}
	b.buf = append(b.buf, s...)
	return len(s), nil
}
