// SPDX-License-Identifier: BSD-3-Clause

// From the tree of an expression to a program of instructions.
package regexp

import (
	"unicode"
	"unicode/utf8"
)

type opcode uint8

const (
	opFail opcode = iota
	opMatch
	opChar  // the character r
	opClass // a character of the class
	opAny   // any character
	opAnyNotNL
	opAlt    // out is preferred to alt
	opAssert // assert
	opCapture
	opNop
)

// instruction is a state: what must be there, and where to go on.
type instruction struct {
	op     opcode
	assert assertion
	r      rune // or the number of a capture's end
	out    int32
	alt    int32
	class  *charClass
}

// program is a compiled expression.
type program struct {
	code     []instruction
	start    int32
	captures int    // ends: twice the captures, the whole match included
	prefix   string // every match begins with it
	complete bool   // and nothing else is in the expression
	atStart  bool   // matches begin at the text's beginning only
	first    *charClass
}

// compiler emits code back to front: each node is told where to go on, so nothing needs to be patched but loops.
type compiler struct {
	code []instruction
}

func compile(tree *node, captures int) *program {
	c := &compiler{code: make([]instruction, 1, 64)} // 0 is opFail
	end := c.emit(instruction{op: opMatch})
	whole := c.emit(instruction{op: opCapture, r: 1, out: end})
	p := &program{captures: 2 * captures}
	p.start = c.emit(instruction{op: opCapture, r: 0, out: c.node(tree, whole)})
	p.code = c.code
	p.analyse(tree)
	return p
}

func (c *compiler) emit(i instruction) int32 {
	if len(c.code) >= maxInstructions {
		fail(errLarge, "")
	}
	c.code = append(c.code, i)
	return int32(len(c.code) - 1)
}

// node emits code for n that goes on at next, and returns where it begins.
func (c *compiler) node(n *node, next int32) int32 {
	switch n.kind {
	case nodeChar:
		if n.fold && unicode.SimpleFold(n.r) != n.r {
			class := &charClass{}
			class.add(n.r, n.r, true)
			class.finish()
			return c.emit(instruction{op: opClass, class: class, out: next})
		}
		return c.emit(instruction{op: opChar, r: n.r, out: next})
	case nodeClass:
		return c.emit(instruction{op: opClass, class: n.class, out: next})
	case nodeAny:
		return c.emit(instruction{op: opAny, out: next})
	case nodeAnyNotNL:
		return c.emit(instruction{op: opAnyNotNL, out: next})
	case nodeAssert:
		return c.emit(instruction{op: opAssert, assert: n.assert, out: next})
	case nodeCapture:
		end := c.emit(instruction{op: opCapture, r: rune(2*n.capture + 1), out: next})
		return c.emit(instruction{op: opCapture, r: rune(2 * n.capture), out: c.node(n.sub[0], end)})
	case nodeConcat:
		for i := len(n.sub) - 1; i >= 0; i-- {
			next = c.node(n.sub[i], next)
		}
		return next
	case nodeAlternate:
		starts := make([]int32, len(n.sub))
		for i, sub := range n.sub {
			starts[i] = c.node(sub, next)
		}
		at := starts[len(starts)-1]
		for i := len(starts) - 2; i >= 0; i-- {
			at = c.emit(instruction{op: opAlt, out: starts[i], alt: at})
		}
		return at
	case nodeStar:
		return c.star(n.sub[0], n.lazy, next)
	case nodePlus:
		return c.plus(n.sub[0], n.lazy, next)
	case nodeQuest:
		return c.branch(c.node(n.sub[0], next), next, n.lazy)
	case nodeRepeat:
		return c.repeat(n, next)
	}
	return next
}

// branch goes to body or on, the lazy way round.
func (c *compiler) branch(body, next int32, lazy bool) int32 {
	if lazy {
		body, next = next, body
	}
	return c.emit(instruction{op: opAlt, out: body, alt: next})
}

func (c *compiler) plus(sub *node, lazy bool, next int32) int32 {
	loop := c.branch(0, next, lazy)
	body := c.node(sub, loop)
	if lazy {
		c.code[loop].alt = body
	} else {
		c.code[loop].out = body
	}
	return body
}

func (c *compiler) star(sub *node, lazy bool, next int32) int32 {
	if nullable(sub) {
		// (sub+)? tries the paths through an empty sub in the right order, which a plain loop does not.
		return c.branch(c.plus(sub, lazy, next), next, lazy)
	}
	loop := c.branch(0, next, lazy)
	body := c.node(sub, loop)
	if lazy {
		c.code[loop].alt = body
	} else {
		c.code[loop].out = body
	}
	return loop
}

func (c *compiler) repeat(n *node, next int32) int32 {
	sub := n.sub[0]
	switch {
	case n.max == 0:
		return next
	case n.max < 0 && n.min == 0:
		return c.star(sub, n.lazy, next)
	case n.max < 0:
		next = c.plus(sub, n.lazy, next)
		for range n.min - 1 {
			next = c.node(sub, next)
		}
		return next
	}
	// The optional ones are nested: (sub(sub)?)?
	end := next
	for range n.max - n.min {
		next = c.branch(c.node(sub, next), end, n.lazy)
	}
	for range n.min {
		next = c.node(sub, next)
	}
	return next
}

// nullable reports whether the node may match the empty text.
func nullable(n *node) bool {
	switch n.kind {
	case nodeChar, nodeClass, nodeAny, nodeAnyNotNL:
		return false
	case nodeCapture, nodePlus:
		return nullable(n.sub[0])
	case nodeRepeat:
		return n.min == 0 || nullable(n.sub[0])
	case nodeConcat:
		for _, sub := range n.sub {
			if !nullable(sub) {
				return false
			}
		}
		return true
	case nodeAlternate:
		for _, sub := range n.sub {
			if nullable(sub) {
				return true
			}
		}
		return false
	}
	return true
}

// analyse finds out what helps to find where matches begin.
func (p *program) analyse(tree *node) {
	prefix, exact := literalPrefix(tree)
	p.prefix, p.complete = string(prefix), exact
	pc := p.start
	for p.code[pc].op == opCapture || p.code[pc].op == opNop {
		pc = p.code[pc].out
	}
	switch i := p.code[pc]; {
	case i.op == opAssert && i.assert == beginText:
		p.atStart = true
	case i.op == opClass && p.prefix == "":
		p.first = i.class
	}
}

// literalPrefix returns the text that all matches of the node begin with, and whether they are that text.
func literalPrefix(n *node) (prefix []rune, exact bool) {
	switch n.kind {
	case nodeEmpty:
		return nil, true
	case nodeChar:
		if n.r == utf8.RuneError || n.fold && unicode.SimpleFold(n.r) != n.r {
			return nil, false
		}
		return []rune{n.r}, true
	case nodeCapture:
		return literalPrefix(n.sub[0])
	case nodePlus:
		prefix, _ = literalPrefix(n.sub[0])
		return prefix, false
	case nodeRepeat:
		if n.max == 0 {
			return nil, true
		}
		exact = true
		for range n.min {
			var part []rune
			if part, exact = literalPrefix(n.sub[0]); len(prefix) < 100 {
				prefix = append(prefix, part...)
			}
			if !exact {
				return prefix, false
			}
		}
		return prefix, exact && n.min == n.max && len(prefix) < 100
	case nodeConcat:
		for _, sub := range n.sub {
			part, exact := literalPrefix(sub)
			prefix = append(prefix, part...)
			if !exact {
				return prefix, false
			}
		}
		return prefix, true
	case nodeAlternate:
		prefix, exact = literalPrefix(n.sub[0])
		for _, sub := range n.sub[1:] {
			other, otherExact := literalPrefix(sub)
			common := 0
			for common < len(prefix) && common < len(other) && prefix[common] == other[common] {
				common++
			}
			exact = exact && otherExact && common == len(prefix) && common == len(other)
			prefix = prefix[:common:common]
		}
		return prefix, exact
	}
	return nil, false
}
