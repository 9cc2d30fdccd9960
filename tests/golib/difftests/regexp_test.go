// SPDX-License-Identifier: BSD-3-Clause

package difftest

import (
	"fmt"
	"math/rand"
	"reflect"
	"regexp"
	"strings"
	"testing"

	our "gotk.test/lib/regexp"
)

// pieces are what random expressions are made of: most are right, some are not.
var pieces = []string{
	"a", "b", "c", "ab", "é", "世", ".", "^", "$", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}", "{0}", "{,2}", "{3,1}", "{1001}",
	"(", ")", "(?:", "(?i)", "(?s)", "(?m)", "(?U)", "(?i:", "(?-i:", "(?P<n>", "(?<m>", "(?P<n", "(?=", "|", "|", "[ab]", "[^a]", "[a-c]", "[c-a]", "[[:alpha:]]",
	"[^[:digit:]_]", "[[:nope:]]", "[", "]", "[a", `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, `\b`, `\B`, `\A`, `\z`, `\Z`, `\pL`, `\p{Greek}`, `\P{Lu}`, `\p{^Nd}`, `\p{Nope}`,
	`\x41`, `\x{4e16}`, `\x{110000}`, `\n`, `\t`, `\101`, `\1`, `\`, `\Qa.b\E`, `\Qab\E*`, `\.`, `\-`, `[\d\-a]`, `[^\w]`, `(?i)k`, `(?i)[k]`, `(?i)\w`, "K", "ſ", "()", "(a|)", "(a*)*", "(a|b)*?",
	"(|a)*", "(|a)+", "(a*)+", "(?:a?){3}", "x*", " ", "\n",
}

func expression(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.Intn(8) {
		b.WriteString(pieces[r.Intn(len(pieces))])
	}
	s := b.String()
	if r.Intn(3) > 0 { // mostly close what was opened
		for range strings.Count(s, "(") - strings.Count(s, ")") {
			s += ")"
		}
	}
	return s
}

func subject(r *rand.Rand) string {
	letters := []string{"a", "b", "c", "ab", "A", "B", "K", "ſ", "é", "世", "Ω", " ", "\n", "_", "1", "a.b", "x", "\xff", ".", "-"}
	var b strings.Builder
	for range r.Intn(12) {
		b.WriteString(letters[r.Intn(len(letters))])
	}
	return b.String()
}

func compareRegexp(t *testing.T, r *rand.Rand, expr string, re *our.Regexp, std *regexp.Regexp) {
	check := func(what, text string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q %s %q: %v, want %v", expr, what, text, got, want)
		}
	}
	check("names", "", re.SubexpNames(), std.SubexpNames())
	check("subexpressions", "", re.NumSubexp(), std.NumSubexp())
	for range 4 {
		s := subject(r)
		if r.Intn(50) == 0 {
			s = strings.Repeat(s, 40000/(len(s)+1)) // too long for the backtracker
		}
		n := r.Intn(4) - 1
		check("match", s, re.MatchString(s), std.MatchString(s))
		check("submatches", s, re.FindAllStringSubmatchIndex(s, n), std.FindAllStringSubmatchIndex(s, n))
		check("index", s, re.FindStringIndex(s), std.FindStringIndex(s))
		check("string", s, re.FindString(s), std.FindString(s))
		check("bytes", s, re.FindAllSubmatch([]byte(s), n), std.FindAllSubmatch([]byte(s), n))
		check("split", s, re.Split(s, n), std.Split(s, n))
		check("replace", s, re.ReplaceAllString(s, "<$1|${n}|$0$>"), std.ReplaceAllString(s, "<$1|${n}|$0$>"))
		check("literally", s, re.ReplaceAllLiteralString(s, "$1"), std.ReplaceAllLiteralString(s, "$1"))
		check("by function", s, re.ReplaceAllStringFunc(s, strings.ToUpper), std.ReplaceAllStringFunc(s, strings.ToUpper))
		check("reader", s, re.FindReaderSubmatchIndex(strings.NewReader(s)), std.FindReaderSubmatchIndex(strings.NewReader(s)))
	}
}

func TestRegexpOnRandomExpressions(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	good := 0
	for range 2500 {
		expr := expression(r)
		var re *our.Regexp
		var std *regexp.Regexp
		var err, want error
		if r.Intn(5) == 0 {
			re, err = our.CompilePOSIX(expr)
			std, want = regexp.CompilePOSIX(expr)
		} else {
			re, err = our.Compile(expr)
			std, want = regexp.Compile(expr)
		}
		if fmt.Sprint(err) != fmt.Sprint(want) {
			t.Fatalf("%q: error %v, want %v", expr, err, want)
		}
		if err != nil {
			continue
		}
		good++
		if r.Intn(4) == 0 {
			re.Longest()
			std.Longest()
		}
		compareRegexp(t, r, expr, re, std)
	}
	if good < 500 {
		t.Fatal("too few expressions were right:", good)
	}
}

func TestRegexpPrograms(t *testing.T) {
	text := strings.Repeat("John Smith <john.smith@example.com>, 2021-03-04T05:06:07Z 192.168.0.1 #abc key=value; ", 300)
	r := rand.New(rand.NewSource(1))
	for _, expr := range []string{
		`(\w+)\s(\w+)`, `[\w.]+@[\w.]+\.\w+`, `(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})`, `^(\d+)\.(\d+)\.(\d+)\.(\d+)$`, `(?m)^\s*#.*$`, `(\d+\.){3}\d+`,
		`(?i)JOHN`, `a(b|c)*d`, `(key)=(value)?`, `.*`, `(a+)(b+)?`, `[^,;]+`, `\bk\w*\b`, `^$`, ``, `(?:(?:a|b)|(?:c|d))+`, `x{0,5}y{2}`, `((((a))))`, `(foo|foobar)(bar)?`,
	} {
		re, std := our.MustCompile(expr), regexp.MustCompile(expr)
		compareRegexp(t, r, expr, re, std)
		for _, s := range []string{text, text[:200], ""} {
			if got, want := re.FindAllStringSubmatchIndex(s, -1), std.FindAllStringSubmatchIndex(s, -1); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %v, want %v", expr, got, want)
			}
		}
		gp, gc := re.LiteralPrefix()
		wp, wc := std.LiteralPrefix()
		if gp != wp || gc != wc {
			t.Errorf("%q: prefix %q %v, want %q %v", expr, gp, gc, wp, wc)
		}
	}
	for _, s := range []string{"", "a.b", `\.+*?()|[]{}^$`, "世$"} {
		if our.QuoteMeta(s) != regexp.QuoteMeta(s) {
			t.Error("QuoteMeta", s)
		}
	}
	for _, expr := range []string{strings.Repeat("(", 1001) + strings.Repeat(")", 1001), "(?:(?:a{100}){100}){100}", "\xff", `a\`, `[[:a`, `(?i)(?s`, `\pX`, `\p{`} {
		_, err := our.Compile(expr)
		_, want := regexp.Compile(expr)
		if fmt.Sprint(err) != fmt.Sprint(want) {
			t.Errorf("%.20q: %v, want %v", expr, err, want)
		}
	}
	defer func() {
		if got := recover(); got != "regexp: Compile(`a(`): error parsing regexp: missing closing ): `a(`" {
			t.Error(got)
		}
	}()
	our.MustCompile("a(")
}
