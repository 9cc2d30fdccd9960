// SPDX-License-Identifier: BSD-3-Clause

// A TCP echo server on loopback and its clients, one goroutine at each end of each connection. ns per message there and back.
package main

import (
	"io"
	"net"
	"sync"
	"time"

	"gotk"
)

var (
	connections = 100
	trips       = 200_000 // in all
	size        = 64
)

func serve(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		if _, err := c.Write(buf[:n]); err != nil {
			return
		}
	}
}

func talk(c net.Conn, trips int) {
	out, in := make([]byte, size), make([]byte, size)
	for i := range trips {
		out[0] = byte(i)
		if _, err := c.Write(out); err != nil {
			panic(err)
		}
		if _, err := io.ReadFull(c, in); err != nil {
			panic(err)
		}
		if in[0] != byte(i) {
			panic("not what was sent")
		}
	}
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	clients := make([]net.Conn, connections)
	for i := range clients {
		if clients[i], err = net.Dial("tcp", l.Addr().String()); err != nil {
			panic(err)
		}
		talk(clients[i], 1)
	}
	each := (trips + connections - 1) / connections
	var group sync.WaitGroup
	start := time.Now()
	for _, c := range clients {
		group.Go(func() { talk(c, each) })
	}
	group.Wait()
	elapsed := time.Since(start)
	gotk.Record("ns", float64(elapsed.Nanoseconds())/float64(each*connections))
	for _, c := range clients {
		c.Close()
	}
	l.Close()
}
