// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Channel types
package main

import "fmt"

//gotk:illegal c := make(<-chan int); c <- 1 -- invalid operation: cannot send to receive-only channel <-chan int c (variable of type <-chan int)
//gotk:illegal c := make(chan<- int); <-c -- invalid operation: cannot receive from send-only channel chan<- int c (variable of type chan<- int)
//gotk:illegal c := make(<-chan int); close(c) -- invalid operation: cannot close receive-only channel c (variable of type <-chan int)
//gotk:illegal c := make(chan int); var d <-chan int = c; var e chan int = d -- cannot use d (variable of type <-chan int) as chan int value in variable declaration

type (
	A chan<- chan int     // chan<- (chan int)
	B chan<- <-chan int   // chan<- (<-chan int)
	C <-chan <-chan int   // <-chan (<-chan int)
	D chan (<-chan int)
)

func main() {
	var zero chan int
	fmt.Println(zero == nil, len(zero), cap(zero))
	c := make(chan int, 3)
	var send chan<- int = c
	var receive <-chan int = c
	send <- 1
	send <- 2
	fmt.Println(len(c), cap(c), <-receive, len(c))
	close(send)
	v, ok := <-c
	w, more := <-c
	fmt.Println(v, ok, w, more)
	fmt.Printf("%T %T %T\n", send, receive, A(nil))
	fmt.Printf("%T\n", []any{(chan<- chan int)(nil), (chan<- <-chan int)(nil), (chan (<-chan int))(nil)})
	unbuffered := make(chan string)
	go func() {
		for _, s := range []string{"first", "in", "first", "out"} {
			unbuffered <- s
		}
		close(unbuffered)
	}()
	for s := range unbuffered {
		fmt.Print(s, " ")
	}
	fmt.Println(c == c, chan int(nil) == zero, any(c) == any(receive))
	func() {
		defer func() { fmt.Println(recover()) }()
		close(c)
	}()
	defer func() { fmt.Println(recover()) }()
	c <- 1
}

// Output:
// true 0 0
// 2 3 1 1
// 2 true 0 false
// chan<- int <-chan int main.A
// []interface {}
// first in first out true true false
// close of closed channel
// send on closed channel
