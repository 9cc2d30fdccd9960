// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"context"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// flags are the values of the -test flags.
var flags struct {
	defined, ran                         bool
	short, failFast, verbose, benchMem   bool
	run, skip, bench, list, cpu, shuffle string
	timeout                              time.Duration
	count                                uint
	parallel                             int
}

// verboseFlag is -test.v, which may have the value test2json: that stream is not made here.
type verboseFlag struct{}

func (verboseFlag) IsBoolFlag() bool { return true }
func (verboseFlag) Get() any         { return flags.verbose }
func (verboseFlag) String() string   { return strconv.FormatBool(flags.verbose) }
func (verboseFlag) Set(s string) error {
	v, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("invalid flag -test.v=%s", s)
	}
	flags.verbose = v
	return nil
}

// Init defines the -test flags; Main does so, too.
func Init() {
	if flags.defined {
		return
	}
	flags.defined = true
	flag.BoolVar(&flags.short, "test.short", false, "run smaller test suite to save time")
	flag.BoolVar(&flags.failFast, "test.failfast", false, "do not start new tests after the first test failure")
	flag.Var(verboseFlag{}, "test.v", "verbose: print additional output")
	flag.StringVar(&flags.run, "test.run", "", "run only tests and examples matching `regexp`")
	flag.StringVar(&flags.skip, "test.skip", "", "do not list or run tests matching `regexp`")
	flag.StringVar(&flags.list, "test.list", "", "list tests, examples, and benchmarks matching `regexp` then exit")
	flag.StringVar(&flags.bench, "test.bench", "", "run only benchmarks matching `regexp`")
	flag.BoolVar(&flags.benchMem, "test.benchmem", false, "print memory allocations for benchmarks")
	flag.Var(&defaultTime, "test.benchtime", "run each benchmark for duration `d` or N times if `d` is of the form Nx")
	flag.UintVar(&flags.count, "test.count", 1, "run tests and benchmarks `n` times")
	flag.StringVar(&flags.cpu, "test.cpu", "", "comma-separated `list` of cpu counts to run each test with")
	flag.DurationVar(&flags.timeout, "test.timeout", 0, "panic test binary after duration `d` (default 0, timeout disabled)")
	flag.IntVar(&flags.parallel, "test.parallel", runtime.GOMAXPROCS(0), "run at most `n` tests in parallel")
	flag.StringVar(&flags.shuffle, "test.shuffle", "off", "randomize the execution order of tests and benchmarks")
}

// Short reports whether -test.short is set.
func Short() bool {
	mayAsk("Short")
	return flags.short
}

// Verbose reports whether -test.v is set.
func Verbose() bool {
	mayAsk("Verbose")
	return flags.verbose
}

func mayAsk(name string) {
	if !flags.defined {
		panic("testing: " + name + " called before Init")
	}
	if !flag.Parsed() {
		panic("testing: " + name + " called before Parse")
	}
}

// Testing reports whether go test made the program.
func Testing() bool { return false }

// CoverMode returns "": coverage is not measured.
func CoverMode() string { return "" }

// Coverage returns 0: coverage is not measured.
func Coverage() float64 { return 0 }

// failures counts tests that failed.
var failures atomic.Int64

func stopAfterFailure() bool { return flags.failFast && failures.Load() > 0 }

var procsList []int

func parseProcs() {
	procsList = nil
	for _, s := range strings.Split(flags.cpu, ",") {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n <= 0 {
			fmt.Fprintf(os.Stderr, "testing: invalid value %q for -test.cpu\n", s)
			os.Exit(1)
		}
		procsList = append(procsList, n)
	}
	if procsList == nil {
		procsList = []int{runtime.GOMAXPROCS(-1)}
	}
}

// Main runs the tests, examples and benchmarks that the program's flags choose, and ends the program.
func Main(matchString func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	os.Exit(runAll(matchString, tests, benchmarks, examples))
}

func runAll(match func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) int {
	Init()
	if !flag.Parsed() {
		flag.Parse()
	}
	if flags.parallel < 1 {
		fmt.Fprintln(os.Stderr, "testing: -parallel can only be given a positive integer")
		flag.Usage()
		return 2
	}
	if flags.list != "" {
		list(match, tests, benchmarks, examples)
		return 0
	}
	if flags.shuffle != "off" {
		seed := time.Now().UnixNano()
		if flags.shuffle != "on" {
			n, err := strconv.ParseInt(flags.shuffle, 10, 64)
			if err != nil {
				fmt.Fprintln(os.Stderr, `testing: -shuffle should be "off", "on", or a valid integer:`, err)
				return 2
			}
			seed = n
		}
		fmt.Println("-test.shuffle", seed)
		r := rand.New(rand.NewSource(seed))
		r.Shuffle(len(tests), func(i, j int) { tests[i], tests[j] = tests[j], tests[i] })
		r.Shuffle(len(benchmarks), func(i, j int) { benchmarks[i], benchmarks[j] = benchmarks[j], benchmarks[i] })
	}
	parseProcs()
	var deadline time.Time
	if flags.timeout > 0 {
		deadline = time.Now().Add(flags.timeout)
		alarm := time.AfterFunc(flags.timeout, func() { panic(fmt.Sprintf("test timed out after %v", flags.timeout)) })
		defer alarm.Stop()
	}
	ran, ok := runTests(match, tests, deadline)
	ranExamples, examplesOK := runExamples(match, examples)
	if !ran && !ranExamples && flags.bench == "" {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
	}
	if !ok || !examplesOK || !runBenchmarks(match, benchmarks) {
		fmt.Println("FAIL")
		return 1
	}
	fmt.Println("PASS")
	return 0
}

func list(match func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	show := func(name string) {
		ok, err := match(flags.list, name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "testing: invalid regexp in -test.list (%q): %s\n", flags.list, err)
			os.Exit(1)
		}
		if ok {
			fmt.Println(name)
		}
	}
	for _, t := range tests {
		show(t.Name)
	}
	for _, b := range benchmarks {
		show(b.Name)
	}
	for _, e := range examples {
		show(e.Name)
	}
}

// RunTests runs the tests that the flags choose.
func RunTests(matchString func(pat, str string) (bool, error), tests []InternalTest) (ok bool) {
	_, ok = runTests(matchString, tests, time.Time{})
	return ok
}

func runTests(match func(pat, str string) (bool, error), tests []InternalTest, deadline time.Time) (ran, ok bool) {
	ok = true
	for _, procs := range procsList {
		runtime.GOMAXPROCS(procs)
		for range flags.count {
			if stopAfterFailure() {
				break
			}
			state := newTestState(flags.parallel, newMatcher(match, flags.run, "-test.run", flags.skip))
			state.deadline = deadline
			root := &T{common: common{signal: make(chan bool, 1), barrier: make(chan struct{}), w: os.Stdout}, state: state}
			root.ctx, root.cancel = context.WithCancel(context.Background())
			if flags.verbose {
				root.verbose = &verboseOutput{w: os.Stdout}
			}
			runTest(root, func(t *T) {
				for _, test := range tests {
					t.Run(test.Name, test.F)
				}
			})
			<-root.signal
			ran = ran || root.ran()
			ok = ok && !root.Failed()
		}
	}
	return ran, ok
}

// ran reports whether a subtest was run.
func (t *T) ran() bool { return t.started > 0 }

// RunBenchmarks runs the benchmarks that the flags choose.
func RunBenchmarks(matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) {
	runBenchmarks(matchString, benchmarks)
}

func runBenchmarks(match func(pat, str string) (bool, error), benchmarks []InternalBenchmark) bool {
	if flags.bench == "" {
		return true
	}
	most := 1
	for _, procs := range procsList {
		most = max(most, procs)
	}
	state := &benchState{match: newMatcher(match, flags.bench, "-test.bench", flags.skip), suffix: len(fullBenchName("", most))}
	var chosen []InternalBenchmark
	for _, b := range benchmarks {
		if _, ok, _ := state.match.fullName(nil, b.Name); ok {
			chosen = append(chosen, b)
			state.maxLen = max(state.maxLen, len(fullBenchName(b.Name, most))+state.suffix+1)
		}
	}
	root := &B{common: common{name: "Main", w: os.Stdout, signal: make(chan bool)}, benchTime: defaultTime, state: state}
	if flags.verbose {
		root.verbose = &verboseOutput{w: os.Stdout}
	}
	root.f = func(b *B) {
		for _, bench := range chosen {
			b.Run(bench.Name, bench.F)
		}
	}
	root.runN(1)
	return !root.failed
}
