// SPDX-License-Identifier: BSD-3-Clause

// Running a program over a text, in time linear in both.
//
// Two ways: a backtracker that remembers which states it has been in at which place, for programs and texts whose product is small; else all
// states at once, place by place (Pike's machine). Both prefer what the expression prefers, or the longest match.
package regexp

import (
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	maxVisited = 256 << 10 // bits that the backtracker may use: beyond, clearing them costs more than it saves
	maxStack   = 1 << 16   // jobs kept with an idle machine
)

// asserts returns what holds between the bytes before and after place i.
func asserts(s string, i int) assertion {
	var a assertion
	before, after := false, false
	if i == 0 {
		a |= beginText | beginLine
	} else {
		if s[i-1] == '\n' {
			a |= beginLine
		}
		before = isWord(s[i-1])
	}
	if i == len(s) {
		a |= endText | endLine
	} else {
		if s[i] == '\n' {
			a |= endLine
		}
		after = isWord(s[i])
	}
	if before != after {
		return a | wordBoundary
	}
	return a | noWordBoundary
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// at returns the character at place i and its length; length 0 at the end.
func at(s string, i int) (rune, int) {
	if i >= len(s) {
		return -1, 0
	}
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// takes reports whether the instruction, one that takes a character, takes r.
func (i *instruction) takes(r rune) bool {
	switch i.op {
	case opChar:
		return r == i.r
	case opClass:
		return i.class.has(r)
	case opAnyNotNL:
		return r != '\n'
	}
	return i.op == opAny
}

// execute returns the ends of the captures of the first match at or after pos, as many as asked for (at least 0), nil if there is none.
// The slice is dst, or new.
func (re *Regexp) execute(s string, pos, captures int, dst []int) []int {
	p := re.prog
	if p.atStart && pos > 0 {
		return nil
	}
	if p.complete && captures <= 2 {
		i := strings.Index(s[pos:], p.prefix)
		if i < 0 {
			return nil
		}
		return append(dst, pos+i, pos+i+len(p.prefix))[:captures]
	}
	if n := len(s) - pos + 1; n <= maxVisited/len(p.code) {
		return re.backtrack(s, pos, captures, dst)
	}
	return re.pike(s, pos, captures, dst)
}

// next returns the first place at or after pos where a match may begin, -1 if there is none.
func (p *program) next(s string, pos int) int {
	switch {
	case p.prefix != "":
		i := strings.Index(s[pos:], p.prefix)
		if i < 0 {
			return -1
		}
		return pos + i
	case p.first != nil:
		for pos < len(s) {
			r, n := at(s, pos)
			if p.first.has(r) {
				return pos
			}
			pos += n
		}
		return -1
	}
	return pos
}

// ---- the backtracker

// job is a state to be tried at a place; with pc < 0, capture end ^pc is to be set back to pos.
type job struct {
	pc, pos int
}

type backtracker struct {
	visited []uint64
	stack   []job
	caps    []int
	best    []int
}

var backtrackers = sync.Pool{New: func() any { return new(backtracker) }}

func (re *Regexp) backtrack(s string, pos, captures int, dst []int) []int {
	b := backtrackers.Get().(*backtracker)
	p := re.prog
	width := len(s) - pos + 1
	words := (len(p.code)*width + 63) / 64
	if cap(b.visited) < words {
		b.visited = make([]uint64, words)
	} else {
		b.visited = b.visited[:words]
		clear(b.visited)
	}
	n := max(captures, 2)
	if cap(b.caps) < n {
		b.caps, b.best = make([]int, n), make([]int, n)
	}
	b.caps, b.best = b.caps[:n], b.best[:n]
	for i := range b.caps {
		b.caps[i] = -1
	}
	found := false
	for at := pos; at <= len(s); at++ {
		if at = p.next(s, at); at < 0 {
			break
		}
		if b.try(re, s, pos, width, at) {
			found = true
			break
		}
		if p.atStart {
			break
		}
		if at < len(s) && s[at] >= utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(s[at:])
			at += size - 1
		}
	}
	if found {
		dst = append(dst, b.best[:captures]...)
		if dst == nil {
			dst = []int{}
		}
	} else {
		dst = nil
	}
	if cap(b.stack) > maxStack {
		b.stack = nil
	}
	backtrackers.Put(b)
	return dst
}

// try looks for a match that begins at start; the captures are left in best.
func (b *backtracker) try(re *Regexp, s string, base, width, start int) bool {
	code := re.prog.code
	matched := false
	b.stack = append(b.stack[:0], job{int(re.prog.start), start})
	for len(b.stack) > 0 {
		j := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		if j.pc < 0 {
			b.caps[^j.pc] = j.pos
			continue
		}
		pc, pos := j.pc, j.pos
	run:
		for {
			bit := uint(pc*width + pos - base)
			if b.visited[bit/64]>>(bit%64)&1 != 0 {
				break
			}
			b.visited[bit/64] |= 1 << (bit % 64)
			i := &code[pc]
			switch i.op {
			case opFail:
				break run
			case opNop:
			case opMatch:
				if !matched || pos > b.best[1] {
					copy(b.best, b.caps)
					matched = true
				}
				if !re.longest || pos == len(s) {
					b.stack = b.stack[:0]
				}
				break run
			case opAlt:
				b.stack = append(b.stack, job{int(i.alt), pos})
			case opAssert:
				if asserts(s, pos)&i.assert == 0 {
					break run
				}
			case opCapture:
				if k := int(i.r); k < len(b.caps) {
					b.stack = append(b.stack, job{^k, b.caps[k]})
					b.caps[k] = pos
				}
			default:
				r, n := at(s, pos)
				if n == 0 || !i.takes(r) {
					break run
				}
				pos += n
			}
			pc = int(i.out)
		}
	}
	return matched
}

// ---- all states at once

// thread is a state with its captures, in order of preference in a list.
type thread struct {
	pc   int32
	caps []int
}

// threadList is a list of threads with different states.
type threadList struct {
	threads []thread
	index   []int32 // of a state in threads, if that has the state
}

func (l *threadList) has(pc int32) bool {
	i := l.index[pc]
	return int(i) < len(l.threads) && l.threads[i].pc == pc
}

type pikeMachine struct {
	re        *Regexp
	s         string
	now, then threadList
	free      [][]int
	best      []int
	matched   bool
	n         int // ends of captures that are kept
}

func (re *Regexp) pike(s string, pos, captures int, dst []int) []int {
	states := len(re.prog.code)
	m := &pikeMachine{re: re, s: s, n: max(captures, 2)}
	m.now.index, m.then.index = make([]int32, states), make([]int32, states)
	m.best = make([]int, m.n)
	for {
		if len(m.now.threads) == 0 {
			if m.matched || re.prog.atStart && pos > 0 {
				break
			}
			if pos = re.prog.next(s, pos); pos < 0 {
				break
			}
		}
		if !m.matched && (!re.prog.atStart || pos == 0) {
			caps := m.newCaps()
			m.add(&m.now, re.prog.start, pos, caps, asserts(s, pos))
			m.drop(caps)
		}
		r, n := at(s, pos)
		m.step(pos, r, n)
		if n == 0 {
			break
		}
		pos += n
		m.now, m.then = m.then, m.now
		m.then.threads = m.then.threads[:0]
	}
	if !m.matched {
		return nil
	}
	dst = append(dst, m.best[:captures]...)
	if dst == nil {
		dst = []int{}
	}
	return dst
}

func (m *pikeMachine) newCaps() []int {
	if n := len(m.free); n > 0 {
		caps := m.free[n-1]
		m.free = m.free[:n-1]
		for i := range caps {
			caps[i] = -1
		}
		return caps
	}
	caps := make([]int, m.n)
	for i := range caps {
		caps[i] = -1
	}
	return caps
}

func (m *pikeMachine) drop(caps []int) { m.free = append(m.free, caps) }

// add follows the instructions that take no character, and adds the threads that then want one. caps stays the caller's.
func (m *pikeMachine) add(l *threadList, pc int32, pos int, caps []int, holds assertion) {
	for {
		if l.has(pc) {
			return
		}
		l.index[pc] = int32(len(l.threads))
		l.threads = append(l.threads, thread{pc: pc})
		i := &m.re.prog.code[pc]
		switch i.op {
		case opFail:
			return
		case opNop:
		case opAlt:
			m.add(l, i.out, pos, caps, holds)
			pc = i.alt
			continue
		case opAssert:
			if holds&i.assert == 0 {
				return
			}
		case opCapture:
			if k := int(i.r); k < m.n {
				old := caps[k]
				caps[k] = pos
				m.add(l, i.out, pos, caps, holds)
				caps[k] = old
				return
			}
		default:
			own := m.newCaps()
			copy(own, caps)
			l.threads[l.index[pc]].caps = own
			return
		}
		pc = i.out
	}
}

// step moves all threads over the character at pos, n bytes long, 0 at the end.
func (m *pikeMachine) step(pos int, r rune, n int) {
	holds := assertion(0)
	if n > 0 {
		holds = asserts(m.s, pos+n)
	}
	for k := range m.now.threads {
		t := &m.now.threads[k]
		if t.caps == nil {
			continue
		}
		if m.re.longest && m.matched && t.caps[0] > m.best[0] {
			m.drop(t.caps)
			continue
		}
		i := &m.re.prog.code[t.pc]
		if i.op == opMatch {
			if !m.re.longest {
				copy(m.best, t.caps)
				m.best[1] = pos
				m.matched = true
				// The others are less preferred.
				for _, rest := range m.now.threads[k:] {
					if rest.caps != nil {
						m.drop(rest.caps)
					}
				}
				break
			}
			if !m.matched || m.best[1] < pos {
				copy(m.best, t.caps)
				m.best[1] = pos
				m.matched = true
			}
		} else if n > 0 && i.takes(r) {
			m.add(&m.then, i.out, pos+n, t.caps, holds)
		}
		m.drop(t.caps)
	}
	m.now.threads = m.now.threads[:0]
}
