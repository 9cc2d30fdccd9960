// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"testing"
	"testing/iotest"

	lib "gotk.test/lib/bufio"
	libio "gotk.test/lib/io"
)

// theirs is err with golib's own errors replaced by the standard ones.
func theirs(err error) error {
	for _, p := range [][2]error{
		{lib.ErrInvalidUnreadByte, bufio.ErrInvalidUnreadByte}, {lib.ErrInvalidUnreadRune, bufio.ErrInvalidUnreadRune}, {lib.ErrBufferFull, bufio.ErrBufferFull},
		{lib.ErrNegativeCount, bufio.ErrNegativeCount}, {lib.ErrTooLong, bufio.ErrTooLong}, {lib.ErrNegativeAdvance, bufio.ErrNegativeAdvance},
		{lib.ErrAdvanceTooFar, bufio.ErrAdvanceTooFar}, {lib.ErrBadReadCount, bufio.ErrBadReadCount}, {lib.ErrFinalToken, bufio.ErrFinalToken},
		{libio.EOF, io.EOF}, {libio.ErrUnexpectedEOF, io.ErrUnexpectedEOF}, {libio.ErrNoProgress, io.ErrNoProgress}, {libio.ErrShortWrite, io.ErrShortWrite},
	} {
		if err == p[0] {
			return p[1]
		}
	}
	return err
}

// ours makes a source whose errors are golib's.
type ours struct{ r io.Reader }

func (o ours) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	if err == io.EOF {
		err = libio.EOF
	}
	return n, err
}

var errSource = errors.New("source failed")

// source is a way to read a text: in pieces, byte by byte, with the error at once or later, with reads of nothing.
func source(text string, shape int) io.Reader {
	r := io.Reader(strings.NewReader(text))
	switch shape {
	case 1:
		r = iotest.OneByteReader(r)
	case 2:
		r = iotest.HalfReader(r)
	case 3:
		r = iotest.DataErrReader(r)
	case 4:
		r = iotest.TimeoutReader(r)
	case 5:
		r = io.MultiReader(r, iotest.ErrReader(errSource))
	case 6:
		r = &stutter{r: r}
	}
	return r
}

// stutter reads nothing every other time, and for ever after 50 reads.
type stutter struct {
	r io.Reader
	n int
}

func (s *stutter) Read(p []byte) (int, error) {
	if s.n++; s.n%2 == 0 || s.n > 50 {
		return 0, nil
	}
	return s.r.Read(p[:min(len(p), 7)])
}

func randomText(rng *rand.Rand, n int) string {
	pieces := []string{"a", "word", " ", "\n", "\r\n", "\r", "é", "日本", "\xff", "\xe6\x97", "\t", "\u2003", "\u00a0", "x y", strings.Repeat("long", 30)}
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(pieces[rng.Intn(len(pieces))])
	}
	return b.String()
}

func TestBufioReader(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	for round := range 1200 {
		text := randomText(rng, rng.Intn(200))
		shape, size := rng.Intn(7), []int{0, 16, 17, 40, 4096}[rng.Intn(5)]
		a := bufio.NewReaderSize(source(text, shape), size)
		b := lib.NewReaderSize(ours{source(text, shape)}, size)
		for step := range 60 {
			var w, g string
			op, n := rng.Intn(13), rng.Intn(30)
			p, q := make([]byte, n), make([]byte, n)
			show := func(v any, err error) string { return fmt.Sprintf("%q %v", v, theirs(err)) }
			switch op {
			case 0:
				k, err := a.Read(p)
				w = show(p[:k], err)
				k, err = b.Read(q)
				g = show(q[:k], err)
			case 1:
				c, err := a.ReadByte()
				w = show(c, err)
				c, err = b.ReadByte()
				g = show(c, err)
			case 2:
				w, g = show(1, a.UnreadByte()), show(1, b.UnreadByte())
			case 3:
				r, k, err := a.ReadRune()
				w = show([]any{r, k}, err)
				r, k, err = b.ReadRune()
				g = show([]any{r, k}, err)
			case 4:
				w, g = show(1, a.UnreadRune()), show(1, b.UnreadRune())
			case 5:
				l, err := a.ReadSlice('\n')
				w = show(l, err)
				l, err = b.ReadSlice('\n')
				g = show(l, err)
			case 6:
				l, prefix, err := a.ReadLine()
				w = show(l, err) + fmt.Sprint(prefix, l == nil)
				l, prefix, err = b.ReadLine()
				g = show(l, err) + fmt.Sprint(prefix, l == nil)
			case 7:
				l, err := a.ReadBytes(' ')
				w = show(l, err)
				l, err = b.ReadBytes(' ')
				g = show(l, err)
			case 8:
				l, err := a.ReadString('\n')
				w = show(l, err)
				l, err = b.ReadString('\n')
				g = show(l, err)
			case 9:
				l, err := a.Peek(n - 1)
				w = show(l, err)
				l, err = b.Peek(n - 1)
				g = show(l, err)
			case 10:
				k, err := a.Discard(n - 1)
				w = show(k, err)
				k, err = b.Discard(n - 1)
				g = show(k, err)
			case 11:
				w, g = fmt.Sprint(a.Buffered(), a.Size()), fmt.Sprint(b.Buffered(), b.Size())
			case 12:
				if rng.Intn(10) > 0 {
					continue
				}
				var x, y bytes.Buffer
				k, err := a.WriteTo(struct{ io.Writer }{&x})
				w = show(x.String(), err) + fmt.Sprint(k)
				k, err = b.WriteTo(struct{ io.Writer }{&y})
				g = show(y.String(), err) + fmt.Sprint(k)
			}
			if w != g {
				t.Fatalf("round %d shape %d size %d step %d op %d of %q: %s, want %s", round, shape, size, step, op, text, g, w)
			}
		}
	}
}

// sink records what is written, and fails or falls short after a while.
type sink struct {
	bytes.Buffer
	writes, failAt int
	short          bool
}

func (s *sink) Write(p []byte) (int, error) {
	if s.writes++; s.writes == s.failAt {
		k := len(p) / 2
		s.Buffer.Write(p[:k])
		if s.short {
			return k, nil
		}
		return k, errSource
	}
	return s.Buffer.Write(p)
}

func TestBufioWriter(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	for round := range 1000 {
		size := []int{0, 1, 3, 16, 64}[rng.Intn(5)]
		x, y := &sink{failAt: rng.Intn(30)}, &sink{}
		x.short = rng.Intn(2) == 0
		y.failAt, y.short = x.failAt, x.short
		a := bufio.NewWriterSize(struct{ io.Writer }{x}, size)
		b := lib.NewWriterSize(struct{ io.Writer }{y}, size)
		for step := range 40 {
			var w, g string
			text := randomText(rng, rng.Intn(40))
			show := func(n any, err error) string { return fmt.Sprint(n, " ", theirs(err)) }
			switch op := rng.Intn(7); op {
			case 0:
				n, err := a.Write([]byte(text))
				w = show(n, err)
				n, err = b.Write([]byte(text))
				g = show(n, err)
			case 1:
				n, err := a.WriteString(text)
				w = show(n, err)
				n, err = b.WriteString(text)
				g = show(n, err)
			case 2:
				w, g = show(1, a.WriteByte('x')), show(1, b.WriteByte('x'))
			case 3:
				r := []rune{'a', 'é', '日', '😀', -1, 0xd800}[rng.Intn(6)]
				n, err := a.WriteRune(r)
				w = show(n, err)
				n, err = b.WriteRune(r)
				g = show(n, err)
			case 4:
				w, g = show(1, a.Flush()), show(1, b.Flush())
			case 5:
				shape := []int{0, 1, 2, 3, 5, 6}[rng.Intn(6)]
				n, err := a.ReadFrom(source(text, shape))
				w = show(n, err)
				n, err = b.ReadFrom(ours{source(text, shape)})
				g = show(n, err)
			case 6:
				p := append(a.AvailableBuffer(), text...)
				n, err := a.Write(p)
				w = show(n, err)
				p = append(b.AvailableBuffer(), text...)
				n, err = b.Write(p)
				g = show(n, err)
			}
			w += fmt.Sprintf(" %d %d %d %q", a.Buffered(), a.Available(), a.Size(), x.String())
			g += fmt.Sprintf(" %d %d %d %q", b.Buffered(), b.Available(), b.Size(), y.String())
			if w != g {
				t.Fatalf("round %d size %d step %d: %s, want %s", round, size, step, g, w)
			}
		}
	}
}

type scanner interface {
	Scan() bool
	Text() string
	Err() error
}

func tokens(s scanner, theirs func(error) error) string {
	var b strings.Builder
	for n := 0; n < 500; n++ {
		ok := s.Scan()
		fmt.Fprintf(&b, "%v %q %v;", ok, s.Text(), theirs(s.Err()))
		if !ok {
			ok = s.Scan() // once more
			fmt.Fprintf(&b, "%v %q %v", ok, s.Text(), theirs(s.Err()))
			break
		}
	}
	return b.String()
}

func TestBufioScanner(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	splits := []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, bufio.ScanBytes}
	libSplits := []lib.SplitFunc{lib.ScanLines, lib.ScanWords, lib.ScanRunes, lib.ScanBytes}
	for round := range 1200 {
		text := randomText(rng, rng.Intn(300))
		shape := rng.Intn(7)
		a, b := bufio.NewScanner(source(text, shape)), lib.NewScanner(ours{source(text, shape)})
		if rng.Intn(2) == 0 {
			size, limit := rng.Intn(20), rng.Intn(60)
			a.Buffer(make([]byte, size), limit)
			b.Buffer(make([]byte, size), limit)
		}
		switch k := rng.Intn(6); {
		case k < 4:
			a.Split(splits[k])
			b.Split(libSplits[k])
		case k == 4: // pieces of three bytes, odd returns at times
			odd := rng.Intn(40)
			split := func(stop error) func(data []byte, atEOF bool) (int, []byte, error) {
				n := 0
				return func(data []byte, atEOF bool) (int, []byte, error) {
					if n++; n == odd {
						switch odd % 6 {
						case 0:
							return -1, nil, nil
						case 1:
							return len(data) + 1, nil, nil
						case 2:
							return 0, []byte("last"), stop
						case 3:
							return 0, nil, stop
						case 4:
							return 1, []byte("lost"), errSource
						case 5:
							return 0, []byte{}, nil
						}
					}
					if len(data) < 3 {
						if atEOF && len(data) > 0 {
							return len(data), data, nil
						}
						return 0, nil, nil
					}
					return 3, data[:3], nil
				}
			}
			a.Split(split(bufio.ErrFinalToken))
			b.Split(split(lib.ErrFinalToken))
		}
		w := tokens(a, func(err error) error { return err })
		if g := tokens(b, theirs); w != g {
			t.Fatalf("round %d shape %d of %q: %s, want %s", round, shape, text, g, w)
		}
	}
}
