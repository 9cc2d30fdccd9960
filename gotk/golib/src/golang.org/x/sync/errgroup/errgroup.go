// SPDX-License-Identifier: BSD-3-Clause

// Package errgroup runs the parts of a task as goroutines: waits for all, keeps the first error, cancels a context, limits how many run.
package errgroup

import (
	"context"
	"fmt"
	"sync"
)

// Group is the goroutines of one task. The zero Group has no limit and no context.
type Group struct {
	cancel context.CancelCauseFunc // nil without a context
	places chan struct{}           // nil without a limit; holds a value for each goroutine
	wg     sync.WaitGroup
	once   sync.Once
	err    error // the first one; set by once
}

// WithContext returns a group, and a context of ctx's that is cancelled when a function fails or Wait returns.
func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

// Wait waits for all goroutines and returns the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

// start runs f, for which there is a place.
func (g *Group) start(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel(err)
				}
			})
		}
	}()
}

func (g *Group) done() {
	if g.places != nil {
		<-g.places
	}
	g.wg.Done()
}

// Go runs f in a goroutine, once the limit allows it.
func (g *Group) Go(f func() error) {
	if g.places != nil {
		g.places <- struct{}{}
	}
	g.start(f)
}

// TryGo runs f in a goroutine if the limit allows it now, and reports whether it did.
func (g *Group) TryGo(f func() error) bool {
	if g.places != nil {
		select {
		case g.places <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

// SetLimit lets at most n goroutines run at a time; a negative n: any number. It panics while some run.
func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.places = nil
		return
	}
	if active := len(g.places); active != 0 {
		panic(fmt.Errorf("errgroup: modify limit while %v goroutines in the group are still active", active))
	}
	g.places = make(chan struct{}, n)
}
