// SPDX-License-Identifier: BSD-3-Clause

// Unix sockets, datagrams, and net.Pipe.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

var folder string

func show(label string, err error) {
	if err == nil {
		fmt.Println(label+":", "<nil>")
		return
	}
	var timeout net.Error
	fmt.Println(label+":", strings.ReplaceAll(err.Error(), folder, "FOLDER"), errors.As(err, &timeout) && timeout.Timeout(),
		errors.Is(err, net.ErrClosed), errors.Is(err, os.ErrDeadlineExceeded))
}

func unix(network string) {
	path := folder + "/" + network
	l, err := net.Listen(network, path)
	show("listen", err)
	_, err = net.Listen(network, path)
	show("listen again", err)
	fmt.Println(l.Addr().Network(), l.Addr().String() == path)
	c, err := net.Dial(network, path)
	show("dial", err)
	fmt.Printf("%q %v\n", c.LocalAddr(), c.RemoteAddr().String() == path)
	s, err := l.Accept()
	show("accept", err)
	fmt.Printf("%v %q\n", s.LocalAddr().String() == path, s.RemoteAddr())
	b := make([]byte, 10)
	c.Write([]byte("hi"))
	c.Write([]byte("you"))
	n, err := io.ReadAtLeast(s, b, 5)
	fmt.Println(string(b[:n]), err)
	s.SetDeadline(time.Unix(1, 0))
	_, err = s.Read(b)
	show("read", err)
	c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = c.Read(b)
	show("read", err)
	s.Close()
	_, err = c.Write(b)
	show("write", err)
	c.SetReadDeadline(time.Time{})
	_, err = c.Read(b)
	show("read", err)
	ended := make(chan error)
	go func() {
		_, err := l.Accept()
		ended <- err
	}()
	time.Sleep(5 * time.Millisecond)
	show("close", l.Close())
	show("accept", <-ended)
	_, err = os.Stat(path)
	fmt.Println(errors.Is(err, os.ErrNotExist))
	_, err = net.Dial(network, path)
	show("dial", err)
	_, err = net.Dial(network, strings.Repeat("x", 200))
	fmt.Println(err != nil)
}

func pipe() {
	x, y := net.Pipe()
	go x.Write([]byte("hello"))
	b := make([]byte, 10)
	n, err := y.Read(b[:3])
	fmt.Println(string(b[:n]), err)
	y.SetReadDeadline(time.Now())
	_, err = y.Read(b)
	show("pipe", err)
	y.SetReadDeadline(time.Now().Add(time.Hour))
	n, err = y.Read(b)
	fmt.Println(string(b[:n]), err, x.LocalAddr(), x.RemoteAddr().Network())
	y.SetWriteDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = y.Write(b)
	show("pipe", err)
	x.Close()
	_, err = y.Read(b)
	show("pipe", err)
	_, err = x.Read(b)
	show("pipe", err)
	_, err = y.Write(b)
	show("pipe", err)
	show("pipe", y.SetDeadline(time.Now()))
}

func datagrams() {
	p, err := net.ListenPacket("udp", "127.0.0.1:0")
	show("listen", err)
	q, err := net.Dial("udp", p.LocalAddr().String())
	show("dial", err)
	fmt.Fprint(q, "datagram")
	fmt.Fprint(q, "another one")
	b := make([]byte, 8)
	for range 2 {
		n, from, err := p.ReadFrom(b)
		fmt.Println(string(b[:n]), from.String() == q.LocalAddr().String(), err)
	}
	n, err := p.WriteTo([]byte("back"), q.LocalAddr())
	fmt.Println(n, err)
	n, err = q.Read(b)
	fmt.Println(string(b[:n]), err)
	_, err = q.(*net.UDPConn).WriteTo(b, p.LocalAddr())
	fmt.Println(errors.Is(err, net.ErrWriteToConnected))
	p.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, _, err = p.ReadFrom(b)
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))
	p.SetReadDeadline(time.Time{})
	go func() {
		time.Sleep(5 * time.Millisecond)
		p.Close()
	}()
	_, _, err = p.ReadFrom(b)
	fmt.Println(errors.Is(err, net.ErrClosed))

	path := folder + "/gram"
	u, err := net.ListenPacket("unixgram", path)
	show("listen", err)
	v, err := net.Dial("unixgram", path)
	show("dial", err)
	v.Write([]byte("gram"))
	n, from, err := u.ReadFrom(b)
	fmt.Println(string(b[:n]), from, err)
	u.Close()
	v.Close()
}

func main() {
	var err error
	if folder, err = os.MkdirTemp("", "net"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	unix("unix")
	unix("unixpacket")
	pipe()
	datagrams()
}
