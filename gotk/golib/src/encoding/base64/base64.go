// SPDX-License-Identifier: BSD-3-Clause

// Package base64 writes three bytes as four characters (RFC 4648).
package base64

import (
	"io"
	"slices"
	"strconv"
	"unsafe"
)

const (
	StdPadding rune = '=' // what fills the last four characters
	NoPadding  rune = -1
)

// Values of decoding's table that are no digits.
const (
	wrong   = 255
	newline = 254 // ignored
)

// Encoding is an alphabet of 64 characters and a padding.
type Encoding struct {
	chars  [64]byte
	values [256]byte
	pad    rune
	strict bool
}

// NewEncoding returns the encoding of these 64 different bytes, with the standard padding.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
	}
	e := &Encoding{pad: StdPadding}
	for i := range e.values {
		e.values[i] = wrong
	}
	for i := range len(encoder) {
		c := encoder[i]
		switch {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case e.values[c] != wrong:
			panic("encoding alphabet includes duplicate symbols")
		}
		e.chars[i] = c
		e.values[c] = byte(i)
	}
	e.values['\n'], e.values['\r'] = newline, newline
	return e
}

// WithPadding returns a copy of enc with this padding.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff:
		panic("invalid padding")
	case padding != NoPadding && enc.values[byte(padding)] != wrong:
		panic("padding contained in alphabet")
	}
	enc.pad = padding
	return &enc
}

// Strict returns a copy of enc that takes unused bits other than 0 for an error.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

// StdEncoding is the alphabet with + and /.
var StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

// URLEncoding is the alphabet with - and _, for file names and addresses.
var URLEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

// RawStdEncoding is StdEncoding without padding.
var RawStdEncoding = StdEncoding.WithPadding(NoPadding)

// RawURLEncoding is URLEncoding without padding.
var RawURLEncoding = URLEncoding.WithPadding(NoPadding)

// CorruptInputError is the offset of a byte that should not be there.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// EncodedLen returns the length of the encoding of n bytes.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen returns the most bytes that n characters are.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// Encode writes src's encoding, of EncodedLen(len(src)) bytes, to dst.
func (enc *Encoding) Encode(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	chars := &enc.chars
	for len(src) >= 3 {
		v := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		d := dst[:4]
		d[0] = chars[v>>18&63]
		d[1] = chars[v>>12&63]
		d[2] = chars[v>>6&63]
		d[3] = chars[v&63]
		src, dst = src[3:], dst[4:]
	}
	switch len(src) {
	case 1:
		dst[0], dst[1] = chars[src[0]>>2], chars[src[0]&3<<4]
		if enc.pad != NoPadding {
			dst[2], dst[3] = byte(enc.pad), byte(enc.pad)
		}
	case 2:
		dst[0], dst[1], dst[2] = chars[src[0]>>2], chars[src[0]&3<<4|src[1]>>4], chars[src[1]&15<<2]
		if enc.pad != NoPadding {
			dst[3] = byte(enc.pad)
		}
	}
}

// AppendEncode appends src's encoding.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	n, size := len(dst), enc.EncodedLen(len(src))
	dst = slices.Grow(dst, size)[:n+size]
	enc.Encode(dst[n:], src)
	return dst
}

// EncodeToString returns src's encoding.
func (enc *Encoding) EncodeToString(src []byte) string {
	dst := make([]byte, enc.EncodedLen(len(src)))
	enc.Encode(dst, src)
	return unsafe.String(unsafe.SliceData(dst), len(dst))
}

// Decode writes the bytes that src encodes to dst, which has room for DecodedLen(len(src)), and returns how many, up to an error.
// Line ends within src are ignored.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	values := &enc.values
	i := 0
	for i < len(src) {
		for len(src)-i >= 4 && len(dst)-n >= 3 { // whole groups, without line ends
			s := src[i : i+4]
			a, b, c, d := values[s[0]], values[s[1]], values[s[2]], values[s[3]]
			if a|b|c|d >= 64 {
				break
			}
			v := uint(a)<<18 | uint(b)<<12 | uint(c)<<6 | uint(d)
			o := dst[n : n+3]
			o[0], o[1], o[2] = byte(v>>16), byte(v>>8), byte(v)
			n += 3
			i += 4
		}
		if i == len(src) {
			break
		}
		var k int
		i, k, err = enc.group(dst[n:], src, i)
		n += k
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// group decodes four characters at src[i:], or the last ones, with line ends and padding among them. It returns where the next begin.
func (enc *Encoding) group(dst, src []byte, i int) (next, n int, err error) {
	var d [4]byte
	have := 0
	skip := func() {
		for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
			i++
		}
	}
	for have < 4 {
		if i == len(src) {
			switch {
			case have == 0:
				return i, 0, nil
			case have == 1, enc.pad != NoPadding:
				return i, 0, CorruptInputError(i - have)
			}
			break
		}
		c := src[i]
		i++
		v := enc.values[c]
		if v < 64 {
			d[have] = v
			have++
			continue
		}
		if v == newline {
			continue
		}
		if rune(c) != enc.pad || have < 2 {
			return i, 0, CorruptInputError(i - 1)
		}
		if have == 2 { // a second padding follows
			skip()
			if i == len(src) {
				return i, 0, CorruptInputError(len(src))
			}
			if rune(src[i]) != enc.pad {
				return i, 0, CorruptInputError(i - 1)
			}
			i++
		}
		skip()
		if i < len(src) {
			err = CorruptInputError(i)
		}
		break
	}
	v := uint(d[0])<<18 | uint(d[1])<<12 | uint(d[2])<<6 | uint(d[3])
	if enc.strict && (have == 2 && v>>8&255 != 0 || have == 3 && v&255 != 0) {
		return i, 0, CorruptInputError(i - 4 + have)
	}
	n = have * 6 / 8
	for k := range n {
		dst[k] = byte(v >> (16 - 8*k))
	}
	return i, n, err
}

// AppendDecode appends the bytes that src encodes, up to an error.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	// Without the padding, whose length DecodedLen would count.
	n := len(src)
	for n > 0 && rune(src[n-1]) == enc.pad {
		n--
	}
	n = n/4*3 + n%4*6/8
	dst = slices.Grow(dst, n)
	k, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+k], err
}

// DecodeString returns the bytes that s encodes, up to an error.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	dst := make([]byte, enc.DecodedLen(len(s)))
	n, err := enc.Decode(dst, unsafe.Slice(unsafe.StringData(s), len(s)))
	return dst[:n], err
}

type encoder struct {
	enc  *Encoding
	w    io.Writer
	err  error
	rest [3]byte
	n    int // bytes of rest
	out  [1024]byte
}

// NewEncoder returns a writer that writes encodings to w; Close writes the last group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser { return &encoder{enc: enc, w: w} }

func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	if e.n > 0 {
		k := copy(e.rest[e.n:], p)
		e.n += k
		n += k
		p = p[k:]
		if e.n < 3 {
			return n, nil
		}
		e.enc.Encode(e.out[:], e.rest[:])
		if _, e.err = e.w.Write(e.out[:4]); e.err != nil {
			return n, e.err
		}
		e.n = 0
	}
	for len(p) >= 3 {
		part := p[:min(len(p), len(e.out)/4*3)/3*3]
		e.enc.Encode(e.out[:], part)
		if _, e.err = e.w.Write(e.out[:len(part)/3*4]); e.err != nil {
			return n, e.err
		}
		n += len(part)
		p = p[len(part):]
	}
	e.n = copy(e.rest[:], p)
	return n + e.n, nil
}

func (e *encoder) Close() error {
	if e.err == nil && e.n > 0 {
		e.enc.Encode(e.out[:], e.rest[:e.n])
		_, e.err = e.w.Write(e.out[:e.enc.EncodedLen(e.n)])
		e.n = 0
	}
	return e.err
}

// withoutLineEnds reads r, dropping line ends.
type withoutLineEnds struct{ r io.Reader }

func (f withoutLineEnds) Read(p []byte) (int, error) {
	for {
		n, err := f.r.Read(p)
		k := 0
		for _, c := range p[:n] {
			if c != '\n' && c != '\r' {
				p[k] = c
				k++
			}
		}
		if k > 0 || n == 0 || err != nil {
			return k, err
		}
	}
}

type decoder struct {
	enc     *Encoding
	r       io.Reader
	err     error
	readErr error
	in      []byte // characters not yet decoded, in buf
	out     []byte // bytes not yet read, in bytes
	buf     [1024]byte
	bytes   [1024 / 4 * 3]byte
}

// NewDecoder returns a reader of the bytes that r encodes.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &decoder{enc: enc, r: withoutLineEnds{r}}
}

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.out) > 0 {
		n = copy(p, d.out)
		d.out = d.out[n:]
		return n, nil
	}
	if d.err != nil {
		return 0, d.err
	}
	for len(d.in) < 4 && d.readErr == nil {
		have := copy(d.buf[:], d.in)
		want := min(max(len(p)/3*4, 4), len(d.buf))
		var k int
		k, d.readErr = d.r.Read(d.buf[have:want])
		d.in = d.buf[:have+k]
	}
	use := len(d.in) / 4 * 4
	if use == 0 { // the rest of the input
		if len(d.in) > 0 && d.enc.pad == NoPadding {
			k, err := d.enc.Decode(d.bytes[:], d.in)
			d.in = nil
			d.err = err
			n = copy(p, d.bytes[:k])
			d.out = d.bytes[n:k]
			if n > 0 || len(p) == 0 && len(d.out) > 0 {
				return n, nil
			}
			if d.err != nil {
				return 0, d.err
			}
		}
		d.err = d.readErr
		if d.err == io.EOF && len(d.in) > 0 {
			d.err = io.ErrUnexpectedEOF
		}
		return 0, d.err
	}
	var k int
	k, d.err = d.enc.Decode(d.bytes[:], d.in[:use])
	d.in = d.in[use:]
	n = copy(p, d.bytes[:k])
	d.out = d.bytes[n:k]
	if len(d.out) > 0 {
		return n, nil
	}
	return n, d.err
}
