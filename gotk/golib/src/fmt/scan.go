// SPDX-License-Identifier: BSD-3-Clause

// Scanning: the functions, and reading runes with one step back.
//
// scan_values.go has the values, scan_format.go the formats. Within a scan an error is a panic with a scanError,
// which the outermost function turns into its result.
package fmt

import (
	"errors"
	"io"
	"os"
	"sync"
	"unicode"
	"unicode/utf8"
)

// ScanState is what a Scanner reads from.
type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

// Scanner is a value that scans itself.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Scan reads values separated by space from standard input; newlines are space.
func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

// Scanln is Scan of one line: after the last value there must be a newline or the end.
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

// Scanf reads values from standard input as the format says.
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

// stringReader is a string as an io.Reader.
type stringReader string

func (r *stringReader) Read(b []byte) (n int, err error) {
	n = copy(b, *r)
	*r = (*r)[n:]
	if n == 0 {
		err = io.EOF
	}
	return n, err
}

// Sscan is Scan from a string.
func Sscan(str string, a ...any) (n int, err error) {
	return Fscan((*stringReader)(&str), a...)
}

// Sscanln is Scanln from a string.
func Sscanln(str string, a ...any) (n int, err error) {
	return Fscanln((*stringReader)(&str), a...)
}

// Sscanf is Scanf from a string.
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf((*stringReader)(&str), format, a...)
}

// Fscan is Scan from r. If r is no io.RuneScanner, one rune behind the last value may be lost.
func Fscan(r io.Reader, a ...any) (n int, err error) {
	s := newScanner(r, true, false)
	n, err = s.values(a)
	s.free()
	return n, err
}

// Fscanln is Scanln from r.
func Fscanln(r io.Reader, a ...any) (n int, err error) {
	s := newScanner(r, false, true)
	n, err = s.values(a)
	s.free()
	return n, err
}

// Fscanf is Scanf from r.
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	s := newScanner(r, false, false)
	n, err = s.format(format, a)
	s.free()
	return n, err
}

// eof is what getRune returns at the end of the input.
const eof = -1

// noLimit is a width that no input has.
const noLimit = 1 << 30

// scanError is an error on its way out of a scan.
type scanError struct {
	err error
}

// scanner is the state of one scan.
type scanner struct {
	rs        io.RuneScanner
	buf       []byte // the token being read
	count     int    // runes read so far
	atEOF     bool
	nlIsSpace bool // a newline is space
	nlIsEnd   bool // a newline ends the input
	limit     int  // runes that may be read for the current value, counted as count is
	maxWid    int  // the value's width
}

var scanners = sync.Pool{New: newScannerAny}

func newScannerAny() any { return new(scanner) }

func newScanner(r io.Reader, nlIsSpace, nlIsEnd bool) *scanner {
	s := scanners.Get().(*scanner)
	if rs, ok := r.(io.RuneScanner); ok {
		s.rs = rs
	} else {
		s.rs = &runeReader{reader: r, peeked: -1}
	}
	s.nlIsSpace = nlIsSpace
	s.nlIsEnd = nlIsEnd
	s.atEOF = false
	s.limit = noLimit
	s.maxWid = noLimit
	s.count = 0
	return s
}

func (s *scanner) free() {
	if cap(s.buf) > 1024 {
		s.buf = nil
	}
	s.buf = s.buf[:0]
	s.rs = nil
	scanners.Put(s)
}

// Read is there so that a Scanner may not use the state as a reader by mistake.
func (s *scanner) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

// ReadRune reads the next rune; io.EOF at the end, also of the value's width and of the line that Scanln reads.
func (s *scanner) ReadRune() (r rune, size int, err error) {
	if s.atEOF || s.count >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.rs.ReadRune()
	if err == nil {
		s.count++
		s.atEOF = s.nlIsEnd && r == '\n'
	} else if err == io.EOF {
		s.atEOF = true
	}
	return r, size, err
}

// Width returns the value's width, if the format gives one.
func (s *scanner) Width() (wid int, ok bool) {
	if s.maxWid == noLimit {
		return 0, false
	}
	return s.maxWid, true
}

// UnreadRune takes the last rune back.
func (s *scanner) UnreadRune() error {
	s.rs.UnreadRune()
	s.atEOF = false
	s.count--
	return nil
}

// getRune is ReadRune with eof for the end.
func (s *scanner) getRune() rune {
	r, _, err := s.ReadRune()
	if err != nil {
		if err == io.EOF {
			return eof
		}
		s.fail(err)
	}
	return r
}

// mustReadRune is getRune where the input must not end.
func (s *scanner) mustReadRune() rune {
	r := s.getRune()
	if r == eof {
		s.fail(io.ErrUnexpectedEOF)
	}
	return r
}

func (s *scanner) fail(err error) { panic(scanError{err}) }

func (s *scanner) failText(text string) { panic(scanError{errors.New(text)}) }

// catch is deferred by the outermost function.
func catch(errp *error) {
	switch e := recover().(type) {
	case nil:
	case scanError:
		*errp = e.err
	default:
		panic(e)
	}
}

// Token reads runes of which f is true (those that are no space, if f is nil).
func (s *scanner) Token(skipSpace bool, f func(rune) bool) (token []byte, err error) {
	defer catch(&err)
	if f == nil {
		f = notSpace
	}
	s.buf = s.buf[:0]
	return s.token(skipSpace, f), nil
}

func (s *scanner) token(skipSpace bool, f func(rune) bool) []byte {
	if skipSpace {
		s.SkipSpace()
	}
	for {
		r := s.getRune()
		if r == eof {
			return s.buf
		}
		if !f(r) {
			s.UnreadRune()
			return s.buf
		}
		s.buf = utf8.AppendRune(s.buf, r)
	}
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

// SkipSpace skips space, and newlines where they count as space; elsewhere a newline is an error.
func (s *scanner) SkipSpace() {
	for {
		switch r := s.getRune(); {
		case r == eof:
			return
		case r == '\r' && s.peek("\n"):
		case r == '\n':
			if !s.nlIsSpace {
				s.failText("unexpected newline")
			}
		case !isSpace(r):
			s.UnreadRune()
			return
		}
	}
}

// notEOF fails with io.EOF if the input has ended.
func (s *scanner) notEOF() {
	if s.getRune() == eof {
		s.fail(io.EOF)
	}
	s.UnreadRune()
}

func within(r rune, set string) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

// consume reads a rune that is in the set, and adds it to the token if keep is set.
func (s *scanner) consume(set string, keep bool) bool {
	r := s.getRune()
	if r == eof {
		return false
	}
	if within(r, set) {
		if keep {
			s.buf = utf8.AppendRune(s.buf, r)
		}
		return true
	}
	s.UnreadRune()
	return false
}

// accept is consume that keeps.
func (s *scanner) accept(set string) bool { return s.consume(set, true) }

// peek reports whether the next rune is in the set.
func (s *scanner) peek(set string) bool {
	r := s.getRune()
	if r == eof {
		return false
	}
	s.UnreadRune()
	return within(r, set)
}

// runeReader reads runes from a reader byte by byte, so that it takes nothing beyond them.
type runeReader struct {
	reader  io.Reader
	buf     [utf8.UTFMax]byte // bytes of the rune being read
	pending int               // bytes in pendBuf
	pendBuf [utf8.UTFMax]byte // bytes read that turned out not to belong to the rune before
	peeked  rune              // the rune taken back, or ^ of the rune last read
}

// readByte reads a byte, first those left over.
func (r *runeReader) readByte() (b byte, err error) {
	if r.pending > 0 {
		b = r.pendBuf[0]
		copy(r.pendBuf[:], r.pendBuf[1:])
		r.pending--
		return b, nil
	}
	n, err := io.ReadFull(r.reader, r.pendBuf[:1])
	if n != 1 {
		return 0, err
	}
	return r.pendBuf[0], nil
}

func (r *runeReader) ReadRune() (c rune, size int, err error) {
	if r.peeked >= 0 {
		c = r.peeked
		r.peeked = ^c
		return c, utf8.RuneLen(c), nil
	}
	r.buf[0], err = r.readByte()
	if err != nil {
		return 0, 0, err
	}
	n := 1
	for !utf8.FullRune(r.buf[:n]) {
		r.buf[n], err = r.readByte()
		if err != nil {
			if err == io.EOF {
				break
			}
			return 0, 0, err
		}
		n++
	}
	c, size = utf8.DecodeRune(r.buf[:n])
	if size < n {
		copy(r.pendBuf[r.pending:], r.buf[size:n])
		r.pending += n - size
	}
	r.peeked = ^c
	return c, size, nil
}

func (r *runeReader) UnreadRune() error {
	if r.peeked >= 0 {
		return errors.New("fmt: scanning called UnreadRune with no rune available")
	}
	r.peeked = ^r.peeked
	return nil
}
