// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"bufio"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"testing"
	"testing/iotest"

	lib "gotk.test/lib/fmt"
)

type scanT struct{ text string }

func (s *scanT) Scan(state fmt.ScanState, verb rune) error {
	tok, err := state.Token(true, func(r rune) bool { return r != ';' && r != '\n' })
	wid, ok := state.Width()
	s.text = fmt.Sprintf("%q %c %d %v", tok, verb, wid, ok)
	return err
}

type libScanT struct{ scanT }

func (s *libScanT) Scan(state lib.ScanState, verb rune) error { return s.scanT.Scan(state, verb) }

// targets makes variables of many types; ours and Go's get a set each.
func targets(pick []int, ours bool) []any {
	var all []any
	for _, p := range pick {
		var v any
		switch p % 19 {
		case 0, 1, 2:
			v = new(int)
		case 3, 4, 5:
			v = new(string)
		case 6:
			v = new(float64)
		case 7:
			v = new(bool)
		case 8:
			v = new(uint8)
		case 9:
			v = new(int8)
		case 10:
			v = new(rune)
		case 11:
			v = new([]byte)
		case 12:
			v = new(complex128)
		case 13:
			v = new(float32)
		case 14:
			v = new(uint)
		case 15:
			v = new(myStr)
		case 16:
			v = new(myBytes)
		case 17:
			v = new(myFloat)
		case 18:
			if ours {
				v = new(libScanT)
			} else {
				v = new(scanT)
			}
		}
		all = append(all, v)
	}
	return all
}

func scanned(n int, err error, vars []any, rest string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %v;", n, err)
	for _, v := range vars {
		switch v := v.(type) {
		case *libScanT:
			fmt.Fprintf(&b, " %v", v.scanT)
		case *scanT:
			fmt.Fprintf(&b, " %v", *v)
		case *int:
			fmt.Fprintf(&b, " %d", *v)
		case *string:
			fmt.Fprintf(&b, " %q", *v)
		case *float64:
			fmt.Fprintf(&b, " %v", *v)
		case *bool:
			fmt.Fprintf(&b, " %v", *v)
		case *uint8:
			fmt.Fprintf(&b, " %v", *v)
		case *int8:
			fmt.Fprintf(&b, " %v", *v)
		case *rune:
			fmt.Fprintf(&b, " %v", *v)
		case *[]byte:
			fmt.Fprintf(&b, " %q", *v)
		case *complex128:
			fmt.Fprintf(&b, " %v", *v)
		case *float32:
			fmt.Fprintf(&b, " %v", *v)
		case *uint:
			fmt.Fprintf(&b, " %v", *v)
		case *myStr:
			fmt.Fprintf(&b, " %q", *v)
		case *myBytes:
			fmt.Fprintf(&b, " %q", *v)
		case *myFloat:
			fmt.Fprintf(&b, " %v", *v)
		}
	}
	return b.String() + " rest " + fmt.Sprintf("%q", rest)
}

func TestScan(t *testing.T) {
	rng := rand.New(rand.NewSource(12))
	pieces := strings.Split("1|23|-7|+5|0x1f|0b11|0o17|017|1_000|300|-129|3.5|1e3|-2.5e-3|0x1p4|12p3|inf|NaN|true|false|TRUE|f|t|tru|abc|héllo|日|'x'|\"quoted \\n\"|`raw`|(1+2i)|3-4i|6162|zz|x;y|%|U+65E5|,|:|99999999999999999999|1.|.|-|e", "|")
	spaces := []string{" ", " ", " ", "  ", "\n", "\t", "\r\n", "", "\n\n", " \n "}
	verbs := []string{"%d", "%s", "%v", "%f", "%c", "%x", "%q", "%t", "%b", "%o", "%U", "%5d", "%2s", "%3v", "%1d", "%%", "%5%", "%X", "%g", "%z", "%0d", "%3c", "%", "%é"}
	for i := 0; i < 12000; i++ {
		var in, format strings.Builder
		var pick []int
		for n := rng.Intn(5); n > 0; n-- {
			in.WriteString(pieces[rng.Intn(len(pieces))])
			in.WriteString(spaces[rng.Intn(len(spaces))])
		}
		for n := rng.Intn(4); n > 0; n-- {
			pick = append(pick, rng.Intn(100))
			format.WriteString(verbs[rng.Intn(len(verbs))])
			format.WriteString(append(spaces, ",", "x", "日", "1")[rng.Intn(len(spaces)+4)])
		}
		text := in.String()
		for mode := 0; mode < 7; mode++ {
			w, g := targets(pick, false), targets(pick, true)
			var n1, n2 int
			var e1, e2 error
			r1, r2 := strings.NewReader(text), strings.NewReader(text)
			switch mode {
			case 0:
				n1, e1 = fmt.Sscan(text, w...)
				n2, e2 = lib.Sscan(text, g...)
			case 1:
				n1, e1 = fmt.Sscanln(text, w...)
				n2, e2 = lib.Sscanln(text, g...)
			case 2:
				n1, e1 = fmt.Sscanf(text, format.String(), w...)
				n2, e2 = lib.Sscanf(text, format.String(), g...)
			case 3:
				n1, e1 = fmt.Fscan(stdReader{r1}, w...)
				n2, e2 = lib.Fscan(libReader{r2}, g...)
			case 4:
				n1, e1 = fmt.Fscanln(bufio.NewReader(r1), w...)
				n2, e2 = lib.Fscanln(libRunes{libReader{r2}, bufio.NewReader(r2)}, g...)
				r1, r2 = strings.NewReader(""), strings.NewReader("")
			case 5:
				n1, e1 = fmt.Fscanf(stdReader{iotest.OneByteReader(r1)}, format.String(), w...)
				n2, e2 = lib.Fscanf(libReader{iotest.OneByteReader(r2)}, format.String(), g...)
			case 6: // two calls on one reader that can unread
				b1, b2 := bufio.NewReader(r1), bufio.NewReader(r2)
				fmt.Fscan(b1, w[:len(w)/2]...)
				lib.Fscan(libRunes{libReader{r2}, b2}, g[:len(w)/2]...)
				n1, e1 = fmt.Fscan(b1, w[len(w)/2:]...)
				n2, e2 = lib.Fscan(libRunes{libReader{r2}, b2}, g[len(w)/2:]...)
			}
			rest1, _ := io.ReadAll(r1)
			rest2, _ := io.ReadAll(r2)
			want, got := scanned(n1, e1, w, string(rest1)), scanned(n2, e2, g, string(rest2))
			if want != got {
				t.Fatalf("case %d mode %d: scan of %q by %q into %T\n got %s\nwant %s", i, mode, text, format.String(), w, got, want)
			}
		}
	}
	var x int
	for _, arg := range []any{3, "s", x, []int{}, new([]int), new(point), new(chan int), new(*int), new(any)} {
		_, e1 := fmt.Sscan("1", arg)
		_, e2 := lib.Sscan("1", arg)
		same(t, fmt.Sprintf("%T", arg), errText(e2), errText(e1))
	}
}

// stdReader hides everything but Read.
type stdReader struct{ r io.Reader }

func (r stdReader) Read(p []byte) (int, error) { return r.r.Read(p) }

// libReader returns our io.EOF for Go's.
type libReader struct{ r io.Reader }

func toLib(err error) error {
	if err == io.EOF {
		return libEOF
	}
	return err
}

func (r libReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	return n, toLib(err)
}

type libRunes struct {
	libReader
	b *bufio.Reader
}

func (r libRunes) ReadRune() (rune, int, error) {
	c, n, err := r.b.ReadRune()
	return c, n, toLib(err)
}

func (r libRunes) UnreadRune() error { return r.b.UnreadRune() }
