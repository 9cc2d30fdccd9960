// SPDX-License-Identifier: BSD-3-Clause
//
// A token goes round a ring of goroutines until its count is used up; the goroutine that holds it then is reported.
package main

import "fmt"

var (
	members = 503
	hops    = 100_000
)

func main() {
	result := make(chan int)
	first := make(chan int)
	in := first
	for id := 1; id <= members; id++ {
		out := make(chan int)
		if id == members {
			out = first
		}
		go func(id int, in <-chan int, out chan<- int) {
			for {
				token, ok := <-in
				if !ok {
					return
				}
				if token == 0 {
					result <- id
					return
				}
				out <- token - 1
			}
		}(id, in, out)
		in = out
	}
	first <- hops
	fmt.Println(<-result)
}

// Output:
// 407
