// SPDX-License-Identifier: BSD-3-Clause

// Package regexp searches text by regular expressions, in time linear in the text.
//
// parse.go, class.go, tables.go: the syntax. compile.go: the program. match.go: running it. regexp.go, find.go, replace.go: the functions.
package regexp

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Regexp is a compiled expression. It may be used by several goroutines at once, except for Longest.
type Regexp struct {
	expr    string
	prog    *program
	names   []string
	longest bool
}

// Compile parses an expression in Go's syntax, close to Perl's. Of several matches at a place the one is found that Perl would find.
func Compile(expr string) (*Regexp, error) { return compileRegexp(expr, false) }

// CompilePOSIX parses a POSIX extended expression, and finds the longest match at a place.
func CompilePOSIX(expr string) (*Regexp, error) { return compileRegexp(expr, true) }

func compileRegexp(expr string, posix bool) (re *Regexp, err error) {
	tree, names, err := parse(expr, posix)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := recover(); e != nil {
			large, ok := e.(*syntaxError)
			if !ok {
				panic(e)
			}
			large.text = expr
			re, err = nil, large
		}
	}()
	return &Regexp{expr: expr, prog: compile(tree, len(names)), names: names, longest: posix}, nil
}

// MustCompile is Compile with a panic for an error.
func MustCompile(str string) *Regexp {
	re, err := Compile(str)
	if err != nil {
		panic("regexp: Compile(" + quote(str) + "): " + err.Error())
	}
	return re
}

// MustCompilePOSIX is CompilePOSIX with a panic for an error.
func MustCompilePOSIX(str string) *Regexp {
	re, err := CompilePOSIX(str)
	if err != nil {
		panic("regexp: CompilePOSIX(" + quote(str) + "): " + err.Error())
	}
	return re
}

func quote(s string) string {
	if strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// String returns the expression.
func (re *Regexp) String() string { return re.expr }

// Copy returns a copy.
func (re *Regexp) Copy() *Regexp {
	other := *re
	return &other
}

// Longest makes future searches find the longest match at a place.
func (re *Regexp) Longest() { re.longest = true }

// NumSubexp returns the number of parenthesised groups.
func (re *Regexp) NumSubexp() int { return len(re.names) - 1 }

// SubexpNames returns the names of the groups, "" for those without; the first is that of the whole expression.
func (re *Regexp) SubexpNames() []string { return re.names }

// SubexpIndex returns the number of the group with the name, -1 if there is none.
func (re *Regexp) SubexpIndex(name string) int {
	if name == "" {
		return -1
	}
	return slices.Index(re.names, name)
}

// LiteralPrefix returns text that every match begins with, and whether it is the whole expression.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) {
	return re.prog.prefix, re.prog.complete
}

// AppendText appends the expression.
func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.expr...), nil }

// MarshalText returns the expression.
func (re *Regexp) MarshalText() ([]byte, error) { return re.AppendText(nil) }

// UnmarshalText compiles the text.
func (re *Regexp) UnmarshalText(text []byte) error {
	other, err := Compile(string(text))
	if err != nil {
		return err
	}
	*re = *other
	return nil
}

// QuoteMeta returns an expression that matches the text.
func QuoteMeta(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(`\.+*?()|[]{}^$`, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// view is the bytes as a string, without a copy: they are only looked at.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// readAll reads a text to its end: each character as it was encoded, what was none as a byte that is none.
func readAll(r io.RuneReader) string {
	var b []byte
	for {
		c, size, err := r.ReadRune()
		if err != nil {
			return string(b)
		}
		if c == utf8.RuneError && size == 1 {
			b = append(b, 0xff)
			continue
		}
		b = utf8.AppendRune(b, c)
	}
}

// MatchString reports whether s contains a match.
func (re *Regexp) MatchString(s string) bool { return re.execute(s, 0, 0, nil) != nil }

// Match reports whether b contains a match.
func (re *Regexp) Match(b []byte) bool { return re.MatchString(view(b)) }

// MatchReader reports whether the text, which is read to its end, contains a match.
func (re *Regexp) MatchReader(r io.RuneReader) bool { return re.MatchString(readAll(r)) }

// MatchString reports whether s contains a match of the expression.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

// Match reports whether b contains a match of the expression.
func Match(pattern string, b []byte) (matched bool, err error) { return MatchString(pattern, view(b)) }

// MatchReader reports whether the text, which is read to its end, contains a match of the expression.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}
