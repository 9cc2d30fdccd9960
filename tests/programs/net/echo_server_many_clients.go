// SPDX-License-Identifier: BSD-3-Clause

// An echo server and its clients, each a goroutine; then all connections idle at once, and the server's end wakes everybody.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

var (
	clients  = 50
	messages = 40
)

type server struct {
	l     net.Listener
	group sync.WaitGroup
	mu    sync.Mutex
	conns map[net.Conn]bool
	bytes atomic.Int64
}

func (s *server) serve() {
	defer s.group.Done()
	for {
		c, err := s.l.Accept()
		if err != nil {
			fmt.Println("accept:", errors.Is(err, net.ErrClosed))
			return
		}
		s.mu.Lock()
		s.conns[c] = true
		s.mu.Unlock()
		s.group.Go(func() { s.echo(c) })
	}
}

func (s *server) echo(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 1000)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		s.bytes.Add(int64(n))
		if _, err := c.Write(buf[:n]); err != nil {
			return
		}
	}
}

// client sends messages of growing size and checks what comes back.
func client(address string, id int, keep chan<- net.Conn) error {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	for m := range messages {
		out := make([]byte, 16+m*m*7)
		for i := range out {
			out[i] = byte(id + m + i)
		}
		copy(out, fmt.Sprintf("%08d", id))
		done := make(chan error, 1)
		go func() {
			_, err := c.Write(out)
			done <- err
		}()
		in := make([]byte, len(out))
		if _, err := io.ReadFull(c, in); err != nil {
			return err
		}
		if err := <-done; err != nil {
			return err
		}
		if string(in) != string(out) {
			return fmt.Errorf("client %d, message %d: not what was sent", id, m)
		}
	}
	keep <- c
	return nil
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s := &server{l: l, conns: map[net.Conn]bool{}}
	s.group.Add(1)
	go s.serve()
	keep := make(chan net.Conn, clients)
	var group sync.WaitGroup
	for id := range clients {
		group.Go(func() {
			if err := client(l.Addr().String(), id, keep); err != nil {
				fmt.Println(err)
			}
		})
	}
	group.Wait()
	close(keep)
	fmt.Println(len(keep), s.bytes.Load())

	// Everybody waits; the server closes its ends.
	var ended atomic.Int64
	for c := range keep {
		group.Go(func() {
			defer c.Close()
			if _, err := c.Read(make([]byte, 1)); err == io.EOF {
				ended.Add(1)
			}
		})
	}
	time.Sleep(10 * time.Millisecond)
	l.Close()
	s.mu.Lock()
	for c := range s.conns {
		c.Close()
	}
	s.mu.Unlock()
	group.Wait()
	s.group.Wait()
	fmt.Println(ended.Load())
}

// Output:
// 50 7221000
// accept: true
// 50
