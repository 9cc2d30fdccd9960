// SPDX-License-Identifier: BSD-3-Clause

// Reads and writes of pipes wait, time out at their deadline, and end when the file is closed; what was written before is not lost.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

func reading() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	go func() {
		time.Sleep(5 * time.Millisecond)
		w.Write([]byte("hello"))
	}()
	b := make([]byte, 100)
	n, err := r.Read(b)
	fmt.Println(string(b[:n]), err)

	r.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	start := time.Now()
	_, err = r.Read(b)
	late := time.Since(start)
	fmt.Println(err, errors.Is(err, os.ErrDeadlineExceeded), os.IsTimeout(err), late >= 9*time.Millisecond, late < 2*time.Second)
	w.WriteString("kept")
	_, err = r.Read(b)
	fmt.Println("expired:", err)
	r.SetReadDeadline(time.Time{})
	n, err = r.Read(b)
	fmt.Println(string(b[:n]), err)

	// A deadline set while the read waits; and one that is moved away before it comes.
	go func() {
		time.Sleep(5 * time.Millisecond)
		r.SetDeadline(time.Unix(1, 0))
	}()
	_, err = r.Read(b)
	fmt.Println("from outside:", err)
	r.SetReadDeadline(time.Now().Add(200 * time.Millisecond)) // time enough for the other one on a busy machine
	go func() {
		time.Sleep(time.Millisecond)
		r.SetReadDeadline(time.Now().Add(time.Hour))
		time.Sleep(250 * time.Millisecond)
		w.WriteString("later")
	}()
	n, err = r.Read(b)
	fmt.Println(string(b[:n]), err)

	go func() {
		time.Sleep(5 * time.Millisecond)
		r.Close()
	}()
	_, err = r.Read(b)
	fmt.Println(err, errors.Is(err, os.ErrClosed))
	_, err = r.Read(b)
	fmt.Println(err)
	_, err = w.WriteString("x")
	fmt.Println(err)
	fmt.Println(w.Close(), w.Close())
}

func writing() {
	r, w, _ := os.Pipe()
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	w.SetWriteDeadline(time.Now().Add(10 * time.Millisecond))
	n, err := w.Write(big)
	fmt.Println(n > 0 && n < len(big), err)
	w.SetWriteDeadline(time.Time{})
	go func() {
		w.Write(big[n:])
		w.Close()
	}()
	got, err := io.ReadAll(r)
	fmt.Println(bytes.Equal(got, big), err)

	r, w, _ = os.Pipe()
	done := make(chan error)
	go func() {
		_, err := w.Write(big)
		done <- err
	}()
	time.Sleep(5 * time.Millisecond)
	w.Close()
	fmt.Println(<-done)
	r.Close()
}

// smallReads: a pipe read in pieces smaller than what was written, byte by byte, then the end.
func smallReads() {
	r, w, _ := os.Pipe()
	go func() {
		for i := range 1000 {
			fmt.Fprintf(w, "%d,", i)
			if i%100 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		w.Close()
	}()
	var all []byte
	b := make([]byte, 7)
	for i := 0; ; i++ {
		n, err := r.Read(b[:1+i%7])
		all = append(all, b[:n]...)
		if err != nil {
			fmt.Println(err)
			break
		}
	}
	want := ""
	for i := range 1000 {
		want += fmt.Sprint(i, ",")
	}
	fmt.Println(string(all) == want, len(all))
}

func main() {
	reading()
	writing()
	smallReads()
	f, err := os.CreateTemp("", "deadline")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	fmt.Println(f.SetDeadline(time.Now()))
	f.Close()
	fmt.Println(f.SetReadDeadline(time.Now()))
}

// Output:
// hello <nil>
// read |0: i/o timeout true true true true
// expired: read |0: i/o timeout
// kept <nil>
// from outside: read |0: i/o timeout
// later <nil>
// read |0: file already closed true
// read |0: file already closed
// write |1: broken pipe
// <nil> close |1: file already closed
// true write |1: i/o timeout
// true <nil>
// write |1: file already closed
// EOF
// true 3890
// file type does not support deadline
// use of closed file
