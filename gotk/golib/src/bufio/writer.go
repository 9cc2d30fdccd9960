// SPDX-License-Identifier: BSD-3-Clause

package bufio

import (
	"io"
	"unicode/utf8"
)

// Writer is a buffered io.Writer. After an error it takes no more data, and returns the error from then on.
type Writer struct {
	err error
	buf []byte
	n   int // buf[:n] is to be written
	dst io.Writer
}

// NewWriterSize returns a Writer with a buffer of at least size bytes; w itself if it is such a one.
func NewWriterSize(w io.Writer, size int) *Writer {
	if b, ok := w.(*Writer); ok && len(b.buf) >= size {
		return b
	}
	if size <= 0 {
		size = defaultSize
	}
	return &Writer{buf: make([]byte, size), dst: w}
}

// NewWriter returns a Writer with a buffer of the default size.
func NewWriter(w io.Writer) *Writer { return NewWriterSize(w, defaultSize) }

// Size returns the size of the buffer.
func (b *Writer) Size() int { return len(b.buf) }

// Reset discards what is buffered, and the error, and makes b write to w.
func (b *Writer) Reset(w io.Writer) {
	if b == w {
		return
	}
	if b.buf == nil {
		b.buf = make([]byte, defaultSize)
	}
	*b = Writer{buf: b.buf, dst: w}
}

// Flush writes what is buffered.
func (b *Writer) Flush() error {
	if b.err != nil || b.n == 0 {
		return b.err
	}
	n, err := b.dst.Write(b.buf[:b.n])
	if n < b.n && err == nil {
		err = io.ErrShortWrite
	}
	if err != nil {
		if 0 < n && n < b.n {
			copy(b.buf, b.buf[n:b.n])
		}
		b.n -= n
		b.err = err
		return err
	}
	b.n = 0
	return nil
}

// Available returns how many bytes of the buffer are unused.
func (b *Writer) Available() int { return len(b.buf) - b.n }

// AvailableBuffer returns an empty slice of the unused part of the buffer, to append to and hand to the next Write.
func (b *Writer) AvailableBuffer() []byte { return b.buf[b.n:][:0] }

// Buffered returns how many bytes wait to be written.
func (b *Writer) Buffered() int { return b.n }

// Write writes p; fewer bytes than len(p) with an error.
func (b *Writer) Write(p []byte) (nn int, err error) {
	if len(p) <= len(b.buf)-b.n && b.err == nil {
		b.n += copy(b.buf[b.n:], p)
		return len(p), nil
	}
	for len(p) > len(b.buf)-b.n && b.err == nil {
		var n int
		if b.n == 0 { // nothing to write first, and no need to copy
			n, b.err = b.dst.Write(p)
		} else {
			n = copy(b.buf[b.n:], p)
			b.n += n
			b.Flush()
		}
		nn += n
		p = p[n:]
	}
	if b.err != nil {
		return nn, b.err
	}
	n := copy(b.buf[b.n:], p)
	b.n += n
	return nn + n, nil
}

// WriteByte writes a byte.
func (b *Writer) WriteByte(c byte) error {
	if b.err != nil {
		return b.err
	}
	if b.n >= len(b.buf) && b.Flush() != nil {
		return b.err
	}
	b.buf[b.n] = c
	b.n++
	return nil
}

// WriteRune writes a rune's encoding and returns its length.
func (b *Writer) WriteRune(r rune) (size int, err error) {
	if uint32(r) < utf8.RuneSelf {
		if err := b.WriteByte(byte(r)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	if b.err != nil {
		return 0, b.err
	}
	if len(b.buf)-b.n < utf8.UTFMax {
		if b.Flush() != nil {
			return 0, b.err
		}
		if len(b.buf) < utf8.UTFMax {
			return b.WriteString(string(r))
		}
	}
	size = utf8.EncodeRune(b.buf[b.n:], r)
	b.n += size
	return size, nil
}

// WriteString writes s; fewer bytes than len(s) with an error.
func (b *Writer) WriteString(s string) (int, error) {
	if len(s) <= len(b.buf)-b.n && b.err == nil {
		b.n += copy(b.buf[b.n:], s)
		return len(s), nil
	}
	var direct io.StringWriter
	asked := false
	written := 0
	for len(s) > len(b.buf)-b.n && b.err == nil {
		var n int
		if b.n == 0 && !asked {
			asked = true
			direct, _ = b.dst.(io.StringWriter)
		}
		if b.n == 0 && direct != nil {
			n, b.err = direct.WriteString(s)
		} else {
			n = copy(b.buf[b.n:], s)
			b.n += n
			b.Flush()
		}
		written += n
		s = s[n:]
	}
	if b.err != nil {
		return written, b.err
	}
	n := copy(b.buf[b.n:], s)
	b.n += n
	return written + n, nil
}

// ReadFrom writes all that r has. If nothing is buffered, it may call ReadFrom of the destination.
func (b *Writer) ReadFrom(r io.Reader) (n int64, err error) {
	if b.err != nil {
		return 0, b.err
	}
	direct, isReaderFrom := b.dst.(io.ReaderFrom)
	empty := 0
	for {
		if b.n >= len(b.buf) {
			if err := b.Flush(); err != nil {
				return n, err
			}
		}
		if isReaderFrom && b.n == 0 {
			m, err := direct.ReadFrom(r)
			b.err = err
			return n + m, err
		}
		m, err := r.Read(b.buf[b.n:])
		if m < 0 {
			panic(errNegativeRead)
		}
		b.n += m
		n += int64(m)
		if err == io.EOF {
			if b.n == len(b.buf) { // as the last Read would have done
				err = b.Flush()
			} else {
				err = nil
			}
			return n, err
		}
		if err != nil {
			return n, err
		}
		if m > 0 {
			empty = 0
		} else if empty++; empty >= emptyReads {
			return n, io.ErrNoProgress
		}
	}
}

// ReadWriter is a Reader and a Writer.
type ReadWriter struct {
	*Reader
	*Writer
}

// NewReadWriter returns a ReadWriter of r and w.
func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
