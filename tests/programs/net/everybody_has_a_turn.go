// SPDX-License-Identifier: BSD-3-Clause

//gotk:test skip=threads 800 threads share two CPUs as the kernel likes

// More connections are ready than one poll returns, and each answer makes the next message ready at once: none may go on at the cost of others.
// On one proc: with more of them than CPUs the kernel decides whose turn it is.
package main

import (
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	connections = 400
	trips       = 16_000 // in all
)

func serve(c net.Conn) {
	io.Copy(struct{ io.Writer }{c}, struct{ io.Reader }{c})
	c.Close()
}

func main() {
	runtime.GOMAXPROCS(1)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for range connections {
			c, err := l.Accept()
			if err != nil {
				panic(err)
			}
			go serve(c)
		}
	}()
	var (
		done  atomic.Int64
		group sync.WaitGroup
		begin = make(chan bool)
		each  [connections]int
	)
	for i := range connections {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			panic(err)
		}
		group.Go(func() {
			defer c.Close()
			<-begin
			buf := make([]byte, 64)
			for done.Add(1) <= trips {
				if _, err := c.Write(buf); err != nil {
					panic(err)
				}
				if _, err := io.ReadFull(c, buf); err != nil {
					panic(err)
				}
				each[i]++
			}
		})
	}
	close(begin)
	group.Wait()
	l.Close()
	sum := 0
	for _, n := range each {
		sum += n
	}
	fmt.Println(sum, slices.Min(each[:]) >= trips/connections/10, slices.Max(each[:]) <= trips/connections*10)

	// Output:
	// 16000 true true
}
