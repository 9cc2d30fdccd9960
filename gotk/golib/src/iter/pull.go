// SPDX-License-Identifier: BSD-3-Clause

package iter

import (
	"runtime"
	"unsafe"
)

// coroutine is a goroutine that runs only while its caller waits, and the other way round (native/src/coro.c). The sequence runs in
// it, so that a switch to it looks like a call of its caller's: a panic or Goexit there goes on in the caller.
type coroutine struct {
	waiting unsafe.Pointer // the side that waits; null before the first switch and after the end
	started bool
	running bool // the caller waits for it
	ended   bool
	wanted  bool // a value was asked for and not yet yielded
	exited  bool // by runtime.Goexit
	failure any  // its panic
	failed  bool
}

//gotk:native coroswitch
func coroswitch(waiting *unsafe.Pointer)

//gotk:native coroexit
func coroexit(waiting *unsafe.Pointer)

// run is the goroutine: body is the sequence with a yield that calls pause.
func (c *coroutine) run(body func()) {
	for *(*unsafe.Pointer)(noinline(&c.waiting)) == nil { // the caller is on its way to sleep
		runtime.Gosched()
	}
	returned := false
	defer func() {
		if !returned {
			if r := recover(); r != nil {
				c.failure, c.failed = r, true
			} else {
				c.exited = true
			}
		}
		c.ended = true
		coroexit(&c.waiting)
	}()
	body()
	returned = true
}

// noinline hides that the word is read again and again.
//
//gotk:noinline
func noinline(p *unsafe.Pointer) *unsafe.Pointer { return p }

// resume runs the other side until it yields or ends.
func (c *coroutine) resume(body func()) {
	if c.running {
		panic("iter.Pull: next or stop called again before it returned")
	}
	c.running = true
	if !c.started {
		c.started = true
		go c.run(body)
	}
	coroswitch(&c.waiting)
	c.running = false
	if c.ended {
		c.check()
	}
}

// check goes on with how the sequence ended.
func (c *coroutine) check() {
	if c.failed {
		c.failed = false
		panic(c.failure)
	}
	if c.exited {
		c.exited = false
		runtime.Goexit()
	}
}

// pause ends a yield: the caller runs until it asks for more, and false says that it does not.
func (c *coroutine) pause() bool {
	if !c.wanted {
		panic("iter.Pull: yield called again before next")
	}
	c.wanted = false
	coroswitch(&c.waiting)
	return !c.ended
}

// stop ends the sequence, if it has begun by letting its yield return false.
func (c *coroutine) stop(body func()) {
	if c.ended {
		return
	}
	c.ended = true
	if c.started {
		c.resume(body)
	}
}

// Pull returns a function that returns seq's next value, or false at the end, and one that ends it early. Neither may be called
// by two goroutines at once.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	c := new(coroutine)
	var value V
	var have bool
	body := func() {
		seq(func(v V) bool {
			if c.ended {
				return false
			}
			value, have = v, true
			return c.pause()
		})
	}
	next = func() (V, bool) {
		var zero V
		if c.ended {
			return zero, false
		}
		c.wanted = true
		c.resume(body)
		v, ok := value, have
		value, have = zero, false
		return v, ok
	}
	return next, func() { c.stop(body) }
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	c := new(coroutine)
	var key K
	var value V
	var have bool
	body := func() {
		seq(func(k K, v V) bool {
			if c.ended {
				return false
			}
			key, value, have = k, v, true
			return c.pause()
		})
	}
	next = func() (K, V, bool) {
		var zeroK K
		var zeroV V
		if c.ended {
			return zeroK, zeroV, false
		}
		c.wanted = true
		c.resume(body)
		k, v, ok := key, value, have
		key, value, have = zeroK, zeroV, false
		return k, v, ok
	}
	return next, func() { c.stop(body) }
}
