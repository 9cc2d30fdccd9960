// SPDX-License-Identifier: BSD-3-Clause

// Package testing runs tests and benchmarks, and prints what go test prints.
//
// common.go: what tests and benchmarks have in common. test.go: T. benchmark.go, parallel.go, result.go: B. run.go: flags and Main. match.go:
// which tests are chosen. example.go: examples. output.go: the verbose output.
//
// Differences from Go: fuzz tests (F) and coverage are not here; frames that the compiler inlined do not count as helpers.
package testing

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// TB is what T and B have in common.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Cleanup(func())
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Chdir(dir string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
	Context() context.Context
	Output() io.Writer

	private()
}

var (
	_ TB = (*T)(nil)
	_ TB = (*B)(nil)
)

// common is the part that T and B share.
type common struct {
	mu       sync.RWMutex // of the fields up to the blank line
	output   []byte       // what was logged, if it is not printed at once
	partial  []byte       // the last line of Output, while it has no end
	failed   bool
	skipped  bool
	done     bool // the function and its subtests are over
	helpers  map[string]bool
	cleanups []func()
	tempDir  string
	tempSeq  int

	parent   *common
	level    int
	name     string
	w        io.Writer // where the report goes
	verbose  *verboseOutput
	finished bool      // FailNow or SkipNow, or the function has returned
	hasSub   bool      // Run was called
	parallel bool      // Parallel was called
	envSet   bool      // Setenv or Chdir was called, which parallel tests cannot have
	start    time.Time // of the running time; stopped while the test waits in Parallel
	duration time.Duration
	barrier  chan struct{} // parallel subtests wait for it, closed when their parent's function is over
	signal   chan bool     // to the parent: over, or waiting in Parallel
	sub      []*T          // parallel subtests
	ctx      context.Context
	cancel   context.CancelFunc
}

func (c *common) private() {}

// Name returns the name of the running test or benchmark.
func (c *common) Name() string { return c.name }

// Fail marks the test as failed; it goes on.
func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panic("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

// Failed reports whether the test has failed.
func (c *common) Failed() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.failed
}

// FailNow marks the test as failed and ends its goroutine.
func (c *common) FailNow() {
	c.Fail()
	c.finish()
	runtime.Goexit()
}

func (c *common) finish() {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
}

// SkipNow marks the test as skipped and ends its goroutine.
func (c *common) SkipNow() {
	c.mu.Lock()
	c.skipped = true
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.skipped
}

// Log records its operands as Println formats them.
//
//gotk:noinline
func (c *common) Log(args ...any) { c.log(fmt.Sprintln(args...)) }

// Logf records its operands as Printf formats them.
//
//gotk:noinline
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }

// Error is Log and Fail.
//
//gotk:noinline
func (c *common) Error(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.Fail()
}

// Errorf is Logf and Fail.
//
//gotk:noinline
func (c *common) Errorf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.Fail()
}

// Fatal is Log and FailNow.
//
//gotk:noinline
func (c *common) Fatal(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.FailNow()
}

// Fatalf is Logf and FailNow.
//
//gotk:noinline
func (c *common) Fatalf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.FailNow()
}

// Skip is Log and SkipNow.
//
//gotk:noinline
func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}

// Skipf is Logf and SkipNow.
//
//gotk:noinline
func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

// Helper marks the calling function as a helper: lines that it logs are told with its caller's place.
//
//gotk:noinline
func (c *common) Helper() {
	var pcs [1]uintptr
	if runtime.Callers(2, pcs[:]) == 0 {
		return
	}
	f := runtime.FuncForPC(pcs[0] - 1)
	if f == nil {
		return
	}
	c.mu.Lock()
	if c.helpers == nil {
		c.helpers = map[string]bool{}
	}
	c.helpers[f.Name()] = true
	c.mu.Unlock()
}

func (c *common) isHelper(function string) bool {
	for ; c != nil; c = c.parent {
		c.mu.RLock()
		found := c.helpers[function]
		c.mu.RUnlock()
		if found {
			return true
		}
	}
	return false
}

// place is where the test's code called this package: "file.go:12".
func (c *common) place() string {
	var pcs [50]uintptr
	n := runtime.Callers(2, pcs[:])
	first := ""
	for _, pc := range pcs[:n] {
		f := runtime.FuncForPC(pc - 1)
		if f == nil || strings.HasPrefix(f.Name(), "testing.") {
			if first != "" {
				break // helpers all the way down
			}
			continue
		}
		file, line := f.FileLine(pc - 1)
		at := fmt.Sprint(file[strings.LastIndexByte(file, '/')+1:], ":", line)
		if first == "" {
			first = at
		}
		if !c.isHelper(f.Name()) {
			return at
		}
	}
	if first == "" {
		return "???:1"
	}
	return first
}

const indent = "    "

// log adds a message, told with the place of the call.
func (c *common) log(s string) {
	s = strings.TrimSuffix(s, "\n")
	s = indent + c.place() + ": " + strings.ReplaceAll(s, "\n", "\n"+indent+indent) + "\n"
	c.flushPartial()
	c.emit(s)
}

// emit prints whole lines, or keeps them for the report.
func (c *common) emit(s string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		for p := c.parent; p != nil; p = p.parent {
			p.mu.Lock()
			if !p.done {
				p.output = append(p.output, s...)
				p.mu.Unlock()
				return
			}
			p.mu.Unlock()
		}
		panic("Log in goroutine after " + c.name + " has completed: " + s)
	}
	if c.verbose != nil {
		c.verbose.print(c.name, s)
		return
	}
	c.output = append(c.output, s...)
}

// testWriter is what Output returns.
type testWriter struct{ c *common }

// Write adds whole lines to the log, and keeps the rest.
func (w testWriter) Write(p []byte) (int, error) {
	c := w.c
	c.mu.Lock()
	c.partial = append(c.partial, p...)
	var whole strings.Builder
	for {
		line, rest, ok := strings.Cut(string(c.partial), "\n")
		if !ok {
			break
		}
		whole.WriteString(indent + line + "\n")
		c.partial = []byte(rest)
	}
	c.mu.Unlock()
	if whole.Len() > 0 {
		c.emit(whole.String())
	}
	return len(p), nil
}

// flushPartial ends the line that Output has begun.
func (c *common) flushPartial() {
	c.mu.Lock()
	line := string(c.partial)
	c.partial = nil
	c.mu.Unlock()
	if line != "" {
		c.emit(indent + line + "\n")
	}
}

// Output returns a writer to the test's log, line by line, without places.
func (c *common) Output() io.Writer { return testWriter{c} }

// Attr prints an attribute of the test.
func (c *common) Attr(key, value string) {
	if strings.ContainsAny(key, " \t\n\v\f\r\u0085\u00a0") {
		c.Errorf("disallowed whitespace in attribute key %q", key)
		return
	}
	if strings.ContainsAny(value, "\r\n") {
		c.Errorf("disallowed newline in attribute value %q", value)
		return
	}
	if c.verbose != nil {
		c.verbose.event("=== ATTR  ", c.name, " "+key+" "+value)
	}
}

// Cleanup has f called when the test and its subtests are over, the last one first.
func (c *common) Cleanup(f func()) {
	c.mu.Lock()
	c.cleanups = append(c.cleanups, f)
	c.mu.Unlock()
}

// runCleanups calls the cleanups, also those that cleanups add. Whatever one of them panics with comes out when the others are done.
func (c *common) runCleanups() {
	if c.cancel != nil {
		c.cancel()
	}
	for {
		c.mu.Lock()
		n := len(c.cleanups)
		if n == 0 {
			c.mu.Unlock()
			return
		}
		f := c.cleanups[n-1]
		c.cleanups = c.cleanups[:n-1]
		c.mu.Unlock()
		func() {
			defer func() {
				c.mu.RLock()
				more := len(c.cleanups) > 0
				c.mu.RUnlock()
				if more {
					c.runCleanups()
				}
			}()
			f()
		}()
	}
}

// Context is done just before the cleanups are called.
func (c *common) Context() context.Context { return c.ctx }

// TempDir returns a new folder that is removed at the end of the test.
func (c *common) TempDir() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tempDir == "" {
		var safe strings.Builder
		for _, r := range c.name {
			if r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				safe.WriteRune(r)
			}
		}
		dir, err := os.MkdirTemp("", safe.String())
		if err != nil {
			c.mu.Unlock()
			defer c.mu.Lock()
			c.Fatalf("TempDir: %v", err)
		}
		c.tempDir = dir
		c.cleanups = append(c.cleanups, func() {
			if err := os.RemoveAll(dir); err != nil {
				c.Errorf("TempDir RemoveAll cleanup: %v", err)
			}
		})
	}
	c.tempSeq++
	dir := fmt.Sprintf("%s/%03d", c.tempDir, c.tempSeq)
	if err := os.Mkdir(dir, 0o777); err != nil {
		c.mu.Unlock()
		defer c.mu.Lock()
		c.Fatalf("TempDir: %v", err)
	}
	return dir
}

// ArtifactDir returns a folder for files that the test makes.
func (c *common) ArtifactDir() string { return c.TempDir() }

// Setenv sets an environment variable until the test ends.
func (c *common) Setenv(key, value string) {
	c.global("t.Setenv")
	old, was := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	c.Cleanup(func() {
		if was {
			os.Setenv(key, old)
		} else {
			os.Unsetenv(key)
		}
	})
}

// Chdir changes the working folder until the test ends.
func (c *common) Chdir(dir string) {
	c.global("t.Chdir")
	old, err := os.Getwd()
	if err == nil {
		err = os.Chdir(dir)
	}
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() {
		if err := os.Chdir(old); err != nil {
			panic("testing.Chdir: " + err.Error())
		}
	})
}

const globalText = "testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel"

// global notes that the test changes what all share.
func (c *common) global(string) {
	for p := c; p != nil; p = p.parent {
		if p.parallel {
			panic(globalText)
		}
	}
	c.envSet = true
}

// flush writes a report line, with what was logged, to the parent's.
func (c *common) flush(text string) {
	p := c.parent
	p.mu.Lock()
	defer p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	text += string(c.output)
	c.output = nil
	if c.verbose != nil && p.w == c.verbose.w {
		c.verbose.report(c.name, text)
		return
	}
	io.WriteString(p.w, text)
}

// indenter is where subtests report: their parent's output, indented.
type indenter struct{ c *common }

func (w indenter) Write(p []byte) (int, error) {
	for line := range strings.Lines(string(p)) {
		w.c.output = append(append(w.c.output, indent...), line...)
	}
	return len(p), nil
}

// seconds is a time as reports show it.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2fs", d.Seconds()) }
