// SPDX-License-Identifier: BSD-3-Clause

// TCP on loopback: what works, and what the errors say. Ports are replaced by names, since they differ.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

var names = map[string]string{}

// call gives an address's port a name.
func call(a net.Addr, name string) string {
	_, port, err := net.SplitHostPort(a.String())
	if err != nil {
		panic(err)
	}
	names[port] = name
	return port
}

func named(s string) string {
	for port, name := range names {
		s = strings.ReplaceAll(s, ":"+port, ":"+name)
	}
	return s
}

func show(label string, err error) {
	if err == nil {
		fmt.Println(label+":", "<nil>")
		return
	}
	var timeout net.Error
	fmt.Println(label+":", named(err.Error()), errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, net.ErrClosed),
		errors.Is(err, os.ErrDeadlineExceeded))
}

func echo(l net.Listener, ended chan error) {
	for {
		c, err := l.Accept()
		if err != nil {
			ended <- err
			return
		}
		go func() {
			io.Copy(c, c)
			c.Close()
		}()
	}
}

func connection() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	call(l.Addr(), "listener")
	fmt.Println(l.Addr().Network(), named(l.Addr().String()))
	ended := make(chan error)
	go echo(l, ended)

	c, err := net.Dial("tcp", l.Addr().String())
	show("dial", err)
	call(c.LocalAddr(), "client")
	fmt.Fprintf(c, "hello\n")
	b := make([]byte, 100)
	n, err := c.Read(b)
	fmt.Printf("%q %v\n", b[:n], err)
	c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, err = c.Read(b)
	show("deadline", err)
	c.SetReadDeadline(time.Time{})
	go func() {
		time.Sleep(10 * time.Millisecond)
		c.Close()
	}()
	_, err = c.Read(b)
	show("closed under a read", err)
	_, err = c.Write(b)
	show("write", err)
	show("close", c.Close())
	show("deadline", c.SetDeadline(time.Now()))
	show("option", c.(*net.TCPConn).SetNoDelay(true))
	show("half", c.(*net.TCPConn).CloseWrite())
	_, err = net.Listen("tcp", l.Addr().String())
	show("listen again", err)

	c, err = net.Dial("tcp", l.Addr().String())
	show("dial", err)
	call(c.LocalAddr(), "client")
	c.Write([]byte("abc"))
	c.(*net.TCPConn).CloseWrite()
	all, err := io.ReadAll(c)
	fmt.Println(string(all), err)
	_, err = c.Write([]byte("x"))
	show("write after CloseWrite", err)
	c.Close()

	time.Sleep(5 * time.Millisecond)
	l.Close()
	show("accept", <-ended)
	show("close again", l.Close())
	_, err = l.Accept()
	show("accept again", err)
	_, err = net.Dial("tcp", l.Addr().String())
	show("dial", err)
}

func reset() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	port := call(l.Addr(), "listener")
	fmt.Println(named(l.Addr().String()))
	c, err := net.Dial("tcp", "localhost:"+port)
	show("dial", err)
	call(c.LocalAddr(), "client")
	s, err := l.Accept()
	fmt.Println(s.RemoteAddr().String() == c.LocalAddr().String(), s.LocalAddr().String() == c.RemoteAddr().String(), err)
	s.(*net.TCPConn).SetLinger(0)
	s.Close()
	b := make([]byte, 1)
	_, err = c.Read(b)
	show("read", err)
	_, err = c.Write(b)
	show("write", err)
}

func addresses() {
	for _, address := range []string{"127.0.0.1", "127.0.0.1:nonsense", "127.0.0.1:99999", "", ":", "127.0.0.1:1:2", "[::1", "[::1]", "[::1]:x:", "a[b:1"} {
		_, err := net.Dial("tcp", address)
		if address != ":" {
			show("dial", err)
		}
		host, port, err := net.SplitHostPort(address)
		fmt.Printf("%q %q %v\n", host, port, err)
	}
	_, err := net.Dial("carrier pigeon", "127.0.0.1:1")
	show("dial", err)
	_, err = net.Listen("udp", "127.0.0.1:1")
	show("listen", err)
	_, err = net.Listen("tcp", "127.0.0.1")
	show("listen", err)
	_, err = net.Listen("tcp", "192.0.2.1:0")
	show("listen", err)
	_, err = net.DialTimeout("tcp", "127.0.0.1:1", -1)
	show("dial", err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = new(net.Dialer).DialContext(ctx, "tcp", "127.0.0.1:1")
	show("dial", err)
	fmt.Println(errors.Is(err, context.Canceled))
	_, err = net.DialTCP("tcp", nil, nil)
	show("dial", err)
	a, err := net.ResolveTCPAddr("tcp", "localhost:https")
	fmt.Println(a, err)
	fmt.Println(net.LookupPort("tcp", "http"))
	fmt.Println(net.JoinHostPort("::1", "80"), net.JoinHostPort("localhost", "http"))
}

func listening() {
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		panic(err)
	}
	port := call(l.Addr(), "listener")
	l.(*net.TCPListener).SetDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = l.Accept()
	show("accept", errors.Unwrap(err))
	l.(*net.TCPListener).SetDeadline(time.Time{})
	c, err := net.Dial("tcp4", "127.0.0.1:"+port)
	show("dial", err)
	call(c.LocalAddr(), "client")
	s, err := l.Accept()
	show("accept", err)
	fmt.Println(named(s.LocalAddr().String()), named(s.RemoteAddr().String()))
	s.Close()
	c.Close()
	l.Close()
	// The port is free again at once.
	l, err = net.Listen("tcp", "127.0.0.1:"+port)
	show("listen", err)
	l.Close()
}

func main() {
	connection()
	reset()
	addresses()
	listening()
}
