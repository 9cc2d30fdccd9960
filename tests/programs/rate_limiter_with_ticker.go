// SPDX-License-Identifier: BSD-3-Clause
//
// A rate limiter: a ticker refills a bucket of tokens; requests wait for one. Timing is checked loosely, order exactly.
package main

import (
	"fmt"
	"time"
)

var (
	requests = 20
	burst    = 5
	interval = 5 * time.Millisecond
)

func main() {
	tokens := make(chan struct{}, burst)
	for range burst {
		tokens <- struct{}{}
	}
	ticker := time.NewTicker(interval)
	stop := make(chan bool)
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				select {
				case tokens <- struct{}{}:
				default: // the bucket is full
				}
			case <-stop:
				close(stop)
				return
			}
		}
	}()

	queue := make(chan int, requests)
	for i := range requests {
		queue <- i
	}
	close(queue)
	start := time.Now()
	served := 0
	for r := range queue {
		<-tokens
		if r != served {
			fmt.Println("out of order:", r)
		}
		served++
	}
	took := time.Since(start)
	stop <- true
	<-stop
	least := time.Duration(requests-burst-2) * interval
	fmt.Println("served", served)
	fmt.Println("not faster than the limit:", took >= least)
	fmt.Println("not slower than a second:", took < time.Second)
}

// Output:
// served 20
// not faster than the limit: true
// not slower than a second: true
