// SPDX-License-Identifier: BSD-3-Clause

// From the text of an expression to its tree.
package regexp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// syntaxError says what is wrong with an expression, and where.
type syntaxError struct {
	what string
	text string
}

func (e *syntaxError) Error() string { return "error parsing regexp: " + e.what + ": `" + e.text + "`" }

const (
	errCharRange    = "invalid character class range"
	errEscape       = "invalid escape sequence"
	errNamedCapture = "invalid named capture"
	errPerlOp       = "invalid or unsupported Perl syntax"
	errRepeatOp     = "invalid nested repetition operator"
	errRepeatSize   = "invalid repeat count"
	errUTF8         = "invalid UTF-8"
	errBracket      = "missing closing ]"
	errParen        = "missing closing )"
	errRepeatArg    = "missing argument to repetition operator"
	errBackslash    = "trailing backslash at end of expression"
	errUnexpected   = "unexpected )"
	errNesting      = "expression nests too deeply"
	errLarge        = "expression too large"
	maxRepeat       = 1000
	maxDepth        = 1000
	maxInstructions = 1 << 20
)

// nodeKind is the sort of a node.
type nodeKind uint8

const (
	nodeEmpty nodeKind = iota
	nodeChar           // r, or its other cases if fold
	nodeClass          // class
	nodeAny            // any character
	nodeAnyNotNL
	nodeAssert // assert
	nodeCapture
	nodeStar
	nodePlus
	nodeQuest
	nodeRepeat // min to max times; max -1: any number
	nodeConcat
	nodeAlternate
)

// node is a node of the tree. No node ever matches nothing at all, but for an empty class.
type node struct {
	kind     nodeKind
	lazy     bool
	fold     bool
	assert   assertion
	r        rune
	min, max int
	capture  int
	class    *charClass
	sub      []*node
}

// assertion is a condition on a place in the text.
type assertion uint8

const (
	beginLine assertion = 1 << iota
	endLine
	beginText
	endText
	wordBoundary
	noWordBoundary
)

// parseFlags are the flags that groups can set, and whether the syntax is POSIX's.
type parseFlags struct {
	fold, multi, dotNL, ungreedy, posix bool
}

type parser struct {
	whole string
	rest  string
	flags parseFlags
	names []string // of the captures; names[0] is the whole match
	depth int
}

// fail is recovered by parse.
func fail(what, text string) { panic(&syntaxError{what, text}) }

func parse(expr string, posix bool) (tree *node, names []string, err error) {
	p := &parser{whole: expr, rest: expr, names: []string{""}}
	p.flags.posix = posix
	p.flags.multi = posix
	defer func() {
		if e := recover(); e != nil {
			syntax, ok := e.(*syntaxError)
			if !ok {
				panic(e)
			}
			err = syntax
		}
	}()
	for i, r := range expr {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(expr[i:]); size == 1 {
				fail(errUTF8, expr)
			}
		}
	}
	tree = p.alternation()
	if p.rest != "" {
		fail(errUnexpected, expr)
	}
	return tree, p.names, nil
}

// alternation parses up to the end or a closing parenthesis, which stays.
func (p *parser) alternation() *node {
	if p.depth++; p.depth > maxDepth {
		fail(errNesting, p.whole)
	}
	defer func() { p.depth-- }()
	var choices []*node
	for {
		choices = append(choices, p.concatenation())
		if !strings.HasPrefix(p.rest, "|") {
			break
		}
		p.rest = p.rest[1:]
	}
	if len(choices) == 1 {
		return choices[0]
	}
	return &node{kind: nodeAlternate, sub: choices}
}

func (p *parser) concatenation() *node {
	var parts []*node
	lastRepeat := "" // the text from the last operator on, if nothing came after it
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		before := p.rest
		min, max, lazy := 0, 0, false
		switch p.rest[0] {
		case '*':
			min, max = 0, -1
			p.rest = p.rest[1:]
		case '+':
			min, max = 1, -1
			p.rest = p.rest[1:]
		case '?':
			min, max = 0, 1
			p.rest = p.rest[1:]
		case '{':
			var ok bool
			if min, max, ok = p.counts(); !ok {
				parts = append(parts, p.char('{'))
				p.rest = p.rest[1:]
				lastRepeat = ""
				continue
			}
			if min > maxRepeat || max > maxRepeat || max >= 0 && min > max {
				fail(errRepeatSize, before[:len(before)-len(p.rest)])
			}
		default:
			lastRepeat = ""
			if strings.HasPrefix(p.rest, `\Q`) && !p.flags.posix {
				// Each character is an item of its own: what follows repeats the last one.
				text, rest, _ := strings.Cut(p.rest[2:], `\E`)
				p.rest = rest
				for _, r := range text {
					parts = append(parts, p.char(r))
				}
			} else if n := p.atom(); n != nil {
				parts = append(parts, n)
			}
			continue
		}
		if !p.flags.posix {
			if strings.HasPrefix(p.rest, "?") {
				lazy = true
				p.rest = p.rest[1:]
			}
			if lastRepeat != "" {
				fail(errRepeatOp, lastRepeat[:len(lastRepeat)-len(p.rest)])
			}
		}
		if len(parts) == 0 {
			fail(errRepeatArg, before[:len(before)-len(p.rest)])
		}
		lastRepeat = before
		n := &node{kind: nodeRepeat, min: min, max: max, lazy: lazy != p.flags.ungreedy, sub: []*node{parts[len(parts)-1]}}
		switch {
		case before[0] == '*':
			n.kind = nodeStar
		case before[0] == '+':
			n.kind = nodePlus
		case before[0] == '?':
			n.kind = nodeQuest
		case min >= 2 || max >= 2:
			if !repeatFits(n, maxRepeat) {
				fail(errRepeatSize, before[:len(before)-len(p.rest)])
			}
		}
		parts[len(parts)-1] = n
	}
	switch len(parts) {
	case 0:
		return &node{kind: nodeEmpty}
	case 1:
		return parts[0]
	}
	return &node{kind: nodeConcat, sub: parts}
}

// repeatFits reports whether nested counts multiply to at most n.
func repeatFits(x *node, n int) bool {
	if x.kind == nodeRepeat {
		m := x.max
		if m == 0 {
			return true
		}
		if m < 0 {
			m = x.min
		}
		if m > n {
			return false
		}
		if m > 0 {
			n /= m
		}
	}
	for _, sub := range x.sub {
		if !repeatFits(sub, n) {
			return false
		}
	}
	return true
}

// counts parses {n}, {n,} or {n,m}; if it is none of these, it stays. A count that is too large is maxRepeat+1.
func (p *parser) counts() (min, max int, ok bool) {
	s := p.rest[1:]
	min, s, ok = number(s)
	if !ok || s == "" {
		return 0, 0, false
	}
	max = min
	if s[0] == ',' {
		s = s[1:]
		if s == "" {
			return 0, 0, false
		}
		if s[0] == '}' {
			max = -1
		} else if max, s, ok = number(s); !ok {
			return 0, 0, false
		}
	}
	if s == "" || s[0] != '}' {
		return 0, 0, false
	}
	p.rest = s[1:]
	return min, max, true
}

func number(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		if n <= maxRepeat {
			n = n*10 + int(s[i]-'0')
		}
		i++
	}
	if i == 0 || i > 1 && s[0] == '0' {
		return 0, s, false
	}
	return min(n, maxRepeat+1), s[i:], true
}

func (p *parser) char(r rune) *node { return &node{kind: nodeChar, r: r, fold: p.flags.fold} }

// atom parses one item without its repetition. The result is nil for flags alone.
func (p *parser) atom() *node {
	switch p.rest[0] {
	case '(':
		return p.group()
	case '[':
		return &node{kind: nodeClass, class: p.bracket()}
	case '.':
		p.rest = p.rest[1:]
		if p.flags.dotNL {
			return &node{kind: nodeAny}
		}
		return &node{kind: nodeAnyNotNL}
	case '^':
		p.rest = p.rest[1:]
		if p.flags.multi {
			return &node{kind: nodeAssert, assert: beginLine}
		}
		return &node{kind: nodeAssert, assert: beginText}
	case '$':
		p.rest = p.rest[1:]
		if p.flags.multi {
			return &node{kind: nodeAssert, assert: endLine}
		}
		return &node{kind: nodeAssert, assert: endText}
	case '\\':
		return p.backslash()
	}
	r, size := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[size:]
	return p.char(r)
}

func (p *parser) backslash() *node {
	if !p.flags.posix && len(p.rest) >= 2 {
		a := assertion(0)
		switch p.rest[1] {
		case 'A':
			a = beginText
		case 'z':
			a = endText
		case 'b':
			a = wordBoundary
		case 'B':
			a = noWordBoundary
		case 'C':
			fail(errEscape, p.rest[:2])
		}
		if a != 0 {
			p.rest = p.rest[2:]
			return &node{kind: nodeAssert, assert: a}
		}
		c := &charClass{}
		if p.perlClass(c) || p.unicodeClass(c) {
			c.finish()
			return &node{kind: nodeClass, class: c}
		}
	}
	return p.char(p.escape())
}

// group parses a parenthesis.
func (p *parser) group() *node {
	start := p.rest
	saved := p.flags
	capture, name := true, ""
	if !p.flags.posix && strings.HasPrefix(start, "(?") {
		if strings.HasPrefix(start, "(?P<") && len(start) > 4 || strings.HasPrefix(start, "(?<") && len(start) > 3 {
			open := strings.IndexByte(start, '<')
			end := strings.IndexByte(start, '>')
			if end < 0 {
				fail(errNamedCapture, start)
			}
			name = start[open+1 : end]
			if !isName(name) {
				fail(errNamedCapture, start[:end+1])
			}
			p.rest = start[end+1:]
		} else {
			capture = false
			if p.groupFlags() {
				return nil // for the rest of the group that we are in
			}
		}
	} else {
		p.rest = start[1:]
	}
	n := &node{kind: nodeCapture}
	if capture {
		n.capture = len(p.names)
		p.names = append(p.names, name)
	}
	inner := p.alternation()
	if p.rest == "" {
		fail(errParen, p.whole)
	}
	p.rest = p.rest[1:]
	p.flags = saved
	if !capture {
		return inner
	}
	n.sub = []*node{inner}
	return n
}

func isName(s string) bool {
	for _, c := range s {
		if c != '_' && !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return s != ""
}

// groupFlags parses (?flags) or (?flags: and reports whether it was the first.
func (p *parser) groupFlags() bool {
	start := p.rest
	flags := p.flags
	on, seen := true, false
	for i := 2; i < len(start); {
		c, size := utf8.DecodeRuneInString(start[i:])
		i += size
		switch c {
		case 'i':
			flags.fold = on
			seen = true
		case 'm':
			flags.multi = on
			seen = true
		case 's':
			flags.dotNL = on
			seen = true
		case 'U':
			flags.ungreedy = on
			seen = true
		case '-':
			if !on {
				fail(errPerlOp, start[:i])
			}
			on, seen = false, false
		case ':', ')':
			if !on && !seen {
				fail(errPerlOp, start[:i])
			}
			p.flags = flags
			p.rest = start[i:]
			return c == ')'
		default:
			fail(errPerlOp, start[:i])
		}
	}
	fail(errPerlOp, start)
	return false
}

// escape parses a backslash and the character that it means.
func (p *parser) escape() rune {
	start := p.rest
	s := start[1:]
	if s == "" {
		fail(errBackslash, "")
	}
	c, size := utf8.DecodeRuneInString(s)
	s = s[size:]
	bad := func() rune {
		fail(errEscape, start[:len(start)-len(s)])
		return 0
	}
	r := c
	switch {
	case '1' <= c && c <= '7' && (s == "" || s[0] < '0' || s[0] > '7'):
		return bad() // a back reference
	case '0' <= c && c <= '7':
		r = c - '0'
		for n := 1; n < 3 && s != "" && '0' <= s[0] && s[0] <= '7'; n++ {
			r = r*8 + rune(s[0]-'0')
			s = s[1:]
		}
	case c == 'x':
		if s == "" {
			return bad()
		}
		if s[0] == '{' {
			r = 0
			n := 0
			for s = s[1:]; ; {
				if s == "" {
					return bad()
				}
				d := s[0]
				s = s[1:]
				if d == '}' {
					break
				}
				v := hexValue(rune(d))
				if v < 0 {
					return bad()
				}
				if r = r*16 + v; r > unicode.MaxRune {
					return bad()
				}
				n++
			}
			if n == 0 {
				return bad()
			}
		} else {
			if len(s) < 2 {
				_, n := utf8.DecodeRuneInString(s)
				s = s[n:]
				return bad()
			}
			x, y := hexValue(rune(s[0])), hexValue(rune(s[1]))
			if x < 0 || y < 0 {
				for range 2 {
					_, n := utf8.DecodeRuneInString(s)
					s = s[n:]
				}
				return bad()
			}
			r = x*16 + y
			s = s[2:]
		}
	case c == 'a':
		r = '\a'
	case c == 'f':
		r = '\f'
	case c == 'n':
		r = '\n'
	case c == 'r':
		r = '\r'
	case c == 't':
		r = '\t'
	case c == 'v':
		r = '\v'
	case c >= utf8.RuneSelf || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		if c != '_' {
			return bad()
		}
	}
	p.rest = s
	return r
}

func hexValue(c rune) rune {
	if n, err := strconv.ParseUint(string(c), 16, 8); err == nil {
		return rune(n)
	}
	return -1
}
