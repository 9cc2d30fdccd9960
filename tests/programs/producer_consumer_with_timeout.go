// SPDX-License-Identifier: BSD-3-Clause
//
// A consumer that selects between data, a time-out and the end; the producer stalls once.
package main

import (
	"fmt"
	"time"
)

type event struct {
	kind  string
	value int
}

func producer(out chan<- int, stall chan struct{}) {
	for i := range 5 {
		out <- i
	}
	<-stall // nothing comes until the consumer has timed out
	for i := 5; i < 8; i++ {
		out <- i
	}
	close(out)
}

func main() {
	data := make(chan int)
	stall := make(chan struct{})
	go producer(data, stall)
	var log []event
loop:
	for {
		select {
		case v, ok := <-data:
			if !ok {
				log = append(log, event{"closed", v})
				break loop
			}
			log = append(log, event{"value", v})
		case <-time.After(50 * time.Millisecond):
			log = append(log, event{kind: "timeout"})
			close(stall)
			stall = nil
		}
	}
	for _, e := range log {
		fmt.Printf("%+v\n", e)
	}
	timer := time.NewTimer(time.Hour)
	fmt.Println("stopped:", timer.Stop(), "again:", timer.Stop())
	timer.Reset(time.Millisecond)
	<-timer.C
	fmt.Println("fired after reset")
}

// Output:
// {kind:value value:0}
// {kind:value value:1}
// {kind:value value:2}
// {kind:value value:3}
// {kind:value value:4}
// {kind:timeout value:0}
// {kind:value value:5}
// {kind:value value:6}
// {kind:value value:7}
// {kind:closed value:0}
// stopped: true again: false
// fired after reset
