// SPDX-License-Identifier: BSD-3-Clause

// Replacer: several replacements in one pass.
//
// At each position the first pair, in the order given, whose old string is there wins. The old strings
// stand in a trie over bytes; a node's place in the order decides between longer and shorter matches.
package strings

import (
	"internal/bytealg"
	"io"
	"sync"
)

// Replacer replaces a list of strings by others. It may be used by several goroutines.
type Replacer struct {
	oldnew []string
	once   sync.Once
	root   *replaceNode
	first  [256]bool // bytes that some old string begins with
}

// replaceNode is a node of the trie; its children are a list, since few bytes lead on.
type replaceNode struct {
	value    string
	priority int // of the pair that ends here: more is earlier; 0: none ends here
	bytes    []byte
	next     []*replaceNode
}

// NewReplacer takes pairs of old and new strings.
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{oldnew: append([]string(nil), oldnew...)}
}

func (n *replaceNode) child(c byte) *replaceNode {
	for i, b := range n.bytes {
		if b == c {
			return n.next[i]
		}
	}
	return nil
}

func (r *Replacer) build() {
	r.root = &replaceNode{}
	for i := 0; i < len(r.oldnew); i += 2 {
		old := r.oldnew[i]
		n := r.root
		for j := 0; j < len(old); j++ {
			child := n.child(old[j])
			if child == nil {
				child = &replaceNode{}
				n.bytes = append(n.bytes, old[j])
				n.next = append(n.next, child)
			}
			n = child
		}
		if n.priority == 0 {
			n.priority = len(r.oldnew) - i
			n.value = r.oldnew[i+1]
		}
		if old != "" {
			r.first[old[0]] = true
		}
	}
	r.oldnew = nil
}

// lookup finds the pair of highest priority at the start of s.
func (r *Replacer) lookup(s string, ignoreEmpty bool) (value string, length int, found bool) {
	best := 0
	n := r.root
	for i := 0; ; i++ {
		if n.priority > best && !(ignoreEmpty && i == 0) {
			best = n.priority
			value, length, found = n.value, i, true
		}
		if i == len(s) {
			return value, length, found
		}
		n = n.child(s[i])
		if n == nil {
			return value, length, found
		}
	}
}

// appendReplaced appends s with the replacements made.
func (r *Replacer) appendReplaced(b []byte, s string) []byte {
	r.once.Do(r.build)
	from := 0 // s[from:i] is unchanged and not yet appended
	prevEmpty := false
	for i := 0; i <= len(s); {
		// Without an empty old string, most bytes begin nothing.
		if i != len(s) && r.root.priority == 0 && !r.first[s[i]] {
			i++
			continue
		}
		value, length, found := r.lookup(s[i:], prevEmpty)
		prevEmpty = found && length == 0
		if found {
			b = append(b, s[from:i]...)
			b = append(b, value...)
			i += length
			from = i
			continue
		}
		i++
	}
	return append(b, s[from:]...)
}

// Replace returns s with all replacements made.
func (r *Replacer) Replace(s string) string {
	b := r.appendReplaced(make([]byte, 0, len(s)), s)
	return bytealg.String(b)
}

// WriteString writes s to w with all replacements made.
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	return io.WriteString(w, r.Replace(s))
}
