// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// Once calls a function one time.
type Once struct {
	_    noCopy
	done atomic.Bool
	m    Mutex
}

// Do calls f if it is the first call of Do on o; otherwise it waits until that first call has returned. If f panics, Do counts
// it as having returned.
func (o *Once) Do(f func()) {
	if !o.done.Load() {
		o.slow(f)
	}
}

func (o *Once) slow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if !o.done.Load() {
		defer o.done.Store(true)
		f()
	}
}

// OnceFunc returns a function that calls f only once. If f panics, each call of the function panics with the same value.
func OnceFunc(f func()) func() {
	value := OnceValue(func() struct{} {
		f()
		return struct{}{}
	})
	return func() { value() }
}

// OnceValue returns a function that calls f only once and returns what f returned. If f panics, each call panics with the
// same value.
func OnceValue[T any](f func() T) func() T {
	var (
		once   Once
		ok     bool
		value  any
		result T
	)
	call := func() {
		defer func() {
			f = nil
			value = recover()
			if !ok {
				panic(value) // with the trace of f
			}
		}()
		result = f()
		ok = true
	}
	return func() T {
		once.Do(call)
		if !ok {
			panic(value)
		}
		return result
	}
}

// OnceValues is OnceValue for a function of two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	type pair struct {
		a T1
		b T2
	}
	value := OnceValue(func() pair {
		a, b := f()
		return pair{a, b}
	})
	return func() (T1, T2) {
		p := value()
		return p.a, p.b
	}
}
