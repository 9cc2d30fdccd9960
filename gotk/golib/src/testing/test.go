// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// InternalTest is a test and its name.
type InternalTest struct {
	Name string
	F    func(*T)
}

// T is the state of a test.
type T struct {
	common
	state   *testState
	started int // subtests
}

// testState is what the tests of one run share: the choice of names, and how many may run in parallel.
type testState struct {
	match    *matcher
	deadline time.Time

	mu      sync.Mutex
	start   chan struct{} // a waiting test may go on
	running int
	waiting int
	max     int
}

func newTestState(max int, m *matcher) *testState {
	return &testState{match: m, start: make(chan struct{}), max: max, running: 1}
}

func (s *testState) wait() {
	s.mu.Lock()
	if s.running < s.max {
		s.running++
		s.mu.Unlock()
		return
	}
	s.waiting++
	s.mu.Unlock()
	<-s.start
}

func (s *testState) release() {
	s.mu.Lock()
	if s.waiting == 0 {
		s.running--
		s.mu.Unlock()
		return
	}
	s.waiting--
	s.mu.Unlock()
	s.start <- struct{}{}
}

// Deadline returns when the tests are stopped, if -test.timeout was given.
func (t *T) Deadline() (deadline time.Time, ok bool) {
	return t.state.deadline, !t.state.deadline.IsZero()
}

// Parallel waits until the tests that run alone are over, and then runs this one together with other parallel ones.
func (t *T) Parallel() {
	if t.parallel {
		panic("testing: t.Parallel called multiple times")
	}
	for c := &t.common; c != nil; c = c.parent {
		if c.envSet {
			panic(globalText)
		}
	}
	t.parallel = true
	t.duration += time.Since(t.start)
	t.parent.mu.Lock()
	t.parent.sub = append(t.parent.sub, t)
	t.parent.mu.Unlock()
	if t.verbose != nil {
		t.verbose.event("=== PAUSE ", t.name, "")
	}
	t.signal <- true
	<-t.parent.barrier
	t.state.wait()
	if t.verbose != nil {
		t.verbose.event("=== CONT  ", t.name, "")
	}
	t.start = time.Now()
}

// Setenv sets an environment variable until the test ends; parallel tests cannot.
func (t *T) Setenv(key, value string) { t.common.Setenv(key, value) }

// Chdir changes the working folder until the test ends; parallel tests cannot.
func (t *T) Chdir(dir string) { t.common.Chdir(dir) }

// Run runs f as a subtest and reports whether it succeeded (or went parallel without having failed).
//
//gotk:noinline
func (t *T) Run(name string, f func(t *T)) bool {
	t.mu.Lock()
	t.hasSub = true
	t.mu.Unlock()
	full, ok, _ := t.state.match.fullName(&t.common, name)
	if !ok || stopAfterFailure() {
		return true
	}
	sub := &T{common: common{
		parent: &t.common, level: t.level + 1, name: full, verbose: t.verbose,
		barrier: make(chan struct{}), signal: make(chan bool, 1),
	}, state: t.state}
	sub.ctx, sub.cancel = context.WithCancel(context.Background())
	sub.w = indenter{&sub.common}
	if t.verbose != nil {
		t.verbose.event("=== RUN   ", full, "")
	}
	t.mu.Lock()
	t.started++
	t.mu.Unlock()
	go runTest(sub, f)
	if !<-sub.signal {
		// A subtest that ended its parent's goroutine, by FailNow of the parent.
		runtime.Goexit()
	}
	return !sub.Failed()
}

// runTest runs one test in a goroutine of its own.
func runTest(t *T, f func(*T)) {
	defer func() {
		t.mu.Lock()
		ended := t.finished
		t.mu.Unlock()
		err := recover()
		signal := true
		if !ended && err == nil {
			// Goexit, or FailNow of a test further up.
			err = "test executed panic(nil) or runtime.Goexit"
			for p := t.parent; p != nil; p = p.parent {
				p.mu.RLock()
				if p.finished {
					err, signal = nil, false
					t.Errorf("test executed FailNow on a parent test")
				}
				p.mu.RUnlock()
			}
			if err != nil && t.Failed() {
				err = nil // FailNow on a copy of t
			}
		}
		if err != nil {
			t.panicked(err)
		}
		t.duration += time.Since(t.start)
		if len(t.sub) > 0 {
			// Let the parallel subtests run, and wait for them.
			t.state.release()
			close(t.barrier)
			for _, sub := range t.sub {
				<-sub.signal
			}
			cleanupsAt := time.Now()
			t.runCleanupsOrPanic()
			t.duration += time.Since(cleanupsAt)
			if !t.parallel {
				t.state.wait()
			}
		} else if t.parallel {
			t.state.release()
		}
		t.report()
		t.mu.Lock()
		t.done = true
		t.mu.Unlock()
		t.signal <- signal
	}()
	defer func() {
		t.mu.RLock()
		subs := len(t.sub)
		t.mu.RUnlock()
		if subs == 0 {
			t.runCleanups()
		}
	}()
	t.start = time.Now()
	f(t)
	t.finish()
}

func (t *T) runCleanupsOrPanic() {
	defer func() {
		if err := recover(); err != nil {
			t.panicked(err)
		}
	}()
	t.runCleanups()
}

// panicked reports the tests that a panic ends, and lets it end the program.
func (t *T) panicked(err any) {
	t.Fail()
	t.duration += time.Since(t.start)
	t.report()
	for c := t.parent; c != nil && c.parent != nil; c = c.parent {
		c.mu.Lock()
		c.failed = true
		c.duration += time.Since(c.start)
		d := c.duration
		c.mu.Unlock()
		c.flush("--- FAIL: " + c.name + " (" + seconds(d) + ")\n")
	}
	panic(err)
}

// report writes how the test ended.
func (t *T) report() {
	if t.parent == nil {
		return
	}
	t.flushPartial()
	verdict := ""
	switch {
	case t.Failed():
		verdict = "FAIL"
		failures.Add(1)
	case t.verbose == nil:
		return
	case t.Skipped():
		verdict = "SKIP"
	default:
		verdict = "PASS"
	}
	t.flush(fmt.Sprintf("--- %s: %s (%s)\n", verdict, t.name, seconds(t.duration)))
}
