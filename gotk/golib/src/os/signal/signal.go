// SPDX-License-Identifier: BSD-3-Clause

// Package signal hands signals from outside to the program.
//
// A thread of the runtime takes all signals (native/src/signals.c). Those that the program asked for come through a pipe, which a goroutine
// reads, started with the first Notify. Signals that cannot be had so: SIGKILL and SIGSTOP, the faults, those that stop the process, and
// SIGURG, with which the runtime preempts goroutines.
package signal

import (
	"context"
	"os"
	"slices"
	"sync"
	"syscall"
	"unsafe"
)

// signalmode says what becomes of a signal, and returns the descriptor of the pipe that they come through.
//
//gotk:native signalmode
func signalmode(sig, mode int) int

const (
	modeDefault = iota // or ignored, if it was
	modeNotify
	modeIgnore
)

//gotk:native fdread
func fdread(fd int, buf unsafe.Pointer, n int) (int, int)

const numSignals = 65

// known is what Notify without signals asks for.
var known = []syscall.Signal{
	syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGTERM, sigCHLD, sigCONT, sigWINCH, sigIO,
}

const (
	sigCHLD  = syscall.Signal(17)
	sigCONT  = syscall.Signal(18)
	sigWINCH = syscall.Signal(28)
	sigIO    = syscall.Signal(29)
)

var handlers struct {
	sync.Mutex
	wants   map[chan<- os.Signal]*[numSignals]bool
	count   [numSignals]int // channels that want it
	ignored [numSignals]bool
	reading bool
}

// number returns a signal's number, -1 if it has none that we know.
func number(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && 0 < s && s < numSignals {
		return int(s)
	}
	return -1
}

// numbers returns the numbers of the signals, of all known ones if there are none.
func numbers(sigs []os.Signal) []int {
	var list []int
	if len(sigs) == 0 {
		for _, s := range known {
			list = append(list, int(s))
		}
		return list
	}
	for _, s := range sigs {
		if n := number(s); n >= 0 {
			list = append(list, n)
		}
	}
	return list
}

// Notify has the signals sent to c, all if none is named. What c has no room for is dropped.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	h := &handlers
	h.Lock()
	defer h.Unlock()
	wants := h.wants[c]
	if wants == nil {
		if h.wants == nil {
			h.wants = make(map[chan<- os.Signal]*[numSignals]bool)
		}
		wants = new([numSignals]bool)
		h.wants[c] = wants
	}
	for _, n := range numbers(sig) {
		if wants[n] {
			continue
		}
		wants[n] = true
		h.ignored[n] = false
		if h.count[n]++; h.count[n] == 1 {
			fd := signalmode(n, modeNotify)
			if !h.reading && fd >= 0 {
				h.reading = true
				go loop(fd)
			}
		}
	}
}

// loop passes on what comes through the pipe, a byte a signal.
func loop(fd int) {
	buf := make([]byte, 64)
	for {
		n, errno := fdread(fd, unsafe.Pointer(&buf[0]), len(buf))
		if n <= 0 || errno != 0 {
			return
		}
		for _, b := range buf[:n] {
			deliver(int(b))
		}
	}
}

func deliver(n int) {
	h := &handlers
	h.Lock()
	defer h.Unlock()
	for c, wants := range h.wants {
		if wants[n] {
			select {
			case c <- syscall.Signal(n):
			default:
			}
		}
	}
}

// drop takes the signal from one channel; the lock is held.
func drop(wants *[numSignals]bool, n int) {
	h := &handlers
	if !wants[n] {
		return
	}
	wants[n] = false
	if h.count[n]--; h.count[n] == 0 {
		signalmode(n, modeDefault)
	}
}

// Stop ends the sending of signals to c.
func Stop(c chan<- os.Signal) {
	h := &handlers
	h.Lock()
	defer h.Unlock()
	wants := h.wants[c]
	if wants == nil {
		return
	}
	for n := range wants {
		drop(wants, n)
	}
	delete(h.wants, c)
}

// withdraw takes the signals, all if none is named, from every channel; the lock is held.
func withdraw(sigs []os.Signal, mode int) {
	h := &handlers
	for _, n := range numbers(sigs) {
		for c, wants := range h.wants {
			drop(wants, n)
			if !slices.Contains(wants[:], true) {
				delete(h.wants, c)
			}
		}
		if mode == modeIgnore {
			h.ignored[n] = true
		}
		signalmode(n, mode)
	}
}

// Reset undoes what Notify did for the signals, for all if none is named. Those that are ignored stay so, as with Go.
func Reset(sig ...os.Signal) {
	handlers.Lock()
	defer handlers.Unlock()
	withdraw(sig, modeDefault)
}

// Ignore has the signals ignored, all if none is named.
func Ignore(sig ...os.Signal) {
	handlers.Lock()
	defer handlers.Unlock()
	withdraw(sig, modeIgnore)
}

// Ignored reports whether the signal is ignored.
func Ignored(sig os.Signal) bool {
	handlers.Lock()
	defer handlers.Unlock()
	n := number(sig)
	return n >= 0 && handlers.ignored[n]
}

// signalError is the cause of a context that a signal has ended.
type signalError string

func (e signalError) Error() string { return string(e) }

// signalContext is what NotifyContext returns.
type signalContext struct {
	context.Context
	cancel  context.CancelCauseFunc
	signals []os.Signal
	c       chan os.Signal
}

// NotifyContext returns a context that ends when one of the signals arrives, stop is called, or the parent ends.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	s := &signalContext{Context: ctx, cancel: cancel, signals: slices.Clone(signals), c: make(chan os.Signal, 1)}
	Notify(s.c, signals...)
	if ctx.Err() == nil {
		go func() {
			select {
			case sig := <-s.c:
				s.cancel(signalError(sig.String() + " signal received"))
			case <-s.Done():
			}
		}()
	}
	return s, func() {
		s.cancel(nil)
		Stop(s.c)
	}
}

// String names the context and its signals.
func (s *signalContext) String() string {
	name := "context"
	if n, ok := s.Context.(interface{ String() string }); ok {
		name = n.String()
		// The context itself is one that can be cancelled: its parent is what was given.
		const suffix = ".WithCancel"
		if len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix {
			name = name[:len(name)-len(suffix)]
		}
	}
	text := "signal.NotifyContext(" + name
	if len(s.signals) > 0 {
		text += ", ["
		for i, sig := range s.signals {
			text += sig.String()
			if i < len(s.signals)-1 {
				text += " "
			}
		}
		text += "]"
	}
	return text + ")"
}
