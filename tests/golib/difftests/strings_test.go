// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"

	libbytes "gotk.test/lib/bytes"
	libio "gotk.test/lib/io"
	lib "gotk.test/lib/strings"
	libunicode "gotk.test/lib/unicode"
)

// texts makes n random texts over a small alphabet, so that searches hit.
func texts(rng *rand.Rand, n, size int) []string {
	pieces := []string{"a", "b", "ab", "A", "é", "É", " ", "\t", ",", "日", "\xff", "ſ", "K", "k", "\u00a0", "\n", "İ", "i", "ß", "\ufffd", "\u2028", "x", "Dž", "_", "9"}
	out := []string{"", "a", " ", "\xff", "日本語", "a,b,c", "  a b  ", "\n\n", "aaaaaaaa", "abababab", "\xed\xa0\x80", "\ufffd"}
	for len(out) < n {
		var b strings.Builder
		for k := rng.Intn(size + 1); k > 0; k-- {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		out = append(out, b.String())
	}
	return out
}

func collect[T any](seq func(yield func(T) bool)) (all []T) {
	for v := range seq {
		all = append(all, v)
	}
	return all
}

// first takes one value of a sequence, and so stops it early.
func first[T any](seq func(yield func(T) bool)) (v T) {
	for v = range seq {
		break
	}
	return v
}

type pair struct {
	name      string
	want, got any
}

func check(t *testing.T, args string, pairs []pair) {
	t.Helper()
	for _, p := range pairs {
		if w, g := fmt.Sprintf("%q %#v", p.want, p.want), fmt.Sprintf("%q %#v", p.got, p.got); w != g {
			t.Fatalf("%s(%s) = %s, want %s", p.name, args, g, w)
		}
	}
}

type three struct {
	a, b any
	c    bool
}

func TestStringsTwoArguments(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	as, bs := texts(rng, 150, 14), texts(rng, 40, 3)
	cut := func(a, b string, c bool) three { return three{a, b, c} }
	two := func(a string, c bool) three { return three{a, nil, c} }
	for _, s := range as {
		for _, x := range append(bs, s, s+"a", strings.ToUpper(s), strings.ToLower(s)) {
			pairs := []pair{
				{"Compare", strings.Compare(s, x), lib.Compare(s, x)}, {"Contains", strings.Contains(s, x), lib.Contains(s, x)}, {"ContainsAny", strings.ContainsAny(s, x), lib.ContainsAny(s, x)},
				{"HasPrefix", strings.HasPrefix(s, x), lib.HasPrefix(s, x)}, {"HasSuffix", strings.HasSuffix(s, x), lib.HasSuffix(s, x)}, {"Index", strings.Index(s, x), lib.Index(s, x)},
				{"LastIndex", strings.LastIndex(s, x), lib.LastIndex(s, x)}, {"IndexAny", strings.IndexAny(s, x), lib.IndexAny(s, x)}, {"LastIndexAny", strings.LastIndexAny(s, x), lib.LastIndexAny(s, x)},
				{"Count", strings.Count(s, x), lib.Count(s, x)}, {"EqualFold", strings.EqualFold(s, x), lib.EqualFold(s, x)}, {"Split", strings.Split(s, x), lib.Split(s, x)}, {"SplitAfter", strings.SplitAfter(s, x), lib.SplitAfter(s, x)},
				{"Trim", strings.Trim(s, x), lib.Trim(s, x)}, {"TrimLeft", strings.TrimLeft(s, x), lib.TrimLeft(s, x)}, {"TrimRight", strings.TrimRight(s, x), lib.TrimRight(s, x)},
				{"TrimPrefix", strings.TrimPrefix(s, x), lib.TrimPrefix(s, x)}, {"TrimSuffix", strings.TrimSuffix(s, x), lib.TrimSuffix(s, x)}, {"ToValidUTF8", strings.ToValidUTF8(s, x), lib.ToValidUTF8(s, x)},
				{"SplitSeq", collect(strings.SplitSeq(s, x)), collect(lib.SplitSeq(s, x))}, {"SplitAfterSeq", collect(strings.SplitAfterSeq(s, x)), collect(lib.SplitAfterSeq(s, x))}, {"SplitSeq first", first(strings.SplitSeq(s, x)), first(lib.SplitSeq(s, x))},
				{"Cut", cut(strings.Cut(s, x)), cut(lib.Cut(s, x))}, {"CutLast", cut(strings.CutLast(s, x)), cut(lib.CutLast(s, x))}, {"CutPrefix", two(strings.CutPrefix(s, x)), two(lib.CutPrefix(s, x))}, {"CutSuffix", two(strings.CutSuffix(s, x)), two(lib.CutSuffix(s, x))},
			}
			for n := -1; n < 4; n++ {
				pairs = append(pairs, pair{"SplitN", strings.SplitN(s, x, n), lib.SplitN(s, x, n)}, pair{"SplitAfterN", strings.SplitAfterN(s, x, n), lib.SplitAfterN(s, x, n)},
					pair{"Replace", strings.Replace(s, x, "<>", n), lib.Replace(s, x, "<>", n)}, pair{"Replace empty", strings.Replace(s, x, "", n), lib.Replace(s, x, "", n)})
			}
			check(t, fmt.Sprintf("%q, %q", s, x), pairs)
			checkBytes(t, []byte(s), []byte(x))
		}
	}
}

func checkBytes(t *testing.T, s, x []byte) {
	t.Helper()
	cut := func(a, b []byte, c bool) three { return three{a, b, c} }
	two := func(a []byte, c bool) three { return three{a, nil, c} }
	sx := string(x)
	pairs := []pair{
		{"Compare", bytes.Compare(s, x), libbytes.Compare(s, x)}, {"Equal", bytes.Equal(s, x), libbytes.Equal(s, x)}, {"Contains", bytes.Contains(s, x), libbytes.Contains(s, x)}, {"ContainsAny", bytes.ContainsAny(s, sx), libbytes.ContainsAny(s, sx)},
		{"HasPrefix", bytes.HasPrefix(s, x), libbytes.HasPrefix(s, x)}, {"HasSuffix", bytes.HasSuffix(s, x), libbytes.HasSuffix(s, x)}, {"Index", bytes.Index(s, x), libbytes.Index(s, x)},
		{"LastIndex", bytes.LastIndex(s, x), libbytes.LastIndex(s, x)}, {"IndexAny", bytes.IndexAny(s, sx), libbytes.IndexAny(s, sx)}, {"LastIndexAny", bytes.LastIndexAny(s, sx), libbytes.LastIndexAny(s, sx)},
		{"Count", bytes.Count(s, x), libbytes.Count(s, x)}, {"EqualFold", bytes.EqualFold(s, x), libbytes.EqualFold(s, x)}, {"Split", bytes.Split(s, x), libbytes.Split(s, x)}, {"SplitAfter", bytes.SplitAfter(s, x), libbytes.SplitAfter(s, x)},
		{"Trim", bytes.Trim(s, sx), libbytes.Trim(s, sx)}, {"TrimLeft", bytes.TrimLeft(s, sx), libbytes.TrimLeft(s, sx)}, {"TrimRight", bytes.TrimRight(s, sx), libbytes.TrimRight(s, sx)},
		{"TrimPrefix", bytes.TrimPrefix(s, x), libbytes.TrimPrefix(s, x)}, {"TrimSuffix", bytes.TrimSuffix(s, x), libbytes.TrimSuffix(s, x)}, {"ToValidUTF8", bytes.ToValidUTF8(s, x), libbytes.ToValidUTF8(s, x)},
		{"SplitSeq", collect(bytes.SplitSeq(s, x)), collect(libbytes.SplitSeq(s, x))}, {"SplitAfterSeq", collect(bytes.SplitAfterSeq(s, x)), collect(libbytes.SplitAfterSeq(s, x))},
		{"Cut", cut(bytes.Cut(s, x)), cut(libbytes.Cut(s, x))}, {"CutLast", cut(bytes.CutLast(s, x)), cut(libbytes.CutLast(s, x))}, {"CutPrefix", two(bytes.CutPrefix(s, x)), two(libbytes.CutPrefix(s, x))}, {"CutSuffix", two(bytes.CutSuffix(s, x)), two(libbytes.CutSuffix(s, x))},
	}
	for n := -1; n < 4; n++ {
		pairs = append(pairs, pair{"SplitN", bytes.SplitN(s, x, n), libbytes.SplitN(s, x, n)}, pair{"SplitAfterN", bytes.SplitAfterN(s, x, n), libbytes.SplitAfterN(s, x, n)},
			pair{"Replace", bytes.Replace(s, x, []byte("<>"), n), libbytes.Replace(s, x, []byte("<>"), n)})
	}
	check(t, fmt.Sprintf("bytes %q, %q", s, x), pairs)
}

func TestStringsOneArgument(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	shift := func(r rune) rune {
		switch r {
		case 'a':
			return -1
		case 'b':
			return '日'
		case '日':
			return 'z'
		}
		return r
	}
	same := func(r rune) rune { return r }
	vowel := func(r rune) bool { return r == 'a' || r == 'é' || r == 0xFFFD }
	for _, s := range texts(rng, 1200, 20) {
		b := []byte(s)
		check(t, fmt.Sprintf("%q", s), []pair{
			{"ToUpper", strings.ToUpper(s), lib.ToUpper(s)}, {"ToLower", strings.ToLower(s), lib.ToLower(s)}, {"ToTitle", strings.ToTitle(s), lib.ToTitle(s)}, {"Title", strings.Title(s), lib.Title(s)},
			{"Fields", strings.Fields(s), lib.Fields(s)}, {"FieldsFunc", strings.FieldsFunc(s, vowel), lib.FieldsFunc(s, vowel)}, {"TrimSpace", strings.TrimSpace(s), lib.TrimSpace(s)}, {"TrimFunc", strings.TrimFunc(s, vowel), lib.TrimFunc(s, vowel)},
			{"Map", strings.Map(shift, s), lib.Map(shift, s)}, {"Map same", strings.Map(same, s), lib.Map(same, s)}, {"IndexFunc", strings.IndexFunc(s, vowel), lib.IndexFunc(s, vowel)}, {"LastIndexFunc", strings.LastIndexFunc(s, vowel), lib.LastIndexFunc(s, vowel)}, {"ContainsFunc", strings.ContainsFunc(s, vowel), lib.ContainsFunc(s, vowel)},
			{"Lines", collect(strings.Lines(s)), collect(lib.Lines(s))}, {"FieldsSeq", collect(strings.FieldsSeq(s)), collect(lib.FieldsSeq(s))}, {"FieldsFuncSeq", collect(strings.FieldsFuncSeq(s, vowel)), collect(lib.FieldsFuncSeq(s, vowel))}, {"FieldsSeq first", first(strings.FieldsSeq(s)), first(lib.FieldsSeq(s))}, {"Lines first", first(strings.Lines(s)), first(lib.Lines(s))},
			{"Repeat", strings.Repeat(s, 5), lib.Repeat(s, 5)}, {"Repeat 0", strings.Repeat(s, 0), lib.Repeat(s, 0)}, {"Repeat 1", strings.Repeat(s, 1), lib.Repeat(s, 1)}, {"Clone", strings.Clone(s), lib.Clone(s)},
			{"ToUpperSpecial", strings.ToUpperSpecial(unicode.TurkishCase, s), lib.ToUpperSpecial(libunicode.TurkishCase, s)}, {"ToLowerSpecial", strings.ToLowerSpecial(unicode.TurkishCase, s), lib.ToLowerSpecial(libunicode.TurkishCase, s)}, {"ToTitleSpecial", strings.ToTitleSpecial(unicode.TurkishCase, s), lib.ToTitleSpecial(libunicode.TurkishCase, s)},
			{"bytes.ToUpper", bytes.ToUpper(b), libbytes.ToUpper(b)}, {"bytes.ToLower", bytes.ToLower(b), libbytes.ToLower(b)}, {"bytes.Title", bytes.Title(b), libbytes.Title(b)}, {"bytes.Fields", bytes.Fields(b), libbytes.Fields(b)}, {"bytes.FieldsFunc", bytes.FieldsFunc(b, vowel), libbytes.FieldsFunc(b, vowel)},
			{"bytes.TrimSpace", bytes.TrimSpace(b), libbytes.TrimSpace(b)}, {"bytes.TrimFunc", bytes.TrimFunc(b, vowel), libbytes.TrimFunc(b, vowel)}, {"bytes.Map", bytes.Map(shift, b), libbytes.Map(shift, b)}, {"bytes.Runes", bytes.Runes(b), libbytes.Runes(b)}, {"bytes.Lines", collect(bytes.Lines(b)), collect(libbytes.Lines(b))}, {"bytes.FieldsSeq", collect(bytes.FieldsSeq(b)), collect(libbytes.FieldsSeq(b))},
			{"bytes.Repeat", bytes.Repeat(b, 3), libbytes.Repeat(b, 3)},
		})
		for _, r := range []rune{'a', 'é', '日', 0xFFFD, -1, 0xD800, 0x110000, 'z'} {
			check(t, fmt.Sprintf("%q %q", s, r), []pair{{"IndexRune", strings.IndexRune(s, r), lib.IndexRune(s, r)}, {"ContainsRune", strings.ContainsRune(s, r), lib.ContainsRune(s, r)}, {"bytes.IndexRune", bytes.IndexRune(b, r), libbytes.IndexRune(b, r)},
				{"IndexByte", strings.IndexByte(s, byte(r)), lib.IndexByte(s, byte(r))}, {"LastIndexByte", strings.LastIndexByte(s, byte(r)), lib.LastIndexByte(s, byte(r))}})
		}
	}
	for n := 0; n < 4; n++ {
		parts := []string{"ab", "", "日"}[:min(n, 3)]
		check(t, fmt.Sprint(n), []pair{{"Join", strings.Join(parts, ", "), lib.Join(parts, ", ")}, {"Join empty", strings.Join(parts, ""), lib.Join(parts, "")}})
	}
}

func TestReplacer(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	olds := texts(rng, 40, 3)
	for i := 0; i < 3000; i++ {
		var oldnew []string
		for n := rng.Intn(5); n > 0; n-- {
			oldnew = append(oldnew, olds[rng.Intn(len(olds))], []string{"", "x", "<long>", "é"}[rng.Intn(4)])
		}
		if i%3 == 0 { // single bytes only: Go has algorithms of their own for them
			oldnew = nil
			for n := rng.Intn(6); n > 0; n-- {
				oldnew = append(oldnew, string("abcx,"[rng.Intn(5)]), []string{"", "y", "zz"}[rng.Intn(3)])
			}
		}
		a, b := strings.NewReplacer(oldnew...), lib.NewReplacer(oldnew...)
		for _, s := range texts(rng, 20, 12) {
			if w, g := a.Replace(s), b.Replace(s); w != g {
				t.Fatalf("NewReplacer(%q).Replace(%q) = %q, want %q", oldnew, s, g, w)
			}
		}
		var w1, w2 strings.Builder
		n1, _ := a.WriteString(&w1, "abc,é")
		n2, _ := b.WriteString(&w2, "abc,é")
		if n1 != n2 || w1.String() != w2.String() {
			t.Fatal("WriteString")
		}
	}
}

// stdEOF makes a reader of ours return Go's io.EOF, which tests of package testing compare with.
var libEOF = libio.EOF

type stdEOF struct {
	io.ReadSeeker
	at io.ReaderAt
}

func fixEOF(err error) error {
	if err == libio.EOF {
		return io.EOF
	}
	return err
}

func (r stdEOF) Read(p []byte) (int, error) {
	n, err := r.ReadSeeker.Read(p)
	return n, fixEOF(err)
}

func (r stdEOF) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.at.ReadAt(p, off)
	return n, fixEOF(err)
}

func TestStringsReaderBuilder(t *testing.T) {
	const text = "hello, 日本 wörld \xff!"
	if err := iotest.TestReader(stdEOF{lib.NewReader(text), lib.NewReader(text)}, []byte(text)); err != nil {
		t.Error(err)
	}
	if err := iotest.TestReader(stdEOF{libbytes.NewReader([]byte(text)), libbytes.NewReader([]byte(text))}, []byte(text)); err != nil {
		t.Error(err)
	}
	rng := rand.New(rand.NewSource(4))
	for round := 0; round < 300; round++ {
		type reader interface {
			io.ReadSeeker
			io.ReaderAt
			io.ByteScanner
			io.RuneScanner
			Len() int
			Size() int64
		}
		var a, b reader = strings.NewReader(text), lib.NewReader(text)
		if round%2 == 1 {
			a, b = bytes.NewReader([]byte(text)), libbytes.NewReader([]byte(text))
		}
		for i := 0; i < 30; i++ {
			var w, g string
			switch op := rng.Intn(8); op {
			case 0:
				p, q := make([]byte, 5), make([]byte, 5)
				n, e := a.Read(p)
				m, f := b.Read(q)
				w, g = fmt.Sprint(n, e, p), fmt.Sprint(m, f, q)
			case 1:
				c, e := a.ReadByte()
				d, f := b.ReadByte()
				w, g = fmt.Sprint(c, e), fmt.Sprint(d, f)
			case 2:
				w, g = errText(a.UnreadByte()), errText(b.UnreadByte())
			case 3:
				r, n, e := a.ReadRune()
				s, m, f := b.ReadRune()
				w, g = fmt.Sprint(r, n, e), fmt.Sprint(s, m, f)
			case 4:
				w, g = errText(a.UnreadRune()), errText(b.UnreadRune())
			case 5:
				off, whence := int64(rng.Intn(40)-10), rng.Intn(4)
				n, e := a.Seek(off, whence)
				m, f := b.Seek(off, whence)
				w, g = fmt.Sprint(n, e), fmt.Sprint(m, f)
			case 6:
				off := int64(rng.Intn(40) - 5)
				p, q := make([]byte, 5), make([]byte, 5)
				n, e := a.ReadAt(p, off)
				m, f := b.ReadAt(q, off)
				w, g = fmt.Sprint(n, e, p), fmt.Sprint(m, f, q)
			case 7:
				w, g = fmt.Sprint(a.Len(), a.Size()), fmt.Sprint(b.Len(), b.Size())
			}
			if w != g {
				t.Fatalf("round %d: %s, want %s", round, g, w)
			}
		}
	}
	var b lib.Builder
	b.WriteString("a")
	b.WriteByte('b')
	b.WriteRune('日')
	b.Write([]byte("x"))
	b.Grow(100)
	if b.String() != "ab日x" || b.Len() != 6 || b.Cap() < 106 {
		t.Errorf("Builder: %q %d %d", b.String(), b.Len(), b.Cap())
	}
	defer func() {
		if recover() == nil {
			t.Error("a copied Builder must panic")
		}
	}()
	c := b
	c.WriteByte('x')
}
