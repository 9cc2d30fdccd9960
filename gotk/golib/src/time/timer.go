// SPDX-License-Identifier: BSD-3-Clause

package time

import "unsafe"

// Timers are kept by the C library (gotk/native/src/timer.c): one that is due sends the time or starts a goroutine.

// Sleep pauses the calling goroutine for at least d.
//
//gotk:native sleep
func Sleep(d Duration)

// startTimer makes a timer and its channel, which holds one value and looks unbuffered.
//
//gotk:native timernew
func startTimer(typ unsafe.Pointer, when, period int64, local *Location) (t, c unsafe.Pointer)

//gotk:native timerfunc
func startFunc(f unsafe.Pointer, when int64) unsafe.Pointer

//gotk:native timerstop
func stopTimer(t unsafe.Pointer) bool

//gotk:native timerreset
func resetTimer(t unsafe.Pointer, when, period int64) bool

func newTimer(when, period int64) (t unsafe.Pointer, c <-chan Time) {
	x := any((chan Time)(nil))
	t, p := startTimer(*(*unsafe.Pointer)(unsafe.Pointer(&x)), when, period, Local) // the type word of the interface
	*(*unsafe.Pointer)(unsafe.Pointer(&c)) = p
	return t, c
}

// when is the monotonic time after d.
func when(d Duration) int64 {
	now := nanotime()
	if d <= 0 {
		return now
	}
	t := now + int64(d)
	if t < 0 {
		return 1<<63 - 1
	}
	return t
}

// goFunc is the first function of a goroutine that an AfterFunc timer starts; the C library finds it by its name.
func goFunc(f *func()) { (*f)() }

// Timer is a single event in the future: it sends the time on C, or calls the function given to AfterFunc.
type Timer struct {
	C <-chan Time
	t unsafe.Pointer
}

// NewTimer makes a timer that sends the time on its channel after d.
func NewTimer(d Duration) *Timer {
	t := new(Timer)
	t.t, t.C = newTimer(when(d), 0)
	return t
}

// AfterFunc calls f in its own goroutine after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := new(Timer)
	t.t = startFunc(*(*unsafe.Pointer)(unsafe.Pointer(&f)), when(d))
	return t
}

// Stop prevents the timer from firing. It returns true if it did, false if the timer had fired (its function started, its value
// received) or was stopped before. No value is received after Stop has returned.
func (t *Timer) Stop() bool {
	if t.t == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return stopTimer(t.t)
}

// Reset makes the timer fire after d from now. It returns what Stop would have. No value from before is received after it.
func (t *Timer) Reset(d Duration) bool {
	if t.t == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	return resetTimer(t.t, when(d), 0)
}

// After returns a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Ticker sends the time on C in regular intervals; it drops ticks for a slow receiver.
type Ticker struct {
	C <-chan Time
	t unsafe.Pointer
}

// NewTicker makes a Ticker with the interval d, which must be positive.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	t := new(Ticker)
	t.t, t.C = newTimer(when(d), int64(d))
	return t
}

// Stop ends the ticks. It does not close the channel.
func (t *Ticker) Stop() {
	if t.t != nil {
		stopTimer(t.t)
	}
}

// Reset starts the ticks anew with another interval.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.t == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	resetTimer(t.t, when(d), int64(d))
}

// Tick returns the channel of a new Ticker, or nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
