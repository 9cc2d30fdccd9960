// SPDX-License-Identifier: BSD-3-Clause
//
// A worker panics; a deferred function recovers and reports it while the other workers go on.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
)

type report struct {
	worker int
	done   int
	err    error
}

type node struct{ next *node }

func work(id int) (steps int) {
	data := []int{1, 2, 3}
	for steps = 0; steps < 10; steps++ {
		runtime.Gosched()
		if steps < id {
			continue
		}
		switch id {
		case 1:
			_ = data[steps+2]
		case 2:
			panic(errors.New("worker two gave up"))
		case 3:
			zero := steps - id
			_ = 10 / zero
		case 4:
			var n *node
			n = n.next
		case 5:
			var x any = "text"
			_ = x.(int)
		case 6:
			panic(fmt.Sprintf("custom %d", id))
		case 7:
			var m map[string]int
			m["x"] = 1
		}
	}
	return steps
}

func guard(id int, reports chan<- report, wg *sync.WaitGroup) {
	r := report{worker: id}
	defer wg.Done()
	defer func() {
		if p := recover(); p != nil {
			switch v := p.(type) {
			case runtime.Error:
				r.err = fmt.Errorf("runtime: %w", v)
			case error:
				r.err = v
			default:
				r.err = fmt.Errorf("panic: %v", v)
			}
		}
		reports <- r
	}()
	r.done = work(id)
}

func main() {
	const workers = 9
	reports := make(chan report, workers)
	var wg sync.WaitGroup
	for id := range workers {
		wg.Add(1)
		go guard(id, reports, &wg)
	}
	wg.Wait()
	close(reports)
	var all []report
	for r := range reports {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].worker < all[j].worker })
	for _, r := range all {
		if r.err != nil {
			var re runtime.Error
			fmt.Println(r.worker, "failed:", r.err, errors.As(r.err, &re))
		} else {
			fmt.Println(r.worker, "did", r.done, strings.Repeat("*", r.done))
		}
	}
}

// Output:
// 0 did 10 **********
// 1 failed: runtime: runtime error: index out of range [3] with length 3 true
// 2 failed: worker two gave up false
// 3 failed: runtime: runtime error: integer divide by zero true
// 4 failed: runtime: runtime error: invalid memory address or nil pointer dereference true
// 5 failed: runtime: interface conversion: interface {} is string, not int true
// 6 failed: panic: custom 6 false
// 7 failed: runtime: assignment to entry in nil map true
// 8 did 10 **********
