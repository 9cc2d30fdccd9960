// SPDX-License-Identifier: BSD-3-Clause

// Classes of characters.
package regexp

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// charClass is a set of characters: ranges, Unicode tables, or the rest.
type charClass struct {
	ranges []rune // lo, hi pairs, sorted
	tables []tableItem
	negate bool
	ascii  [2]uint64 // the class below 128
}

// tableItem is a table's characters, with their other cases if fold, or all others.
type tableItem struct {
	table        *unicode.RangeTable
	negate, fold bool
}

func (t *tableItem) has(r rune) bool {
	found := unicode.Is(t.table, r)
	if !found && t.fold {
		for f := unicode.SimpleFold(r); f != r && !found; f = unicode.SimpleFold(f) {
			found = unicode.Is(t.table, f)
		}
	}
	return found != t.negate
}

// Characters outside of these have no other cases.
const minFold, maxFold = 'A', '\U0001e943'

// add adds a range, with the other cases of its characters if fold.
func (c *charClass) add(lo, hi rune, fold bool) {
	c.ranges = append(c.ranges, lo, hi)
	if !fold {
		return
	}
	for r := max(lo, minFold); r <= min(hi, maxFold); r++ {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if f < lo || f > hi {
				c.ranges = append(c.ranges, f, f)
			}
		}
	}
}

// addAll adds the ranges of pairs, or all other characters: the other cases come in before that.
func (c *charClass) addAll(pairs string, negate, fold bool) {
	part := &charClass{}
	for i := 0; i < len(pairs); i += 2 {
		part.add(rune(pairs[i]), rune(pairs[i+1]), fold)
	}
	part.sort()
	if !negate {
		c.ranges = append(c.ranges, part.ranges...)
		return
	}
	next := rune(0)
	for i := 0; i < len(part.ranges); i += 2 {
		if next < part.ranges[i] {
			c.ranges = append(c.ranges, next, part.ranges[i]-1)
		}
		next = part.ranges[i+1] + 1
	}
	if next <= unicode.MaxRune {
		c.ranges = append(c.ranges, next, unicode.MaxRune)
	}
}

// sort sorts the ranges and joins those that touch.
func (c *charClass) sort() {
	type pair struct{ lo, hi rune }
	pairs := make([]pair, 0, len(c.ranges)/2)
	for i := 0; i < len(c.ranges); i += 2 {
		pairs = append(pairs, pair{c.ranges[i], c.ranges[i+1]})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return int(a.lo - b.lo) })
	c.ranges = c.ranges[:0]
	for _, p := range pairs {
		if n := len(c.ranges); n > 0 && p.lo <= c.ranges[n-1]+1 {
			c.ranges[n-1] = max(c.ranges[n-1], p.hi)
			continue
		}
		c.ranges = append(c.ranges, p.lo, p.hi)
	}
}

// finish makes the class ready for has.
func (c *charClass) finish() {
	c.sort()
	for r := rune(0); r < 128; r++ {
		if c.slow(r) {
			c.ascii[r>>6] |= 1 << (r & 63)
		}
	}
}

// has reports whether the class has the character.
func (c *charClass) has(r rune) bool {
	if uint32(r) < 128 {
		return c.ascii[r>>6]>>(r&63)&1 != 0
	}
	return c.slow(r)
}

func (c *charClass) slow(r rune) bool { return c.lists(r) != c.negate }

func (c *charClass) lists(r rune) bool {
	lo, hi := 0, len(c.ranges)/2
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		switch {
		case r < c.ranges[2*mid]:
			hi = mid
		case r > c.ranges[2*mid+1]:
			lo = mid + 1
		default:
			return true
		}
	}
	for i := range c.tables {
		if c.tables[i].has(r) {
			return true
		}
	}
	return false
}

const digits, spaces, words = "09", "\t\n\f\r  ", "09AZ__az"

// perlClass parses \d and the like.
func (p *parser) perlClass(c *charClass) bool {
	if p.flags.posix || len(p.rest) < 2 || p.rest[0] != '\\' {
		return false
	}
	letter := p.rest[1]
	pairs := ""
	switch letter | 0x20 {
	case 'd':
		pairs = digits
	case 's':
		pairs = spaces
	case 'w':
		pairs = words
	default:
		return false
	}
	c.addAll(pairs, letter < 'a', p.flags.fold)
	p.rest = p.rest[2:]
	return true
}

// unicodeClass parses \pN, \p{Name} and their negations.
func (p *parser) unicodeClass(c *charClass) bool {
	s := p.rest
	if p.flags.posix || len(s) < 2 || s[0] != '\\' || s[1] != 'p' && s[1] != 'P' {
		return false
	}
	negate := s[1] == 'P'
	r, size := utf8.DecodeRuneInString(s[2:])
	name, end := string(r), 2+size
	if s[2:] == "" {
		fail(errCharRange, s)
	}
	if r == '{' {
		i := strings.IndexByte(s, '}')
		if i < 0 {
			fail(errCharRange, s)
		}
		name, end = s[3:i], i+1
	}
	if strings.HasPrefix(name, "^") {
		negate = !negate
		name = name[1:]
	}
	p.rest = s[end:]
	key := tableKey(name)
	switch key {
	case "any":
		c.addAll("", !negate, false)
		return true
	case "ascii":
		c.addAll("\x00\x7f", negate, p.flags.fold)
		return true
	}
	table := unicodeTables()[key]
	if table == nil {
		fail(errCharRange, s[:end])
	}
	c.tables = append(c.tables, tableItem{table, negate, p.flags.fold})
	return true
}

// tableKey makes names equal that differ in case, spaces, dashes and underscores.
func tableKey(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

// posixClasses are the names in [[:name:]].
var posixClasses = map[string]string{
	"alnum": "09AZaz", "alpha": "AZaz", "ascii": "\x00\x7f", "blank": "\t\t  ", "cntrl": "\x00\x1f\x7f\x7f", "digit": digits,
	"graph": "!~", "lower": "az", "print": " ~", "punct": "!/:@[`{~", "space": "\t\r  ", "upper": "AZ", "word": words, "xdigit": "09AFaf",
}

// bracket parses a class in brackets.
func (p *parser) bracket() *charClass {
	whole := p.rest
	c := &charClass{}
	p.rest = p.rest[1:]
	if strings.HasPrefix(p.rest, "^") {
		c.negate = true
		p.rest = p.rest[1:]
		if p.flags.posix {
			c.add('\n', '\n', false) // a negated class does not match it
		}
	}
	for first := true; p.rest == "" || p.rest[0] != ']' || first; first = false {
		s := p.rest
		if s != "" && s[0] == '-' && p.flags.posix && !first && (len(s) == 1 || s[1] != ']') {
			_, size := utf8.DecodeRuneInString(s[1:])
			fail(errCharRange, s[:1+size])
		}
		if strings.HasPrefix(s, "[:") {
			if i := strings.Index(s[2:], ":]"); i >= 0 {
				name, negate := strings.CutPrefix(s[2:2+i], "^")
				pairs, ok := posixClasses[name]
				if !ok {
					fail(errCharRange, s[:i+4])
				}
				c.addAll(pairs, negate, p.flags.fold)
				p.rest = s[i+4:]
				continue
			}
		}
		if p.unicodeClass(c) || p.perlClass(c) {
			continue
		}
		lo := p.classChar(whole)
		hi := lo
		if len(p.rest) >= 2 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.rest = p.rest[1:]
			hi = p.classChar(whole)
			if hi < lo {
				fail(errCharRange, s[:len(s)-len(p.rest)])
			}
		}
		c.add(lo, hi, p.flags.fold)
	}
	p.rest = p.rest[1:]
	c.finish()
	return c
}

func (p *parser) classChar(whole string) rune {
	if p.rest == "" {
		fail(errBracket, whole)
	}
	if p.rest[0] == '\\' {
		return p.escape()
	}
	r, size := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[size:]
	return r
}

// unicodeTables are the tables of categories and scripts by key, collected when first asked for.
var unicodeTables = sync.OnceValue(func() map[string]*unicode.RangeTable {
	tables := map[string]*unicode.RangeTable{}
	for _, t := range tableNames {
		tables[tableKey(t.name)] = t.table
	}
	return tables
})
