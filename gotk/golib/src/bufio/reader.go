// SPDX-License-Identifier: BSD-3-Clause

// Package bufio puts a buffer between a program and an io.Reader or io.Writer, and cuts input into lines or words.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")

	errNegativeRead = errors.New("bufio: reader returned negative count from Read")
)

const (
	defaultSize = 4096
	minSize     = 16  // what ReadRune and ReadLine need to look ahead
	emptyReads  = 100 // so many reads of nothing, without an error, are no progress
)

// Reader is a buffered io.Reader.
//
// buf[r:w] is read from src and not yet from the Reader. err is src's, kept until the buffer is empty.
type Reader struct {
	buf  []byte
	src  io.Reader
	r, w int
	err  error

	last     int // the last byte read, for UnreadByte; -1: none
	lastRune int // length of the last rune read, for UnreadRune; -1: the last operation was not ReadRune
}

// NewReaderSize returns a Reader with a buffer of at least size bytes; rd itself if it is such a one.
func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	b := new(Reader)
	b.start(make([]byte, max(size, minSize)), rd)
	return b
}

// NewReader returns a Reader with a buffer of the default size.
func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, defaultSize) }

// Size returns the size of the buffer.
func (b *Reader) Size() int { return len(b.buf) }

// Reset discards what is buffered and makes b read from r.
func (b *Reader) Reset(r io.Reader) {
	if b == r {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, defaultSize)
	}
	b.start(b.buf, r)
}

func (b *Reader) start(buf []byte, src io.Reader) {
	*b = Reader{buf: buf, src: src, last: -1, lastRune: -1}
}

// takeErr returns the pending error and forgets it.
func (b *Reader) takeErr() error {
	err := b.err
	b.err = nil
	return err
}

// fill reads more into a buffer that is not full, or notes an error.
func (b *Reader) fill() {
	if b.r > 0 {
		copy(b.buf, b.buf[b.r:b.w])
		b.w -= b.r
		b.r = 0
	}
	if b.w >= len(b.buf) {
		panic("bufio: tried to fill full buffer")
	}
	for range emptyReads {
		n, err := b.src.Read(b.buf[b.w:])
		if n < 0 {
			panic(errNegativeRead)
		}
		b.w += n
		if err != nil {
			b.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	b.err = io.ErrNoProgress
}

// took notes that the bytes up to b.r were read.
func (b *Reader) took() {
	b.last = int(b.buf[b.r-1])
	b.lastRune = -1
}

// Peek returns the next n bytes without reading them; they are valid until the next read.
func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.last, b.lastRune = -1, -1
	for b.w-b.r < n && b.w-b.r < len(b.buf) && b.err == nil {
		b.fill()
	}
	if n > len(b.buf) {
		return b.buf[b.r:b.w], ErrBufferFull
	}
	if have := b.w - b.r; have < n {
		err := b.takeErr()
		if err == nil {
			err = ErrBufferFull
		}
		return b.buf[b.r:b.w], err
	}
	return b.buf[b.r : b.r+n], nil
}

// Discard skips n bytes, and returns how many it skipped: fewer with an error.
func (b *Reader) Discard(n int) (discarded int, err error) {
	if n < 0 {
		return 0, ErrNegativeCount
	}
	if n == 0 {
		return 0, nil
	}
	b.last, b.lastRune = -1, -1
	left := n
	for {
		if b.r == b.w {
			b.fill()
		}
		skip := min(b.w-b.r, left)
		b.r += skip
		left -= skip
		if left == 0 {
			return n, nil
		}
		if b.err != nil {
			return n - left, b.takeErr()
		}
	}
}

// Read reads into p with at most one Read of the source.
func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		if b.r < b.w {
			return 0, nil
		}
		return 0, b.takeErr()
	}
	if b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		if len(p) >= len(b.buf) { // no need to copy
			n, b.err = b.src.Read(p)
			if n < 0 {
				panic(errNegativeRead)
			}
			if n > 0 {
				b.last = int(p[n-1])
				b.lastRune = -1
			}
			return n, b.takeErr()
		}
		b.r, b.w = 0, 0
		n, b.err = b.src.Read(b.buf)
		if n < 0 {
			panic(errNegativeRead)
		}
		if n == 0 {
			return 0, b.takeErr()
		}
		b.w = n
	}
	n = copy(p, b.buf[b.r:b.w])
	b.r += n
	b.took()
	return n, nil
}

// ReadByte reads a byte.
func (b *Reader) ReadByte() (byte, error) {
	b.lastRune = -1
	for b.r == b.w {
		if b.err != nil {
			return 0, b.takeErr()
		}
		b.fill()
	}
	c := b.buf[b.r]
	b.r++
	b.last = int(c)
	return c, nil
}

// UnreadByte takes back the last byte of the last read.
func (b *Reader) UnreadByte() error {
	if b.last < 0 || b.r == 0 && b.w > 0 {
		return ErrInvalidUnreadByte
	}
	if b.r > 0 {
		b.r--
	} else {
		b.w = 1
	}
	b.buf[b.r] = byte(b.last)
	b.last, b.lastRune = -1, -1
	return nil
}

// ReadRune reads a rune and returns its length; a byte of no valid encoding is U+FFFD of length 1.
func (b *Reader) ReadRune() (r rune, size int, err error) {
	for b.w-b.r < utf8.UTFMax && !utf8.FullRune(b.buf[b.r:b.w]) && b.err == nil && b.w-b.r < len(b.buf) {
		b.fill()
	}
	b.lastRune = -1
	if b.r == b.w {
		return 0, 0, b.takeErr()
	}
	r, size = rune(b.buf[b.r]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRune(b.buf[b.r:b.w])
	}
	b.r += size
	b.last = int(b.buf[b.r-1])
	b.lastRune = size
	return r, size, nil
}

// UnreadRune takes back the rune of a ReadRune that was the last operation.
func (b *Reader) UnreadRune() error {
	if b.lastRune < 0 || b.r < b.lastRune {
		return ErrInvalidUnreadRune
	}
	b.r -= b.lastRune
	b.last, b.lastRune = -1, -1
	return nil
}

// Buffered returns how many bytes can be read from the buffer.
func (b *Reader) Buffered() int { return b.w - b.r }

// ReadSlice reads up to and including delim; the bytes are valid until the next read. Without a delim in the rest of the input, or
// in a full buffer, it returns what there is, and the error.
func (b *Reader) ReadSlice(delim byte) (line []byte, err error) {
	searched := 0 // bytes of buf[r:] without a delim
	for {
		if i := bytes.IndexByte(b.buf[b.r+searched:b.w], delim); i >= 0 {
			end := b.r + searched + i + 1
			line = b.buf[b.r:end]
			b.r = end
			break
		}
		if b.err != nil {
			line = b.buf[b.r:b.w]
			b.r = b.w
			err = b.takeErr()
			break
		}
		if b.w-b.r >= len(b.buf) {
			b.r = b.w
			line, err = b.buf, ErrBufferFull
			break
		}
		searched = b.w - b.r
		b.fill()
	}
	if n := len(line); n > 0 {
		b.last = int(line[n-1])
		b.lastRune = -1
	}
	return line, err
}

// ReadLine reads a line and returns it without its end ("\n" or "\r\n"); isPrefix tells that the buffer was too small for all of it.
func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadSlice('\n')
	if err == ErrBufferFull {
		if n := len(line); n > 0 && line[n-1] == '\r' { // the next byte may be the \n that it goes with
			if b.r == 0 {
				panic("bufio: tried to rewind past start of buffer")
			}
			b.r--
			line = line[:n-1]
		}
		return line, true, nil
	}
	n := len(line)
	if n == 0 {
		return nil, false, err
	}
	if line[n-1] == '\n' {
		n--
		if n > 0 && line[n-1] == '\r' {
			n--
		}
	}
	return line[:n], false, nil
}

// collect reads up to delim: full buffers, copied, and the rest as ReadSlice returned it; total is their length.
func (b *Reader) collect(delim byte) (full [][]byte, rest []byte, total int, err error) {
	for {
		rest, err = b.ReadSlice(delim)
		total += len(rest)
		if err != ErrBufferFull {
			return full, rest, total, err
		}
		full = append(full, bytes.Clone(rest))
	}
}

// ReadBytes reads up to and including delim, or to the end of the input, whose error it returns then.
func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	full, rest, total, err := b.collect(delim)
	line := make([]byte, total)
	n := 0
	for _, part := range full {
		n += copy(line[n:], part)
	}
	copy(line[n:], rest)
	return line, err
}

// ReadString is ReadBytes as a string.
func (b *Reader) ReadString(delim byte) (string, error) {
	full, rest, total, err := b.collect(delim)
	if len(full) == 0 {
		return string(rest), err
	}
	var line strings.Builder
	line.Grow(total)
	for _, part := range full {
		line.Write(part)
	}
	line.Write(rest)
	return line.String(), err
}

// WriteTo writes all that can be read to w. It may call WriteTo of the source or ReadFrom of w.
func (b *Reader) WriteTo(w io.Writer) (n int64, err error) {
	b.last, b.lastRune = -1, -1
	if b.r < b.w {
		n, err = b.drain(w)
		if err != nil {
			return n, err
		}
	}
	if src, ok := b.src.(io.WriterTo); ok {
		m, err := src.WriteTo(w)
		return n + m, err
	}
	if to, ok := w.(io.ReaderFrom); ok {
		m, err := to.ReadFrom(b.src)
		return n + m, err
	}
	for {
		if b.w-b.r < len(b.buf) {
			b.fill()
		}
		if b.r == b.w {
			break
		}
		m, err := b.drain(w)
		n += m
		if err != nil {
			return n, err
		}
	}
	if b.err == io.EOF {
		b.err = nil
	}
	return n, b.takeErr()
}

// drain writes what is buffered.
func (b *Reader) drain(w io.Writer) (int64, error) {
	n, err := w.Write(b.buf[b.r:b.w])
	if n < 0 {
		panic(errors.New("bufio: writer returned negative count from Write"))
	}
	b.r += n
	return int64(n), err
}
