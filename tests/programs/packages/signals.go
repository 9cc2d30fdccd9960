// SPDX-License-Identifier: BSD-3-Clause

// os/signal: signals that the program sends to itself reach the channels that asked for them.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func send(s syscall.Signal) {
	p, err := os.FindProcess(os.Getpid())
	if err != nil {
		panic(err)
	}
	if err := p.Signal(s); err != nil {
		panic(err)
	}
}

func main() {
	usr := make(chan os.Signal, 4)
	both := make(chan os.Signal, 4)
	signal.Notify(usr, syscall.SIGUSR1)
	signal.Notify(both, syscall.SIGUSR1, syscall.SIGUSR2, os.Interrupt)
	send(syscall.SIGUSR1)
	fmt.Println(<-usr, <-both)
	send(syscall.SIGUSR2)
	fmt.Println(<-both, len(usr))
	send(syscall.SIGINT)
	fmt.Println(<-both)

	signal.Stop(usr)
	send(syscall.SIGUSR1)
	fmt.Println(<-both, len(usr))

	signal.Ignore(syscall.SIGUSR2)
	fmt.Println(signal.Ignored(syscall.SIGUSR2), signal.Ignored(syscall.SIGUSR1))
	send(syscall.SIGUSR2)
	send(syscall.SIGUSR1)
	fmt.Println(<-both, len(both))
	signal.Reset()
	fmt.Println(signal.Ignored(syscall.SIGUSR2))

	// Nobody receives: more signals than there is room for are dropped.
	full := make(chan os.Signal, 1)
	signal.Notify(full, syscall.SIGHUP)
	all := make(chan os.Signal, 8)
	signal.Notify(all)
	for range 3 {
		send(syscall.SIGHUP)
		fmt.Println(<-all)
	}
	fmt.Println(len(full), cap(full))
	signal.Reset()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	fmt.Println(ctx, ctx.Err())
	go func() {
		time.Sleep(time.Millisecond)
		send(syscall.SIGTERM)
	}()
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx))
	stop()
	ctx, stop = signal.NotifyContext(context.Background(), syscall.SIGTERM)
	stop()
	fmt.Println(ctx.Err(), context.Cause(ctx))
	func() {
		defer func() { fmt.Println(recover()) }()
		signal.Notify(nil)
	}()
}
