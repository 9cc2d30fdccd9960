// SPDX-License-Identifier: BSD-3-Clause

// Package log writes lines with a prefix, the time and the caller's place.
package log

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// What stands before each line, in this order.
const (
	Ldate         = 1 << iota // 2009/01/23
	Ltime                     // 01:23:23
	Lmicroseconds             // 01:23:23.123123
	Llongfile                 // /a/b/c/d.go:23
	Lshortfile                // d.go:23
	LUTC                      // the time is UTC
	Lmsgprefix                // the prefix stands before the message, not at the line's start
	LstdFlags     = Ldate | Ltime
)

// Logger writes lines, each with one call of its writer. It may be used by many goroutines at once.
type Logger struct {
	prefix atomic.Pointer[string]
	flag   atomic.Int32
	silent atomic.Bool // the writer is io.Discard: nothing need be formatted

	mu  sync.Mutex // of the writer
	out io.Writer
	buf []byte // of the line being written; under mu
}

// New returns a Logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	l := new(Logger)
	l.SetOutput(out)
	l.SetPrefix(prefix)
	l.SetFlags(flag)
	return l
}

var std = New(os.Stderr, "", LstdFlags)

// Default returns the Logger of the package's functions.
func Default() *Logger { return std }

// SetOutput sets the writer.
func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	l.out = w
	l.silent.Store(w == io.Discard)
	l.mu.Unlock()
}

// Writer returns the writer.
func (l *Logger) Writer() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out
}

// Flags returns what stands before each line.
func (l *Logger) Flags() int { return int(l.flag.Load()) }

// SetFlags sets what stands before each line.
func (l *Logger) SetFlags(flag int) { l.flag.Store(int32(flag)) }

// Prefix returns the prefix.
func (l *Logger) Prefix() string {
	if p := l.prefix.Load(); p != nil {
		return *p
	}
	return ""
}

// SetPrefix sets the prefix.
func (l *Logger) SetPrefix(prefix string) { l.prefix.Store(&prefix) }

// digits appends n with at least width digits.
func digits(b []byte, n, width int) []byte {
	var d [20]byte
	i := len(d)
	for n > 0 || width > 0 {
		i--
		d[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(b, d[i:]...)
}

func header(b []byte, now time.Time, prefix string, flag int, file string, line int) []byte {
	if flag&Lmsgprefix == 0 {
		b = append(b, prefix...)
	}
	if flag&LUTC != 0 {
		now = now.UTC()
	}
	if flag&Ldate != 0 {
		year, month, day := now.Date()
		b = append(digits(b, year, 4), '/')
		b = append(digits(b, int(month), 2), '/')
		b = append(digits(b, day, 2), ' ')
	}
	if flag&(Ltime|Lmicroseconds) != 0 {
		hour, minute, sec := now.Clock()
		b = append(digits(b, hour, 2), ':')
		b = append(digits(b, minute, 2), ':')
		b = digits(b, sec, 2)
		if flag&Lmicroseconds != 0 {
			b = digits(append(b, '.'), now.Nanosecond()/1000, 6)
		}
		b = append(b, ' ')
	}
	if flag&(Lshortfile|Llongfile) != 0 {
		if flag&Lshortfile != 0 {
			for i := len(file) - 1; i > 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(b, file...)
		b = append(digits(append(b, ':'), line, 1), ": "...)
	}
	if flag&Lmsgprefix != 0 {
		b = append(b, prefix...)
	}
	return b
}

// Output writes a line; calldepth 1 is the caller's place.
//
//gotk:noinline
func (l *Logger) Output(calldepth int, s string) error {
	return l.write(calldepth+1, func(b []byte) []byte { return append(b, s...) })
}

// write appends the message to the header, ends the line and writes it. calldepth 1 is the caller of write's caller.
//
//gotk:noinline
func (l *Logger) write(calldepth int, message func([]byte) []byte) error {
	if l.silent.Load() {
		return nil
	}
	now := time.Now() // before the lock: the time of the call
	flag := l.Flags()
	prefix := l.Prefix()
	file, line := "", 0
	if flag&(Lshortfile|Llongfile) != 0 {
		var ok bool
		_, file, line, ok = runtime.Caller(calldepth)
		if !ok {
			file, line = "???", 0
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf = message(header(l.buf[:0], now, prefix, flag, file, line))
	if n := len(l.buf); n == 0 || l.buf[n-1] != '\n' {
		l.buf = append(l.buf, '\n')
	}
	_, err := l.out.Write(l.buf)
	if cap(l.buf) > 64<<10 {
		l.buf = nil
	}
	return err
}

// Print writes its operands as fmt.Print does.
//
//gotk:noinline
func (l *Logger) Print(v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Append(b, v...) })
}

// Printf writes its operands as fmt.Printf does.
//
//gotk:noinline
func (l *Logger) Printf(format string, v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

// Println writes its operands as fmt.Println does.
//
//gotk:noinline
func (l *Logger) Println(v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

// Fatal is Print and os.Exit(1).
//
//gotk:noinline
func (l *Logger) Fatal(v ...any) {
	s := fmt.Sprint(v...)
	l.Output(2, s)
	os.Exit(1)
}

// Panic is Print and a panic with the text.
//
//gotk:noinline
func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	l.Output(2, s)
	panic(s)
}

// Fatalf is Printf and os.Exit(1).
//
//gotk:noinline
func (l *Logger) Fatalf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.Output(2, s)
	os.Exit(1)
}

// Panicf is Printf and a panic with the text.
//
//gotk:noinline
func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.Output(2, s)
	panic(s)
}

// Fatalln is Println and os.Exit(1).
//
//gotk:noinline
func (l *Logger) Fatalln(v ...any) {
	s := fmt.Sprintln(v...)
	l.Output(2, s)
	os.Exit(1)
}

// Panicln is Println and a panic with the text.
//
//gotk:noinline
func (l *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	l.Output(2, s)
	panic(s)
}

// Fatal is Print and os.Exit(1).
//
//gotk:noinline
func Fatal(v ...any) {
	s := fmt.Sprint(v...)
	std.Output(2, s)
	os.Exit(1)
}

// Panic is Print and a panic with the text.
//
//gotk:noinline
func Panic(v ...any) {
	s := fmt.Sprint(v...)
	std.Output(2, s)
	panic(s)
}

// Fatalf is Printf and os.Exit(1).
//
//gotk:noinline
func Fatalf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	std.Output(2, s)
	os.Exit(1)
}

// Panicf is Printf and a panic with the text.
//
//gotk:noinline
func Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	std.Output(2, s)
	panic(s)
}

// Fatalln is Println and os.Exit(1).
//
//gotk:noinline
func Fatalln(v ...any) {
	s := fmt.Sprintln(v...)
	std.Output(2, s)
	os.Exit(1)
}

// Panicln is Println and a panic with the text.
//
//gotk:noinline
func Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	std.Output(2, s)
	panic(s)
}

// Print writes its operands with the standard Logger.
//
//gotk:noinline
func Print(v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Append(b, v...) })
}

// Printf writes its operands with the standard Logger.
//
//gotk:noinline
func Printf(format string, v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

// Println writes its operands with the standard Logger.
//
//gotk:noinline
func Println(v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

// The functions below set up and ask the standard Logger.

func SetOutput(w io.Writer)   { std.SetOutput(w) }
func Writer() io.Writer       { return std.Writer() }
func Flags() int              { return std.Flags() }
func SetFlags(flag int)       { std.SetFlags(flag) }
func Prefix() string          { return std.Prefix() }
func SetPrefix(prefix string) { std.SetPrefix(prefix) }

// Output writes a line with the standard Logger; calldepth 1 is the caller's place.
//
//gotk:noinline
func Output(calldepth int, s string) error { return std.Output(calldepth+1, s) }
