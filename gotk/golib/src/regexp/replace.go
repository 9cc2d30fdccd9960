// SPDX-License-Identifier: BSD-3-Clause

// Replacing and splitting.
package regexp

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// replace appends s with its matches replaced to a buffer; nil if there is none.
func (re *Regexp) replace(s string, captures int, repl func(dst []byte, match []int) []byte) []byte {
	var out []byte
	end := 0 // of what was copied
	found := false
	for pos := 0; pos <= len(s); {
		m := re.execute(s, pos, captures, nil)
		if m == nil {
			break
		}
		out = append(out, s[end:m[0]]...)
		// An empty match right after another one is not replaced; at the beginning it is.
		if m[1] > end || m[0] == 0 {
			out = repl(out, m)
			found = true
		}
		end = m[1]
		_, width := at(s, pos)
		switch {
		case pos+width > m[1]:
			pos += width
		case pos+1 > m[1]: // at the end of the text
			pos++
		default:
			pos = m[1]
		}
	}
	if !found {
		return nil
	}
	return append(out, s[end:]...)
}

// ReplaceAllString replaces the matches by repl, in which $1 or ${name} is a group's text.
func (re *Regexp) ReplaceAllString(src, repl string) string {
	captures := 2
	if strings.IndexByte(repl, '$') >= 0 {
		captures = re.prog.captures
	}
	out := re.replace(src, captures, func(dst []byte, m []int) []byte { return re.expand(dst, repl, src, m) })
	if out == nil {
		return src
	}
	return string(out)
}

// ReplaceAll replaces the matches by repl, in which $1 or ${name} is a group's text.
func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	text := string(repl)
	captures := 2
	if strings.IndexByte(text, '$') >= 0 {
		captures = re.prog.captures
	}
	out := re.replace(view(src), captures, func(dst []byte, m []int) []byte { return re.expand(dst, text, view(src), m) })
	if out == nil {
		return slices.Clone(src)
	}
	return out
}

// ReplaceAllLiteralString replaces the matches by repl as it is.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	out := re.replace(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
	if out == nil {
		return src
	}
	return string(out)
}

// ReplaceAllLiteral replaces the matches by repl as it is.
func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	out := re.replace(view(src), 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
	if out == nil {
		return slices.Clone(src)
	}
	return out
}

// ReplaceAllStringFunc replaces each match by what repl makes of it.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	out := re.replace(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
	if out == nil {
		return src
	}
	return string(out)
}

// ReplaceAllFunc replaces each match by what repl makes of it.
func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	out := re.replace(view(src), 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
	if out == nil {
		return slices.Clone(src)
	}
	return out
}

// Expand appends the template with the groups of a match in src put in.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.expand(dst, string(template), view(src), match)
}

// ExpandString appends the template with the groups of a match in src put in.
func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return re.expand(dst, template, src, match)
}

func (re *Regexp) expand(dst []byte, template, src string, m []int) []byte {
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		if strings.HasPrefix(after, "$") {
			dst = append(dst, '$')
			template = after[1:]
			continue
		}
		name, rest, ok := groupName(after)
		if !ok {
			dst = append(dst, '$')
			template = after
			continue
		}
		template = rest
		if n, err := strconv.Atoi(name); err == nil && name[0] != '+' && name[0] != '-' {
			if 2*n+1 < len(m) && m[2*n] >= 0 {
				dst = append(dst, src[m[2*n]:m[2*n+1]]...)
			}
			continue
		}
		for i, known := range re.names {
			if known == name && 2*i+1 < len(m) && m[2*i] >= 0 {
				dst = append(dst, src[m[2*i]:m[2*i+1]]...)
				break
			}
		}
	}
}

// groupName cuts name or {name} off what follows a dollar.
func groupName(s string) (name, rest string, ok bool) {
	braces := strings.HasPrefix(s, "{")
	if braces {
		s = s[1:]
	}
	i := 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		i += size
	}
	if i == 0 {
		return "", "", false
	}
	name, rest = s[:i], s[i:]
	if braces {
		if !strings.HasPrefix(rest, "}") {
			return "", "", false
		}
		rest = rest[1:]
	}
	return name, rest, true
}

// Split cuts s at the matches into at most n parts; n < 0: all.
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if re.expr != "" && s == "" {
		return []string{""}
	}
	var parts []string
	begin, end := 0, 0
	for _, m := range re.FindAllStringIndex(s, n) {
		if n > 0 && len(parts) == n-1 {
			break
		}
		end = m[0]
		if m[1] != 0 {
			parts = append(parts, s[begin:end])
		}
		begin = m[1]
	}
	if end != len(s) {
		parts = append(parts, s[begin:])
	}
	return parts
}
