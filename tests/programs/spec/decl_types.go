// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Type declarations: alias declarations, type definitions
package main

import (
	"fmt"
	"sort"
)

type (
	nodeList = []*Node
	Polar    = polar
	polar    struct{ r, θ float64 }
	set[P comparable] = map[P]bool
	vector[T any]     = []T
)

type Node struct {
	left, right *Node
	value       any
}

type Mutex struct{ locked bool }

func (m *Mutex) Lock()   { m.locked = true }
func (m *Mutex) Unlock() { m.locked = false }

type NewMutex Mutex // no methods
type PtrMutex *Mutex
type PrintableMutex struct{ Mutex } // promoted methods
type MyBlock interface{ Lock() }

type TimeZone int

const (
	EST TimeZone = -(5 + iota)
	CST
)

func (tz TimeZone) String() string { return fmt.Sprintf("GMT%+dh", tz) }

type byLength []string

func (s byLength) Len() int           { return len(s) }
func (s byLength) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s byLength) Less(i, j int) bool { return len(s[i]) < len(s[j]) }

type List[T any] struct {
	next  *List[T]
	value T
}

func (l *List[T]) Len() (n int) {
	for ; l != nil; l = l.next {
		n++
	}
	return
}

//gotk:illegal top: type A = B; type B = A -- invalid recursive type A
//gotk:illegal top: type M struct{}; func (M) m() {}; type N M; var _ = N{}.m -- N{}.m undefined (type N has no field or method m)
//gotk:illegal top: type P *int; func (P) m() {} -- invalid receiver type P (pointer or interface type)
//gotk:illegal top: func (int) m() {} -- cannot define new methods on non-local type int
//gotk:illegal type G[T any] struct{}; var g G -- cannot use generic type G[T any] without instantiation
//gotk:illegal top: type T[P any] P -- cannot use a type parameter as RHS in type declaration

func main() {
	var n nodeList = []*Node{{value: 1}}
	var p Polar = polar{1, 2}
	s := set[string]{"a": true}
	var m map[string]bool = s
	fmt.Printf("%T %T %T %T %v\n", n, p, s, vector[int]{1}, m)
	var old Mutex
	old.Lock()
	_, canLock := any(&old).(MyBlock)
	_, newCan := any((*NewMutex)(&old)).(MyBlock)
	_, printableCan := any(&PrintableMutex{}).(MyBlock)
	fmt.Println(canLock, newCan, printableCan, NewMutex(old).locked, PtrMutex(&old).locked)
	fmt.Println(EST, CST, TimeZone(3))
	words := byLength{"ccc", "a", "bb"}
	sort.Sort(words)
	fmt.Println(words)
	l := &List[string]{nil, "x"}
	l = &List[string]{l, "y"}
	fmt.Println(l.Len(), (*List[int])(nil).Len())
	type local struct{ Node }
	fmt.Printf("%T %v\n", local{}, local{Node{value: "v"}}.value)
}

// Output:
// []*main.Node main.polar map[string]bool []int map[a:true]
// true false true true true
// GMT-5h GMT-6h GMT+3h
// [a bb ccc]
// 2 0
// main.local v
