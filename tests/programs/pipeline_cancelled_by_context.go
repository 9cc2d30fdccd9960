// SPDX-License-Identifier: BSD-3-Clause
//
// A bounded pipeline of three stages; the consumer cancels the context early and every stage ends.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

var (
	limit  = 100
	bound  = 8
	stages sync.WaitGroup
)

func source(ctx context.Context) <-chan int {
	out := make(chan int, bound)
	stages.Go(func() {
		defer close(out)
		for i := 1; ; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

func mapStage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int, bound)
	stages.Go(func() {
		defer close(out)
		for v := range in {
			select {
			case out <- f(v):
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

var errEnough = errors.New("enough")

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	squares := mapStage(ctx, source(ctx), func(v int) int { return v * v })
	odd := mapStage(ctx, squares, func(v int) int { return 2*v + 1 })

	sum, count := 0, 0
	for v := range odd {
		sum += v
		if count++; count == limit {
			cancel(errEnough)
			break
		}
	}
	stages.Wait()
	fmt.Println("taken", count, "sum", sum)
	fmt.Println(ctx.Err(), "because:", context.Cause(ctx), errors.Is(context.Cause(ctx), errEnough))
}

// Output:
// taken 100 sum 676800
// context canceled because: enough true
