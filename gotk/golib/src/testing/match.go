// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// matcher chooses tests and benchmarks by name. A pattern has an element for each level of subtests, divided by slashes, and alternatives
// divided by bars at the top level.
type matcher struct {
	run, skip [][]string
	match     func(pat, str string) (bool, error)

	mu   sync.Mutex
	used map[string]int // how often a name was given to a subtest
}

func newMatcher(match func(pat, str string) (bool, error), run, flagName, skip string) *matcher {
	m := &matcher{run: splitPattern(run), skip: splitPattern(skip), match: match, used: map[string]int{}}
	for _, list := range [][][]string{m.run, m.skip} {
		for _, alternative := range list {
			for i, element := range alternative {
				if _, err := match(element, "non-empty"); err != nil {
					fmt.Fprintf(os.Stderr, "testing: invalid regexp for element %d of %s (%q): %s\n", i, flagName, element, err)
					os.Exit(1)
				}
			}
		}
	}
	return m
}

// splitPattern divides a pattern at bars and slashes that are not within brackets or parentheses.
func splitPattern(s string) [][]string {
	if s == "" {
		return nil
	}
	var all [][]string
	var one []string
	brackets, parens, start := 0, 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			brackets++
		case ']':
			brackets = max(brackets-1, 0)
		case '(':
			if brackets == 0 {
				parens++
			}
		case ')':
			if brackets == 0 {
				parens--
			}
		case '\\':
			i++
		case '/', '|':
			if brackets == 0 && parens == 0 {
				one = append(one, s[start:i])
				if s[i] == '|' {
					all = append(all, one)
					one = nil
				}
				start = i + 1
			}
		}
	}
	return append(all, append(one, s[start:]))
}

// chosen reports whether one of the alternatives matches the elements of a name; partial, that it would go on with subtests.
func (m *matcher) chosen(alternatives [][]string, elems []string) (ok, partial bool) {
	for _, pattern := range alternatives {
		matches := true
		for i, elem := range elems {
			if i >= len(pattern) {
				break
			}
			if ok, _ := m.match(rewrite(pattern[i]), elem); !ok {
				matches = false
				break
			}
		}
		if matches {
			if len(elems) >= len(pattern) {
				return true, false
			}
			partial = true
		}
	}
	return partial, partial
}

// fullName returns the name of a subtest, made unique, and whether it is chosen.
func (m *matcher) fullName(c *common, sub string) (name string, ok, partial bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = sub
	if c != nil && c.level > 0 {
		name = m.unique(c.name, rewrite(sub))
	}
	elems := strings.Split(name, "/")
	ok, partial = true, false
	if m.run != nil {
		ok, partial = m.chosen(m.run, elems)
		if !ok {
			return name, false, false
		}
	}
	if m.skip != nil {
		if skipped, part := m.chosen(m.skip, elems); skipped && !part {
			return name, false, false
		}
	}
	return name, ok, partial
}

// unique gives each subtest of a test a name of its own.
func (m *matcher) unique(parent, sub string) string {
	base := parent + "/" + sub
	if sub == "" {
		base = parent + "/#00"
		if m.used[base] == 0 {
			m.used[base] = 1
			return base
		}
		base = parent + "/"
	}
	for {
		n := m.used[base]
		m.used[base]++
		if n == 0 && sub != "" {
			return base
		}
		name := fmt.Sprintf("%s#%02d", base, max(n, 1))
		if m.used[name] == 0 {
			m.used[name] = 1
			return name
		}
	}
}

// rewrite makes a name fit for a command line: spaces are underscores, and what cannot be printed is escaped.
func rewrite(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' || r == 0x85 || r == 0xA0 || r == 0x2028 || r == 0x2029 || r == 0x3000:
			b.WriteByte('_')
		case !strconv.IsPrint(r):
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
