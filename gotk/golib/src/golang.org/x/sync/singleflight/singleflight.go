// SPDX-License-Identifier: BSD-3-Clause

// Package singleflight does a call for a key once for all who ask while it is under way.
package singleflight

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// Result is what Do returns, for DoChan.
type Result struct {
	Val    any
	Err    error
	Shared bool
}

// Group is a set of keys; the zero Group is ready.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

// call is a call under way, or over.
type call struct {
	done sync.WaitGroup
	val  any   // these two are written before done is
	err  error // of the function; errGoexit, or *panicked

	// Guarded by the group's mu until the call is out of the map.
	shared int // who ask, besides the first
	chans  []chan<- Result
}

// panicked is a panic of the function, for all who wait.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n\n%s", p.value, p.stack) }

func (p *panicked) Unwrap() error {
	err, _ := p.value.(error)
	return err
}

var errGoexit = errors.New("runtime.Goexit was called")

// join returns the call of a key, and whether it is a new one, which the caller must run.
func (g *Group) join(key string, ch chan<- Result) (c *call, first bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c = g.calls[key]
	if first = c == nil; first {
		c = new(call)
		c.done.Add(1)
		if g.calls == nil {
			g.calls = map[string]*call{}
		}
		g.calls[key] = c
	} else {
		c.shared++
	}
	if ch != nil {
		c.chans = append(c.chans, ch)
	}
	return c, first
}

// Do calls fn, or waits for a call of the same key and returns its results; shared tells that others got them as well.
func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool) {
	c, first := g.join(key, nil)
	if !first {
		c.done.Wait()
		if p, ok := c.err.(*panicked); ok {
			panic(p)
		}
		if c.err == errGoexit {
			runtime.Goexit()
		}
		return c.val, c.err, true
	}
	g.run(c, key, fn)
	return c.val, c.err, c.shared > 0
}

// DoChan is Do with the results sent to a channel, which is not closed.
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	ch := make(chan Result, 1)
	if c, first := g.join(key, ch); first {
		go g.run(c, key, fn)
	}
	return ch
}

// run calls fn, and hands on what comes of it; a panic or Goexit goes on in this goroutine.
func (g *Group) run(c *call, key string, fn func() (any, error)) {
	returned := false
	defer func() {
		if !returned && c.err == nil {
			c.err = errGoexit
		}
		g.mu.Lock()
		if g.calls[key] == c {
			delete(g.calls, key)
		}
		c.done.Done()
		chans, shared := c.chans, c.shared > 0
		g.mu.Unlock()
		if p, ok := c.err.(*panicked); ok {
			if len(chans) > 0 { // nobody could recover it: it must not be lost
				go panic(p)
				select {}
			}
			panic(p)
		}
		if c.err == errGoexit {
			return
		}
		for _, ch := range chans {
			ch <- Result{c.val, c.err, shared}
		}
	}()
	func() {
		defer func() {
			if !returned {
				if r := recover(); r != nil {
					c.err = &panicked{r, debug.Stack()}
				}
			}
		}()
		c.val, c.err = fn()
		returned = true
	}()
}

// Forget makes the next Do for the key call its function, even if a call is under way.
func (g *Group) Forget(key string) {
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
}
