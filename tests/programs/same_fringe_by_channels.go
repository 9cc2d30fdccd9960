// SPDX-License-Identifier: BSD-3-Clause
//
// Two binary trees of different shape are walked by goroutines and compared leaf by leaf over channels.
package main

import "fmt"

var size = 300

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{value: v}
	}
	if v < t.value {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(ch chan<- int, quit <-chan struct{}) bool {
	if t == nil {
		return true
	}
	if !t.left.walk(ch, quit) {
		return false
	}
	select {
	case ch <- t.value:
	case <-quit:
		return false
	}
	return t.right.walk(ch, quit)
}

func fringe(t *tree, quit <-chan struct{}) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		t.walk(ch, quit)
	}()
	return ch
}

func same(a, b *tree) (bool, int) {
	quit := make(chan struct{})
	defer close(quit)
	ca, cb := fringe(a, quit), fringe(b, quit)
	compared := 0
	for {
		va, oka := <-ca
		vb, okb := <-cb
		if oka != okb || va != vb {
			return false, compared
		}
		if !oka {
			return true, compared
		}
		compared++
	}
}

func build(k, seed int) *tree {
	var t *tree
	for i := range size {
		t = t.insert((i*seed + seed) % size * k)
	}
	return t
}

func main() {
	a, b, c := build(1, 7), build(1, 11), build(2, 7)
	fmt.Println(same(a, b))
	fmt.Println(same(a, a))
	fmt.Println(same(a, c))
	fmt.Println(same(nil, nil))
	fmt.Println(same(nil, a))
}

// Output:
// true 300
// true 300
// false 1
// true 0
// false 0
