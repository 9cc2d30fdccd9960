// SPDX-License-Identifier: BSD-3-Clause

// Package context carries deadlines, cancellation and values across the goroutines that work on one task.
//
// Contexts form a tree. One that can be cancelled keeps its children that can be, so that cancelling it cancels them; a child is
// added when it is made and removed when it is cancelled by itself. Where the nearest cancellable ancestor is not of this
// package, a goroutine waits for it, unless the ancestor offers AfterFunc.
package context

import (
	"errors"
	"internal/rtype"
	"sync"
	"sync/atomic"
	"time"
)

// A Context carries a deadline, a signal to stop, and values. Its methods may be called by any number of goroutines.
type Context interface {
	// Deadline returns when work should be stopped; ok is false if there is no deadline.
	Deadline() (deadline time.Time, ok bool)

	// Done returns a channel that is closed when work should stop, or nil if that never happens.
	Done() <-chan struct{}

	// Err returns nil until Done is closed, then why: Canceled or DeadlineExceeded.
	Err() error

	// Value returns what the context holds for the key, or nil.
	Value(key any) any
}

// Canceled is what Err returns when the context was cancelled.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is what Err returns when the deadline has passed.
var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

// emptyCtx is never cancelled and holds nothing.
type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

// Background returns the root of a tree of contexts: never cancelled, without values and deadline.
func Background() Context { return backgroundCtx{} }

// TODO is Background for places where it is not clear yet which context to use.
func TODO() Context { return todoCtx{} }

// CancelFunc cancels a context. Calls after the first do nothing.
type CancelFunc func()

// CancelCauseFunc is a CancelFunc that says why; nil stands for Canceled.
type CancelCauseFunc func(cause error)

// WithCancel returns a child of parent that is cancelled by the function returned, or with its parent.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancel(parent)
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithCancelCause is WithCancel with a function that takes the cause.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancel(parent)
	return c, func(cause error) { c.cancel(true, Canceled, cause) }
}

// Cause returns why c was cancelled: the cause given when it, or the ancestor that was cancelled first, was cancelled, or else
// what Err returns.
func Cause(c Context) error {
	if cc, ok := c.Value(&cancelKey).(*cancelCtx); ok {
		cc.mu.Lock()
		cause := cc.cause
		cc.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

// AfterFunc calls f in its own goroutine once ctx is done. The function returned prevents that, and reports whether it did.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterFuncCtx{f: f}
	a.attach(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(true, Canceled, nil)
		}
		return stopped
	}
}

type afterFuncer interface {
	AfterFunc(func()) func() bool
}

type afterFuncCtx struct {
	cancelCtx
	once sync.Once // either starts f, or stops it from starting
	f    func()
}

func (a *afterFuncCtx) cancel(remove bool, err, cause error) {
	a.cancelCtx.cancel(false, err, cause)
	if remove {
		removeChild(a.Context, a)
	}
	a.once.Do(func() { go a.f() })
}

// stopCtx stands as parent of a context that waits by its ancestor's own AfterFunc; it keeps what undoes that.
type stopCtx struct {
	Context
	stop func() bool
}

// canceler is a context that can be cancelled directly: *cancelCtx, *timerCtx, *afterFuncCtx.
type canceler interface {
	cancel(remove bool, err, cause error)
	Done() <-chan struct{}
}

// cancelKey is the key whose value is the nearest cancelCtx itself.
var cancelKey int

// closed is the Done channel of a context that was cancelled before anybody asked for it.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

type cancelCtx struct {
	Context // parent

	mu       sync.Mutex
	done     atomic.Value          // chan struct{}, made when first asked for
	children map[canceler]struct{} // nil after cancellation
	err      atomic.Value          // error; set under mu
	cause    error                 // guarded by mu
}

func newCancel(parent Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := &cancelCtx{}
	c.attach(parent, c)
	return c
}

func (c *cancelCtx) Value(key any) any {
	if key == &cancelKey {
		return c
	}
	return value(c.Context, key)
}

func (c *cancelCtx) Done() <-chan struct{} {
	if d := c.done.Load(); d != nil {
		return d.(chan struct{})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.done.Load()
	if d == nil {
		d = make(chan struct{})
		c.done.Store(d)
	}
	return d.(chan struct{})
}

func (c *cancelCtx) Err() error {
	if err := c.err.Load(); err != nil {
		<-c.Done() // so that whoever sees the error finds Done closed
		return err.(error)
	}
	return nil
}

// parentCancel returns the nearest ancestor that is a cancelCtx, if nothing in between has a Done of its own.
func parentCancel(parent Context) (*cancelCtx, bool) {
	done := parent.Done()
	if done == closed || done == nil {
		return nil, false
	}
	p, ok := parent.Value(&cancelKey).(*cancelCtx)
	if !ok {
		return nil, false
	}
	if d, _ := p.done.Load().(chan struct{}); d != done {
		return nil, false
	}
	return p, true
}

// attach makes c a child of parent: child, which is c or holds it, is cancelled with parent.
func (c *cancelCtx) attach(parent Context, child canceler) {
	c.Context = parent
	done := parent.Done()
	if done == nil {
		return // never cancelled
	}
	select {
	case <-done:
		child.cancel(false, parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := parentCancel(parent); ok {
		p.mu.Lock()
		if err := p.err.Load(); err != nil {
			cause := p.cause
			p.mu.Unlock()
			child.cancel(false, err.(error), cause)
			return
		}
		if p.children == nil {
			p.children = make(map[canceler]struct{})
		}
		p.children[child] = struct{}{}
		p.mu.Unlock()
		return
	}
	if a, ok := parent.(afterFuncer); ok {
		c.mu.Lock()
		stop := a.AfterFunc(func() { child.cancel(false, parent.Err(), Cause(parent)) })
		c.Context = stopCtx{parent, stop}
		c.mu.Unlock()
		return
	}
	go func() {
		select {
		case <-done:
			child.cancel(false, parent.Err(), Cause(parent))
		case <-child.Done():
		}
	}()
}

// removeChild takes a child out of its parent.
func removeChild(parent Context, child canceler) {
	if s, ok := parent.(stopCtx); ok {
		s.stop()
		return
	}
	p, ok := parentCancel(parent)
	if !ok {
		return
	}
	p.mu.Lock()
	if p.children != nil {
		delete(p.children, child)
	}
	p.mu.Unlock()
}

// cancel closes Done and cancels the children. With remove it leaves its parent.
func (c *cancelCtx) cancel(remove bool, err, cause error) {
	if err == nil {
		panic("context: internal error: missing cancel error")
	}
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err.Load() != nil {
		c.mu.Unlock()
		return // already done
	}
	c.err.Store(err)
	c.cause = cause
	d, _ := c.done.Load().(chan struct{})
	if d == nil {
		c.done.Store(closed)
	} else {
		close(d)
	}
	for child := range c.children {
		child.cancel(false, err, cause) // takes the child's lock while holding the parent's
	}
	c.children = nil
	c.mu.Unlock()
	if remove {
		removeChild(c.Context, c)
	}
}

// WithDeadline returns a child of parent that is cancelled at d, or by the function, or with its parent.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) { return WithDeadlineCause(parent, d, nil) }

// WithDeadlineCause is WithDeadline with a cause for the case that the deadline passes.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if earlier, ok := parent.Deadline(); ok && earlier.Before(d) {
		return WithCancel(parent)
	}
	c := &timerCtx{deadline: d}
	c.cancelCtx.attach(parent, c)
	left := time.Until(d)
	if left <= 0 {
		c.cancel(true, DeadlineExceeded, cause)
		return c, func() { c.cancel(false, Canceled, nil) }
	}
	c.mu.Lock()
	if c.err.Load() == nil {
		c.timer = time.AfterFunc(left, func() { c.cancel(true, DeadlineExceeded, cause) })
	}
	c.mu.Unlock()
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithTimeout is WithDeadline with the deadline timeout from now.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is WithTimeout with a cause for the case that the time passes.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

type timerCtx struct {
	cancelCtx
	timer    *time.Timer // guarded by cancelCtx.mu
	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) cancel(remove bool, err, cause error) {
	c.cancelCtx.cancel(false, err, cause)
	if remove {
		removeChild(c.cancelCtx.Context, c)
	}
	c.mu.Lock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	c.mu.Unlock()
}

// WithoutCancel returns a child of parent that is not cancelled with it, and has no deadline.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancelCtx{parent}
}

type withoutCancelCtx struct {
	c Context
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }
func (c withoutCancelCtx) Value(key any) any                     { return value(c, key) }

// WithValue returns a child of parent that holds val for key, which must be comparable.
func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	if !rtype.TypeOf(key).Comparable() {
		panic("key is not comparable")
	}
	return &valueCtx{parent, key, val}
}

type valueCtx struct {
	Context
	key, val any
}

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return value(c.Context, key)
}

// value looks for the key up the tree, without recursion through the contexts of this package.
func value(c Context, key any) any {
	for {
		switch ctx := c.(type) {
		case *valueCtx:
			if key == ctx.key {
				return ctx.val
			}
			c = ctx.Context
		case *cancelCtx:
			if key == &cancelKey {
				return c
			}
			c = ctx.Context
		case withoutCancelCtx:
			if key == &cancelKey {
				return nil // so that Cause is that of this context: none
			}
			c = ctx.c
		case *timerCtx:
			if key == &cancelKey {
				return &ctx.cancelCtx
			}
			c = ctx.Context
		case backgroundCtx, todoCtx:
			return nil
		default:
			return c.Value(key)
		}
	}
}
