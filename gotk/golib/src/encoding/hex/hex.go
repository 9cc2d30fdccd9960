// SPDX-License-Identifier: BSD-3-Clause

// Package hex writes and reads bytes as hexadecimal digits, and dumps them as hexdump -C does.
package hex

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unsafe"
)

const digits = "0123456789abcdef"

// ErrLength says that digits come in pairs.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is a byte that is no digit.
type InvalidByteError byte

func (e InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(e))
}

// EncodedLen returns the length of the encoding of n bytes.
func EncodedLen(n int) int { return n * 2 }

// DecodedLen returns how many bytes x digits are.
func DecodedLen(x int) int { return x / 2 }

// Encode writes src's digits to dst and returns how many.
func Encode(dst, src []byte) int {
	_ = dst[:2*len(src)]
	for i, c := range src {
		dst[2*i] = digits[c>>4]
		dst[2*i+1] = digits[c&15]
	}
	return 2 * len(src)
}

// AppendEncode appends src's digits.
func AppendEncode(dst, src []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, 2*len(src))[:n+2*len(src)]
	Encode(dst[n:], src)
	return dst
}

// EncodeToString returns src's digits.
func EncodeToString(src []byte) string {
	dst := AppendEncode(nil, src)
	return unsafe.String(unsafe.SliceData(dst), len(dst))
}

// values holds a digit's value plus one, 0 for what is none.
var values = [256]byte{
	'0': 1, '1': 2, '2': 3, '3': 4, '4': 5, '5': 6, '6': 7, '7': 8, '8': 9, '9': 10,
	'a': 11, 'b': 12, 'c': 13, 'd': 14, 'e': 15, 'f': 16, 'A': 11, 'B': 12, 'C': 13, 'D': 14, 'E': 15, 'F': 16,
}

// value returns the value of a digit, 255 if c is none.
func value(c byte) byte { return values[c] - 1 }

// Decode writes the bytes that src's digits are to dst and returns how many, up to an error.
func Decode(dst, src []byte) (int, error) {
	n := 0
	for ; n < len(src)/2; n++ {
		pair := src[2*n : 2*n+2]
		hi, lo := value(pair[0]), value(pair[1])
		if hi|lo > 15 {
			if hi > 15 {
				return n, InvalidByteError(pair[0])
			}
			return n, InvalidByteError(pair[1])
		}
		dst[n] = hi<<4 | lo
	}
	if len(src)%2 == 1 { // a wrong byte is reported first
		if last := src[len(src)-1]; value(last) > 15 {
			return n, InvalidByteError(last)
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode appends the bytes that src's digits are, up to an error.
func AppendDecode(dst, src []byte) ([]byte, error) {
	n := len(dst)
	dst = slices.Grow(dst, len(src)/2)
	k, err := Decode(dst[n:n+len(src)/2], src)
	return dst[:n+k], err
}

// DecodeString returns the bytes that s's digits are, up to an error.
func DecodeString(s string) ([]byte, error) {
	dst := make([]byte, len(s)/2)
	n, err := Decode(dst, unsafe.Slice(unsafe.StringData(s), len(s)))
	return dst[:n], err
}

type encoder struct {
	w   io.Writer
	err error
	out [1024]byte
}

// NewEncoder returns a writer that writes digits to w.
func NewEncoder(w io.Writer) io.Writer { return &encoder{w: w} }

func (e *encoder) Write(p []byte) (n int, err error) {
	for len(p) > 0 && e.err == nil {
		part := p[:min(len(p), len(e.out)/2)]
		var written int
		written, e.err = e.w.Write(e.out[:Encode(e.out[:], part)])
		n += written / 2
		p = p[len(part):]
	}
	return n, e.err
}

type decoder struct {
	r   io.Reader
	err error
	in  []byte // digits not yet decoded, in buf
	buf [1024]byte
}

// NewDecoder returns a reader of the bytes that r's digits are.
func NewDecoder(r io.Reader) io.Reader { return &decoder{r: r} }

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.in) < 2 && d.err == nil {
		have := copy(d.buf[:], d.in)
		var k int
		k, d.err = d.r.Read(d.buf[have:])
		d.in = d.buf[:have+k]
		if d.err == io.EOF && len(d.in)%2 != 0 {
			if last := d.in[len(d.in)-1]; value(last) > 15 {
				d.err = InvalidByteError(last)
			} else {
				d.err = io.ErrUnexpectedEOF
			}
		}
	}
	if whole := len(d.in) / 2; len(p) > whole {
		p = p[:whole]
	}
	n, err = Decode(p, d.in[:2*len(p)])
	d.in = d.in[2*n:]
	if err != nil {
		d.in, d.err = nil, err
	}
	if len(d.in) < 2 {
		return n, d.err
	}
	return n, nil
}

// Dump returns data as lines of offset, 16 bytes, and text.
func Dump(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	var out strings.Builder
	out.Grow((len(data) + 15) / 16 * 79)
	d := Dumper(&out)
	d.Write(data)
	d.Close()
	return out.String()
}

// Dumper returns a writer that dumps to w; Close writes the last line.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{w: w} }

type dumper struct {
	w      io.Writer
	row    [16]byte
	n      int // bytes of row
	offset uint
	closed bool
}

func (d *dumper) Write(p []byte) (n int, err error) {
	if d.closed {
		return 0, errors.New("encoding/hex: dumper closed")
	}
	for i, c := range p {
		d.row[d.n] = c
		if d.n++; d.n == len(d.row) {
			if err := d.line(); err != nil {
				return i, err
			}
		}
	}
	return len(p), nil
}

func (d *dumper) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.n == 0 {
		return nil
	}
	return d.line()
}

// line writes the row.
func (d *dumper) line() error {
	line := make([]byte, 0, 80)
	for shift := 28; shift >= 0; shift -= 4 {
		line = append(line, digits[d.offset>>shift&15])
	}
	line = append(line, "  "...)
	for i := range d.row {
		if i == 8 {
			line = append(line, ' ')
		}
		if i < d.n {
			line = append(line, digits[d.row[i]>>4], digits[d.row[i]&15], ' ')
		} else {
			line = append(line, "   "...)
		}
	}
	line = append(line, " |"...)
	for _, c := range d.row[:d.n] {
		if c < 32 || c > 126 {
			c = '.'
		}
		line = append(line, c)
	}
	line = append(line, "|\n"...)
	d.offset += uint(d.n)
	d.n = 0
	_, err := d.w.Write(line)
	return err
}
