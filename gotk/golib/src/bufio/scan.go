// SPDX-License-Identifier: BSD-3-Clause

// Scanner: input cut into tokens by a SplitFunc.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
)

// ErrFinalToken is what a SplitFunc returns with the last token, to stop without an error; with a nil token there is no more one.
var ErrFinalToken = errors.New("final token")

// MaxScanTokenSize is the longest token (less some bytes), unless Buffer says otherwise.
const MaxScanTokenSize = 64 * 1024

const startSize = 4096

// SplitFunc finds the next token in data: it returns how far to advance and the token, or a nil one for "read more". atEOF: no more comes.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// Scanner reads tokens, lines unless Split says otherwise. It stops at the end, the first error or a token that is too long.
//
// buf[start:end] is read and not yet scanned.
type Scanner struct {
	src        io.Reader
	split      SplitFunc
	maxSize    int
	token      []byte
	buf        []byte
	start, end int
	err        error
	empties    int // tokens in a row without progress
	started    bool
	done       bool
	lines      bool // split is ScanLines, which Scan then does itself
}

// NewScanner returns a Scanner of r's lines.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{src: r, split: ScanLines, maxSize: MaxScanTokenSize, lines: true}
}

// Err returns the error that ended the scan, nil if it was the end of the input.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Bytes returns the last token. A later Scan may overwrite it.
func (s *Scanner) Bytes() []byte { return s.token }

// Text returns the last token as a string.
func (s *Scanner) Text() string { return string(s.token) }

// Buffer gives the scanner a buffer to begin with (its capacity is used), and the size up to which it may grow: max or the capacity.
func (s *Scanner) Buffer(buf []byte, max int) {
	if s.started {
		panic("Buffer called after Scan")
	}
	s.buf = buf[:cap(buf)]
	s.maxSize = max
}

// Split sets the function that finds tokens.
func (s *Scanner) Split(split SplitFunc) {
	if s.started {
		panic("Split called after Scan")
	}
	s.split = split
	s.lines = false
}

// fail notes the first error.
func (s *Scanner) fail(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// Scan advances to the next token, and reports whether there is one.
func (s *Scanner) Scan() bool {
	if s.done {
		return false
	}
	s.started = true
	if s.lines { // the common case: the next line is in the buffer
		if i := bytes.IndexByte(s.buf[s.start:s.end], '\n'); i >= 0 {
			s.token = withoutCR(s.buf[s.start : s.start+i])
			s.start += i + 1
			s.empties = 0
			return true
		}
	}
	for {
		if s.start < s.end || s.err != nil {
			advance, token, err := s.split(s.buf[s.start:s.end], s.err != nil)
			if err != nil {
				if err == ErrFinalToken {
					s.token = token
					s.done = true
					return token != nil
				}
				s.fail(err)
				return false
			}
			if advance < 0 {
				s.fail(ErrNegativeAdvance)
				return false
			}
			if advance > s.end-s.start {
				s.fail(ErrAdvanceTooFar)
				return false
			}
			s.start += advance
			s.token = token
			if token != nil {
				if s.err == nil || advance > 0 {
					s.empties = 0
				} else if s.empties++; s.empties > emptyReads {
					panic("bufio.Scan: too many empty tokens without progressing")
				}
				return true
			}
		}
		if s.err != nil {
			s.start, s.end = 0, 0
			s.token = nil
			return false
		}
		if !s.read() {
			return false
		}
	}
}

// read gets more input: it makes room, then reads until there is something, or an error, which split is told of.
// false: a token is too long for the buffer.
func (s *Scanner) read() bool {
	if s.start > 0 && (s.end == len(s.buf) || s.start > len(s.buf)/2) {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= s.maxSize {
			s.fail(ErrTooLong)
			return false
		}
		size := len(s.buf) * 2
		if size == 0 {
			size = startSize
		}
		buf := make([]byte, min(size, s.maxSize))
		copy(buf, s.buf[s.start:s.end])
		s.buf = buf
		s.end -= s.start
		s.start = 0
	}
	for empty := 0; ; {
		n, err := s.src.Read(s.buf[s.end:])
		if n < 0 || n > len(s.buf)-s.end {
			s.fail(ErrBadReadCount)
			return true
		}
		s.end += n
		if err != nil {
			s.fail(err)
			return true
		}
		if n > 0 {
			s.empties = 0
			return true
		}
		if empty++; empty > emptyReads {
			s.fail(io.ErrNoProgress)
			return true
		}
	}
}

// ScanBytes makes each byte a token.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes makes each rune a token; a byte of no valid encoding is U+FFFD.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] < utf8.RuneSelf {
		return 1, data[:1], nil
	}
	if _, size := utf8.DecodeRune(data); size > 1 {
		return size, data[:size], nil
	}
	if !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	return 1, []byte(string(utf8.RuneError)), nil
}

func withoutCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// ScanLines makes each line, without its end ("\n" or "\r\n"), a token; the last one needs no end.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, withoutCR(data[:i]), nil
	}
	if atEOF && len(data) > 0 {
		return len(data), withoutCR(data), nil
	}
	return 0, nil, nil
}

// space reports whether r is white space, as unicode.IsSpace does, without loading its tables.
func space(r rune) bool {
	switch {
	case r <= ' ':
		return r == ' ' || '\t' <= r && r <= '\r'
	case r < 0x1680:
		return r == 0x85 || r == 0xa0
	}
	return r == 0x1680 || 0x2000 <= r && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x3000
}

// decode is utf8.DecodeRune with the common case inline.
func decode(data []byte) (rune, int) {
	if c := data[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRune(data)
}

// ScanWords makes what stands between white space (as unicode.IsSpace has it) a token.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start := 0
	for start < len(data) && (data[start] == ' ' || data[start]-'\t' < 5) {
		start++
	}
	for i := start; i < len(data) && data[i] < utf8.RuneSelf; i++ { // the common case: an ASCII word that ends in the buffer
		if c := data[i]; c <= ' ' && (c == ' ' || c-'\t' < 5) {
			return i + 1, data[start:i], nil
		}
	}
	for start < len(data) {
		r, size := decode(data[start:])
		if !space(r) {
			break
		}
		start += size
	}
	for i := start; i < len(data); {
		r, size := decode(data[i:])
		if space(r) {
			return i + size, data[start:i], nil
		}
		i += size
	}
	if atEOF && start < len(data) {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
