// SPDX-License-Identifier: BSD-3-Clause

// Package unique keeps one copy of equal values, and so makes them comparable by a pointer.
package unique

import (
	"internal/rtype"
	"runtime"
	"strings"
	"sync"
	"weak"
)

// Handle stands for a value: handles are equal if the values are.
type Handle[T comparable] struct {
	value *T
}

// Value returns the value.
func (h Handle[T]) Value() T { return *h.value }

// key is a value with its type, which tells values of interface types from those that they hold.
type key struct {
	typ   *rtype.Type
	value any
}

// copies holds weak pointers (weak.Pointer[T]) to the one copy of each value. A copy that no handle refers to goes, and a cleanup takes
// its entry out.
var copies struct {
	sync.RWMutex
	of map[key]any
}

// Make returns the handle of value.
func Make[T comparable](value T) Handle[T] {
	if s, ok := any(value).(string); ok { // without the text around it
		value = any(strings.Clone(s)).(T)
	}
	k := key{rtype.TypeOf((*T)(nil)).Elem(), value}
	copies.RLock()
	w, _ := copies.of[k].(weak.Pointer[T])
	copies.RUnlock()
	if p := w.Value(); p != nil {
		return Handle[T]{p}
	}
	copies.Lock()
	defer copies.Unlock()
	w, _ = copies.of[k].(weak.Pointer[T])
	p := w.Value()
	if p == nil {
		p = new(T)
		*p = value
		if copies.of == nil {
			copies.of = map[key]any{}
		}
		copies.of[k] = weak.Make(p)
		runtime.AddCleanup(p, forget[T], k)
	}
	return Handle[T]{p}
}

// forget takes the entry of a copy that is gone out of the map, unless there is a new copy.
func forget[T comparable](k key) {
	copies.Lock()
	defer copies.Unlock()
	if w, _ := copies.of[k].(weak.Pointer[T]); w.Value() == nil {
		delete(copies.of, k)
	}
}
