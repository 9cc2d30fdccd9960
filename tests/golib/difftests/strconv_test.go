// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"fmt"
	"math"
	"math/rand"
	"strconv"
	"strings"
	"testing"

	lib "gotk.test/lib/strconv"
)

func errText(err error) string {
	if err == nil {
		return "<nil>"
	}
	return err.Error()
}

// sameFloat is identity of bits, but all NaN are one.
func sameFloat(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

func checkFormat(t *testing.T, f float64, size int) {
	t.Helper()
	for _, verb := range "eEfgGbxX" {
		for _, prec := range []int{-1, 0, 1, 2, 5, 6, 15, 17, 20} {
			want := strconv.FormatFloat(f, byte(verb), prec, size)
			if got := lib.FormatFloat(f, byte(verb), prec, size); got != want {
				t.Fatalf("FormatFloat(%x, %c, %d, %d) = %q, want %q", f, verb, prec, size, got, want)
			}
		}
	}
}

func checkParse(t *testing.T, s string) {
	t.Helper()
	for _, size := range []int{32, 64} {
		want, werr := strconv.ParseFloat(s, size)
		got, gerr := lib.ParseFloat(s, size)
		if !sameFloat(got, want) || errText(werr) != errText(gerr) {
			t.Fatalf("ParseFloat(%q, %d) = %x, %v, want %x, %v", s, size, got, gerr, want, werr)
		}
	}
}

var floatCases = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.5, 1.5, 2.5, 0.25, 0.75, 100, 123456789, 1e5, 1e6, 1e20, 1e21, 1e22, 1e23, 5e-324,
	math.MaxFloat64, math.SmallestNonzeroFloat64, 2.2250738585072014e-308, 2.2250738585072011e-308, math.Inf(1), math.Inf(-1), math.NaN(), 9.5, 99.5, 999.95,
	0.000123, 1 << 53, 1<<53 - 1, 1 << 60, math.MaxFloat32, math.SmallestNonzeroFloat32, 8.41e21, 4.35, 0.15, 1.005, 0.30000000000000004, 1e-5, 1e-4, 123456.789,
	4503599627370496.5, 9007199254740993, 0.1e-6, 3e-308, 18446744073709551616, 18446744073709551615}

func TestFormatFloat(t *testing.T) {
	seed := int64(42)
	rng := rand.New(rand.NewSource(seed))
	t.Log("seed", seed)
	for _, f := range floatCases {
		checkFormat(t, f, 64)
		checkFormat(t, f, 32)
	}
	for i := 0; i < 3000; i++ {
		checkFormat(t, math.Float64frombits(rng.Uint64()), 64)
		checkFormat(t, float64(math.Float32frombits(rng.Uint32())), 32)
		checkFormat(t, float64(rng.Intn(100000000))/float64([]int{1, 2, 8, 10, 100, 1000, 64}[rng.Intn(7)]), 64)
		checkFormat(t, rng.NormFloat64()*math.Pow(10, float64(rng.Intn(40)-20)), 64)
	}
	for e := 0; e < 2047; e += 3 { // powers of two: the irregular interval
		checkFormat(t, math.Float64frombits(uint64(e)<<52), 64)
	}
	for e := 0; e < 255; e++ {
		checkFormat(t, float64(math.Float32frombits(uint32(e)<<23)), 32)
	}
	for _, prec := range []int{0, 1, 30, 60, 100, 400, 800} {
		for _, f := range floatCases {
			for _, verb := range "efg" {
				if got, want := lib.FormatFloat(f, byte(verb), prec, 64), strconv.FormatFloat(f, byte(verb), prec, 64); got != want {
					t.Fatalf("FormatFloat(%x, %c, %d) = %q, want %q", f, verb, prec, got, want)
				}
			}
		}
	}
	if got, want := lib.FormatFloat(1, 'z', 1, 64), strconv.FormatFloat(1, 'z', 1, 64); got != want {
		t.Errorf("bad verb: %q, want %q", got, want)
	}
	for _, c := range []complex128{1 + 2i, -1 - 2i, complex(math.NaN(), math.NaN()), complex(math.Inf(1), math.Inf(-1))} {
		if got, want := lib.FormatComplex(c, 'g', -1, 128), strconv.FormatComplex(c, 'g', -1, 128); got != want {
			t.Errorf("FormatComplex(%v) = %q, want %q", c, got, want)
		}
	}
}

func TestParseFloat(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	for _, s := range strings.Fields(`0 -0 +0 1 -1 +1 . .e1 1. .5 5.e1 1e 1e+ 1e-1 1e1000 -1e1000 1e-1000 0x 0x1 0x1p 0x1p0 0x1p-1074 0x1p-1075 0x1.8p-1075
		0x1.fffffffffffff8p1023 0x1.fffffffffffff7p1023 0X1P+5 0x.8p1 0x1_0p0 1_0 1__0 _1 1_ 0x_1p0 1_0.5 1e1_0 inf -inf +Inf INFINITY infinit nan NaN +nan -nan nanx infx
		1e23 8.5e22 9007199254740993 9007199254740992.5 9007199254740993.00000000000000000000000000000000000000001 1e309 1.7976931348623157e308 1.7976931348623158e308
		1.7976931348623159e308 1.797693134862315808e308 2.2250738585072011e-308 2.2250738585072012e-308 4.9e-324 2.4703282292062327e-324 2.4703282292062328e-324 2.5e-324 1e-400 0e500 0x0p5000
		3.4028235e38 3.4028236e38 3.4028235677973366e38 1.401298464324817e-45 7.006492321624085e-46 7.006492321624086e-46 7e-46 16777217 16777217.0000001 16777219 0x1.000001p0 0x1.0000011p0 0x1.000003p0
		00000000000000000000000000000000000000001 0.00000000000000000000000000000000000000000000000000000001e56 1x 1e5x +-1 -+1 0x1.8 0b1 0o7 ١ 1,5 0x1p99999 0x1p-99999 0x123456789abcdef01p0 0x123456789abcdef0123p0
		100000000000000016777215 100000000000000016777216 1.00000000000000011102230246251565404236316680908203125 1.00000000000000011102230246251565404236316680908203124 1.00000000000000011102230246251565404236316680908203126 _ 0x_ i`) {
		checkParse(t, s)
	}
	checkParse(t, "")
	checkParse(t, "1."+strings.Repeat("0", 900)+"1")
	checkParse(t, "9007199254740993"+strings.Repeat("0", 900)+"e-900")
	checkParse(t, "9007199254740993."+strings.Repeat("0", 900)+"1")
	checkParse(t, strings.Repeat("0", 900)+"1e-5")
	checkParse(t, "1"+strings.Repeat("0", 900)+"e-905")
	checkParse(t, "0."+strings.Repeat("0", 900)+"1e+905")
	checkParse(t, "0.5"+strings.Repeat("7", 1000)+"e-323")
	for i := 0; i < 20000; i++ {
		f := math.Float64frombits(rng.Uint64())
		checkParse(t, strconv.FormatFloat(f, 'g', rng.Intn(25)-1, 64))
		checkParse(t, fmt.Sprintf("%d.%de%d", rng.Int63(), rng.Int63(), rng.Intn(700)-350))
		checkParse(t, strconv.FormatFloat(float64(math.Float32frombits(rng.Uint32())), 'g', rng.Intn(15)-1, 32))
	}
	for i := 0; i < 800; i++ { // exactly halfway between two floats, and next to it
		b := rng.Uint64() &^ (1 << 63)
		f := math.Float64frombits(b)
		if math.IsNaN(f) || math.IsInf(f, 0) || b>>52 < 53 || b>>52 > 1100 {
			f = rng.Float64() * 1000
		}
		s := strconv.FormatFloat(f, 'f', -1, 64)
		_ = s
		g := math.Nextafter(f, math.Inf(1))
		exact := strconv.FormatFloat(f, 'e', 800, 64)
		next := strconv.FormatFloat(g, 'e', 800, 64)
		if exact[len(exact)-4:] == next[len(next)-4:] {
			checkParse(t, midpoint(exact, next))
			checkParse(t, strings.Replace(midpoint(exact, next), "e", "1e", 1))
		}
	}
	for _, s := range strings.Fields("1 i 2i 1+2i (1+2i) (1-2i) 1+-2i 1++2i 1-+2i +1+2i NaN+NaNi Inf-Infi 1+i -i ( () 1+2 1+2j 1e400+1i 1+1e400i (1+2i 1_0i 0x1p1+0x1p2i nani 1+nani 1+infi 3+4ii") {
		for _, size := range []int{64, 128} {
			want, werr := strconv.ParseComplex(s, size)
			got, gerr := lib.ParseComplex(s, size)
			if !sameFloat(real(got), real(want)) || !sameFloat(imag(got), imag(want)) || errText(werr) != errText(gerr) {
				t.Errorf("ParseComplex(%q) = %v, %v, want %v, %v", s, got, gerr, want, werr)
			}
		}
	}
}

// midpoint returns (a+b)/2 for two numbers d.dddde±xx of equal length and exponent.
func midpoint(a, b string) string {
	mark := strings.IndexByte(a, 'e')
	da := a[:1] + a[2:mark]
	db := b[:1] + b[2:mark]
	sum := make([]byte, len(da)+1)
	carry := byte(0)
	for i := len(da) - 1; i >= 0; i-- {
		d := da[i] - '0' + db[i] - '0' + carry
		sum[i+1] = d % 10
		carry = d / 10
	}
	sum[0] = carry
	out := make([]byte, 0, len(sum)+1)
	rem := byte(0)
	for _, d := range sum {
		d += rem * 10
		out = append(out, '0'+d/2)
		rem = d % 2
	}
	out = append(out, '0'+rem*5)
	return string(out[:2]) + "." + string(out[2:]) + a[mark:]
}

func TestIntegers(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	ints := []int64{0, 1, -1, 9, 10, 99, 100, -100, math.MaxInt64, math.MinInt64, 1 << 32}
	for i := 0; i < 2000; i++ {
		ints = append(ints, int64(rng.Uint64())>>uint(rng.Intn(64)))
	}
	for _, i := range ints {
		for base := 2; base <= 36; base++ {
			if got, want := lib.FormatInt(i, base), strconv.FormatInt(i, base); got != want {
				t.Fatalf("FormatInt(%d, %d) = %q, want %q", i, base, got, want)
			}
			if got, want := string(lib.AppendUint([]byte("x"), uint64(i), base)), string(strconv.AppendUint([]byte("x"), uint64(i), base)); got != want {
				t.Fatalf("AppendUint(%d, %d) = %q, want %q", i, base, got, want)
			}
		}
	}
	texts := strings.Fields(`0 1 -1 +1 + - 00 0x 0x1 0X1f 0b 0b101 0o17 017 08 0_7 0x_f 1_000 1__0 _1 1_ 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809
		18446744073709551615 18446744073709551616 99999999999999999999999 zz ZZ -zz 127 128 -128 -129 255 256 65535 65536 4294967295 4294967296 1a a1 0b2 0o8 0xg 12345678901234567 123456789012345678 1234567890123456789 ٣ 1.5 --1 +-1 0b_1 -0x10 +0b11`)
	texts = append(texts, "", " 1", "1 ")
	for _, s := range texts {
		for _, base := range []int{0, 2, 8, 10, 16, 36, 1, 37, -1} {
			for _, size := range []int{0, 1, 8, 16, 32, 64, 65, -1} {
				if size < 0 && base >= 0 || size > 64 {
					// ParseInt's own shift by bitSize-1 makes these panic or not, depending on version: errors only.
					_, w := strconv.ParseUint(s, base, size)
					_, g := lib.ParseUint(s, base, size)
					if errText(w) != errText(g) {
						t.Errorf("ParseUint(%q, %d, %d): %v, want %v", s, base, size, g, w)
					}
					continue
				}
				if size < 0 {
					continue
				}
				w, we := strconv.ParseInt(s, base, size)
				g, ge := lib.ParseInt(s, base, size)
				if w != g || errText(we) != errText(ge) {
					t.Errorf("ParseInt(%q, %d, %d) = %d, %v, want %d, %v", s, base, size, g, ge, w, we)
				}
				wu, we := strconv.ParseUint(s, base, size)
				gu, ge := lib.ParseUint(s, base, size)
				if wu != gu || errText(we) != errText(ge) {
					t.Errorf("ParseUint(%q, %d, %d) = %d, %v, want %d, %v", s, base, size, gu, ge, wu, we)
				}
			}
		}
		w, we := strconv.Atoi(s)
		g, ge := lib.Atoi(s)
		if w != g || errText(we) != errText(ge) {
			t.Errorf("Atoi(%q) = %d, %v, want %d, %v", s, g, ge, w, we)
		}
		wb, we := strconv.ParseBool(s)
		gb, ge := lib.ParseBool(s)
		if wb != gb || errText(we) != errText(ge) {
			t.Errorf("ParseBool(%q)", s)
		}
	}
}

func TestQuote(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	texts := []string{"", "abc", "a\"b'c`d\\", "\a\b\f\n\r\t\v\x00\x7f\x80\xff", "é日本\u2028\u00a0\ufeff\U0001F600\U000e0001", "\xed\xa0\x80", "\ufffd", "tab\there"}
	alphabet := []string{"a", "\\", "\"", "'", "`", "\n", "\r", "x", "u", "0", "7", "1", "\xff", "é", "\U0001F600", "\u200b", "n", "U", "F"}
	for i := 0; i < 20000; i++ {
		var b strings.Builder
		for n := rng.Intn(10); n > 0; n-- {
			b.WriteString(alphabet[rng.Intn(len(alphabet))])
		}
		texts = append(texts, b.String())
	}
	for _, s := range texts {
		for _, f := range []struct {
			name      string
			want, got func(string) string
		}{{"Quote", strconv.Quote, lib.Quote}, {"QuoteToASCII", strconv.QuoteToASCII, lib.QuoteToASCII}, {"QuoteToGraphic", strconv.QuoteToGraphic, lib.QuoteToGraphic}} {
			if w, g := f.want(s), f.got(s); w != g {
				t.Fatalf("%s(%q) = %s, want %s", f.name, s, g, w)
			}
		}
		if w, g := strconv.CanBackquote(s), lib.CanBackquote(s); w != g {
			t.Errorf("CanBackquote(%q) = %v", s, g)
		}
		for _, q := range []string{s, `"` + s + `"`, "'" + s + "'", "`" + s + "`", `"` + s, strconv.Quote(s)} {
			w, we := strconv.Unquote(q)
			g, ge := lib.Unquote(q)
			if w != g || errText(we) != errText(ge) {
				t.Fatalf("Unquote(%q) = %q, %v, want %q, %v", q, g, ge, w, we)
			}
			w, we = strconv.QuotedPrefix(q)
			g, ge = lib.QuotedPrefix(q)
			if w != g || errText(we) != errText(ge) {
				t.Fatalf("QuotedPrefix(%q) = %q, %v, want %q, %v", q, g, ge, w, we)
			}
			for _, c := range []byte{0, '"', '\'', '`'} {
				r1, m1, t1, e1 := strconv.UnquoteChar(q, c)
				r2, m2, t2, e2 := lib.UnquoteChar(q, c)
				if e1 == nil && (r1 != r2 || m1 != m2 || t1 != t2) || errText(e1) != errText(e2) {
					t.Fatalf("UnquoteChar(%q, %q) = %q %v %q %v, want %q %v %q %v", q, c, r2, m2, t2, e2, r1, m1, t1, e1)
				}
			}
		}
	}
	for r := rune(-5); r < 0x110010; r += 1 + rune(rng.Intn(3)) {
		if strconv.QuoteRune(r) != lib.QuoteRune(r) || strconv.QuoteRuneToASCII(r) != lib.QuoteRuneToASCII(r) || strconv.QuoteRuneToGraphic(r) != lib.QuoteRuneToGraphic(r) {
			t.Fatalf("QuoteRune(%U): %s", r, lib.QuoteRune(r))
		}
	}
}
