// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// InternalBenchmark is a benchmark and its name.
type InternalBenchmark struct {
	Name string
	F    func(b *B)
}

// B is the state of a benchmark.
type B struct {
	common
	N int

	state       *benchState
	f           func(*B)
	benchTime   amount
	previousN   int           // of the run before, which RunParallel goes by
	previousT   time.Duration // and how long it took
	bytes       int64
	unmeasured  bool // a benchmark in this group sets no bytes
	timerOn     bool
	showAllocs  bool
	parallelism int
	result      BenchmarkResult
	// Counts of allocations when the timer was started, and what was counted before.
	startAllocs, startBytes, allocs, allocated uint64
	extra                                      map[string]float64
	loop                                       struct {
		n, i uint64 // iterations to do, and done
		over bool
	}
}

// amount is how long a benchmark runs: a time, or a number of iterations.
type amount struct {
	d time.Duration
	n int
}

var defaultTime = amount{d: time.Second}

// String and Set make an amount a flag's value: "1.5s" or "100x".
func (a *amount) String() string {
	if a.n > 0 {
		return strconv.Itoa(a.n) + "x"
	}
	return a.d.String()
}

func (a *amount) Set(s string) error {
	if count, ok := strings.CutSuffix(s, "x"); ok {
		n, err := strconv.ParseInt(count, 10, 0)
		if err != nil || n < 0 {
			return errors.New("invalid count")
		}
		*a = amount{n: int(n)}
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return errors.New("invalid duration")
	}
	*a = amount{d: d}
	return nil
}

// benchState is what the benchmarks of one run share.
type benchState struct {
	match  *matcher
	maxLen int // of the names so far, and a space
	suffix int // length of the longest suffix -N
}

// running is held while a benchmark is measured: one at a time.
var running sync.Mutex

func (b *B) counts() (allocs, bytes uint64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs, m.TotalAlloc
}

// StartTimer starts measuring; a benchmark begins with the timer on.
func (b *B) StartTimer() {
	if b.timerOn {
		return
	}
	b.startAllocs, b.startBytes = b.counts()
	b.start = time.Now()
	b.timerOn = true
}

// StopTimer stops measuring, while something is set up.
func (b *B) StopTimer() {
	if !b.timerOn {
		return
	}
	b.duration += time.Since(b.start)
	allocs, bytes := b.counts()
	b.allocs += allocs - b.startAllocs
	b.allocated += bytes - b.startBytes
	b.timerOn = false
}

// ResetTimer forgets what was measured, and metrics that were reported.
func (b *B) ResetTimer() {
	if b.extra == nil {
		b.extra = make(map[string]float64, 16)
	} else {
		clear(b.extra)
	}
	if b.timerOn {
		b.startAllocs, b.startBytes = b.counts()
		b.start = time.Now()
	}
	b.duration = 0
	b.allocs = 0
	b.allocated = 0
}

// Elapsed returns the time measured so far.
func (b *B) Elapsed() time.Duration {
	d := b.duration
	if b.timerOn {
		d += time.Since(b.start)
	}
	return d
}

// SetBytes says how many bytes an iteration processes, for the metric MB/s.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs has the metrics of memory shown.
func (b *B) ReportAllocs() { b.showAllocs = true }

// ReportMetric adds a metric, or replaces one of those that are always there.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.ContainsAny(unit, " \t\n\v\f\r\u0085\u00a0\u2028\u2029\u3000") {
		panic("metric unit must not contain whitespace")
	}
	b.extra[unit] = n
}

// Loop reports whether another iteration is to be run. The benchmark's function is called once; Loop itself finds out how many iterations
// take long enough. The timer starts with the first call and stops with the last.
func (b *B) Loop() bool {
	if b.loop.i < b.loop.n {
		b.loop.i++
		return true
	}
	return b.moreLoops()
}

//gotk:noinline
func (b *B) moreLoops() bool {
	switch {
	case b.loop.over:
		b.Fatal("B.Loop called after it returned false")
	case b.loop.n == 0:
		if !b.timerOn {
			b.Fatal("B.Loop called with timer stopped")
		}
		b.N = 0
		b.loop.n = 1
		if b.benchTime.n > 0 {
			b.loop.n = uint64(b.benchTime.n)
		}
		b.ResetTimer()
		b.loop.i = 1
		return true
	}
	// The iterations planned so far are done.
	if b.benchTime.n == 0 && b.loop.n < maxIterations {
		if !b.timerOn {
			b.Fatal("B.Loop called with timer stopped")
		}
		if d := b.Elapsed(); d < b.benchTime.d {
			b.loop.n = uint64(nextN(b.benchTime.d.Nanoseconds(), int64(b.loop.n), d.Nanoseconds(), int64(b.loop.n)))
			b.loop.i++
			return true
		}
	}
	b.StopTimer()
	b.loop.over = true
	b.N = int(b.loop.n)
	return false
}

const maxIterations = 1e9

// nextN guesses how many iterations reach the goal, not too far beyond what is known.
func nextN(goalNs, iterations, ns, last int64) int {
	if ns == 0 {
		ns = 1
	}
	// Multiplied before divided: an iteration may take less than a nanosecond.
	n := goalNs * iterations / ns
	n += n / 5
	n = min(n, 100*last)
	n = max(n, last+1)
	return int(min(n, maxIterations))
}

// runN calls the function for n iterations.
func (b *B) runN(n int) {
	running.Lock()
	defer running.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	defer func() {
		b.runCleanups()
		cancel()
	}()
	runtime.GC() // each run begins with a clean heap
	b.ctx, b.cancel = ctx, cancel
	b.N = n
	b.loop.n, b.loop.i, b.loop.over = 0, 0, false
	b.parallelism = 1
	b.ResetTimer()
	b.StartTimer()
	b.f(b)
	b.StopTimer()
	b.previousN = n
	b.previousT = b.duration
	if b.loop.n > 0 && !b.loop.over && !b.Failed() {
		b.Error("benchmark function returned without B.Loop() == false (break or return in loop?)")
	}
}

// once runs the benchmark for one iteration, and reports whether there is something to measure: it has neither failed nor run others.
func (b *B) once() bool {
	go func() {
		defer func() { b.signal <- true }()
		b.runN(1)
	}()
	<-b.signal
	if b.Failed() {
		fmt.Fprintf(b.w, "--- FAIL: %s\n%s", b.name, b.output)
		return false
	}
	b.mu.RLock()
	over := b.finished
	b.mu.RUnlock()
	if b.hasSub || over {
		tag := "BENCH"
		if b.Skipped() {
			tag = "SKIP"
		}
		if b.verbose != nil && (len(b.output) > 0 || over) {
			b.trimOutput()
			fmt.Fprintf(b.w, "--- %s: %s\n%s", tag, b.name, b.output)
		}
		return false
	}
	return true
}

// measure runs the benchmark until the result is good.
func (b *B) measure() BenchmarkResult {
	go b.launch()
	<-b.signal
	return b.result
}

func (b *B) launch() {
	defer func() { b.signal <- true }()
	if b.loop.n > 0 {
		// Loop has done everything in the first call, when that was of full length.
		if b.loop.over {
			b.conclude()
			return
		}
	}
	if n := b.benchTime.n; n > 0 {
		if n > 1 {
			b.runN(n)
		}
	} else {
		d := b.benchTime.d
		for n := int64(1); !b.Failed() && b.duration < d && n < maxIterations; {
			n = int64(nextN(d.Nanoseconds(), int64(b.N), b.duration.Nanoseconds(), n))
			b.runN(int(n))
		}
	}
	b.conclude()
}

func (b *B) conclude() {
	b.result = BenchmarkResult{b.N, b.duration, b.bytes, b.allocs, b.allocated, b.extra}
}

// trimOutput keeps a benchmark from logging without end: its function is called many times.
func (b *B) trimOutput() {
	const lines = 10
	n := 0
	for i, c := range b.output {
		if c == '\n' {
			n++
			if n >= lines {
				b.output = append(b.output[:i], "\n\t... [output truncated]\n"...)
				return
			}
		}
	}
}

// Benchmark measures f.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{common: common{signal: make(chan bool), w: discard{}}, f: f, benchTime: defaultTime}
	if !b.once() {
		if b.hasSub && !b.Failed() {
			return b.result
		}
		return BenchmarkResult{}
	}
	return b.measure()
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// header prints what holds for all benchmarks, once.
var header = sync.OnceFunc(func() {
	fmt.Printf("goos: %s\ngoarch: %s\n", runtime.GOOS, runtime.GOARCH)
	if cpu := cpuName(); cpu != "" {
		fmt.Printf("cpu: %s\n", cpu)
	}
})

func cpuName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// Run measures f as a benchmark of its own below b, and reports whether it has not failed. b itself is not measured then.
//
//gotk:noinline
func (b *B) Run(name string, f func(b *B)) bool {
	// b counts as measured: others may be now.
	b.hasSub = true
	running.Unlock()
	defer running.Lock()
	full, ok, partial := name, true, false
	if b.state != nil {
		full, ok, partial = b.state.match.fullName(&b.common, name)
	}
	if !ok {
		return true
	}
	sub := &B{
		common: common{signal: make(chan bool), name: full, parent: &b.common, level: b.level + 1, w: b.w, verbose: b.verbose},
		f:      f, benchTime: b.benchTime, state: b.state,
	}
	if partial {
		// Only its own benchmarks are chosen.
		sub.hasSub = true
	}
	if b.verbose != nil && b.state != nil {
		header()
		fmt.Println(full)
	}
	if sub.once() {
		if s := sub.state; s != nil && len(full)+s.suffix+1 > s.maxLen {
			s.maxLen = len(full) + s.suffix + 1 + 8 // so that the column does not move with each name
		}
		if sub.state != nil {
			sub.state.process(sub)
		} else {
			sub.measure()
		}
	}
	b.add(sub.result)
	return !sub.Failed()
}

// add makes b's result the sum of those below it: the time of running each once.
func (b *B) add(other BenchmarkResult) {
	r := &b.result
	r.N = 1
	r.T += time.Duration(other.NsPerOp())
	if other.Bytes == 0 {
		b.unmeasured = true
		r.Bytes = 0
	}
	if !b.unmeasured {
		r.Bytes += other.Bytes
	}
	r.MemAllocs += uint64(other.AllocsPerOp())
	r.MemBytes += uint64(other.AllocedBytesPerOp())
}

// fullBenchName is the name with the number of procs.
func fullBenchName(name string, procs int) string {
	if procs == 1 {
		return name
	}
	return name + "-" + strconv.Itoa(procs)
}

// process measures b for each number of procs as often as was asked for, and prints the results.
func (s *benchState) process(b *B) {
	first := true
	for _, procs := range procsList {
		for range flags.count {
			runtime.GOMAXPROCS(procs)
			name := fullBenchName(b.name, procs)
			if b.verbose == nil {
				header()
				fmt.Fprintf(b.w, "%-*s\t", s.maxLen, name)
			}
			if !first {
				b = &B{
					common: common{signal: make(chan bool), name: b.name, w: b.w, verbose: b.verbose, parent: b.parent, level: b.level},
					f:      b.f, benchTime: b.benchTime, state: b.state,
				}
				b.once()
			}
			first = false
			r := b.measure()
			if b.Failed() {
				// The output may have more than one failure's.
				fmt.Fprintf(b.w, "--- FAIL: %s\n%s", name, b.output)
				continue
			}
			line := r.String()
			if b.verbose != nil {
				fmt.Fprintf(b.w, "%-*s\t", s.maxLen, name)
			}
			if flags.benchMem || b.showAllocs {
				line += "\t" + r.MemString()
			}
			fmt.Fprintln(b.w, line)
			if len(b.output) > 0 {
				b.trimOutput()
				fmt.Fprintf(b.w, "--- BENCH: %s\n%s", name, b.output)
			}
			if p := runtime.GOMAXPROCS(-1); p != procs {
				fmt.Fprintf(os.Stderr, "testing: %s left GOMAXPROCS set to %d\n", name, p)
			}
			if b.verbose == nil && b.hasSub {
				break
			}
		}
	}
}

// AllocsPerRun returns the average number of allocations of f, as a whole number; f is called once before the count, and no other goroutine
// runs meanwhile.
func AllocsPerRun(runs int, f func()) (avg float64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.Mallocs
	for range runs {
		f()
	}
	runtime.ReadMemStats(&m)
	return float64((m.Mallocs - before) / uint64(runs))
}
