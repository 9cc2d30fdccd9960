// SPDX-License-Identifier: BSD-3-Clause
//
// A group like errgroup, written in the program: the first error cancels the rest, and Wait returns it.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type group struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
	slots  chan struct{}
}

func withContext(ctx context.Context, limit int) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel, slots: make(chan struct{}, limit)}, ctx
}

func (g *group) Go(f func() error) {
	g.slots <- struct{}{}
	g.wg.Add(1)
	go func() {
		defer func() {
			<-g.slots
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait()
	g.cancel()
	return g.err
}

var errTooBig = errors.New("too big")

func main() {
	g, ctx := withContext(context.Background(), 4)
	var sum atomic.Int64
	for i := range 20 {
		g.Go(func() error {
			sum.Add(int64(i))
			return nil
		})
	}
	fmt.Println(g.Wait(), sum.Load(), ctx.Err())

	g, ctx = withContext(context.Background(), 8)
	var cancelled atomic.Int32
	for i := range 8 {
		g.Go(func() error {
			if i == 5 {
				return fmt.Errorf("task %d: %w", i, errTooBig)
			}
			select {
			case <-ctx.Done():
				cancelled.Add(1)
				return ctx.Err()
			case <-time.After(10 * time.Second):
				return nil
			}
		})
	}
	err := g.Wait()
	fmt.Println(err, errors.Is(err, errTooBig), "cancelled", cancelled.Load())

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	g, ctx = withContext(ctx, 2)
	g.Go(func() error {
		<-ctx.Done()
		return ctx.Err()
	})
	err = g.Wait()
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
}

// Output:
// <nil> 190 context canceled
// task 5: too big true cancelled 7
// context deadline exceeded true
