// SPDX-License-Identifier: BSD-3-Clause

// Package celltest runs the tests, examples and benchmarks of a cell that has no main function: gotk adds one that calls Main. The same source serves
// our own runtimes and real Go, whose package testing does the work and prints.
package celltest

import (
	"errors"
	"fmt"
	"gotk/internal/cell"
	"os"
	"strings"
	"testing"
)

// Test, Benchmark and Example are a function and its name, and what an example should print.
type (
	Test      = testing.InternalTest
	Benchmark = testing.InternalBenchmark
	Example   = testing.InternalExample
)

// Main runs everything, as the program's -test flags say, and ends the program. Unless they say otherwise, tests are verbose,
// and all benchmarks run and show their allocations.
func Main(tests []Test, benchmarks []Benchmark, examples []Example) {
	args := []string{os.Args[0]}
	if len(tests)+len(examples) > 0 {
		args = append(args, "-test.v")
	}
	if len(benchmarks) > 0 {
		args = append(args, "-test.bench=.", "-test.benchmem")
		// With goos, goarch and cpu, which package testing prints: benchstat compares results of one package.
		fmt.Println("pkg: main")
	}
	os.Args = append(args, os.Args[1:]...)
	// testing.Main ends the program by os.Exit: what is to be known of the run at its end is written after each function.
	for i := range tests {
		f := tests[i].F
		tests[i].F = func(t *testing.T) {
			defer cell.Checkpoint()
			f(t)
		}
	}
	for i := range examples {
		f := examples[i].F
		examples[i].F = func() {
			defer cell.Checkpoint()
			f()
		}
	}
	for i := range benchmarks {
		f := benchmarks[i].F
		benchmarks[i].F = func(b *testing.B) {
			defer func() {
				b.StopTimer()
				cell.Checkpoint()
			}()
			f(b)
		}
	}
	cell.Checkpoint() // what it does for the first time would count as the first benchmark's
	testing.Main(match, tests, benchmarks, examples)
}

// match reports whether the pattern occurs in s. Of regular expressions it knows characters, the dot, dot-star, and the anchors: a cell that has
// only benchmarks should not load a package for those.
func match(pattern, s string) (bool, error) {
	if i := strings.IndexAny(pattern, `\+?()[]{}|`); i >= 0 {
		return false, errors.New("cells know only characters, ., .*, ^ and $, not " + pattern[i:i+1])
	}
	if rest, ok := strings.CutPrefix(pattern, "^"); ok {
		return matchHere(rest, s), nil
	}
	for i := 0; i <= len(s); i++ {
		if matchHere(pattern, s[i:]) {
			return true, nil
		}
	}
	return false, nil
}

// matchHere reports whether s begins with the pattern.
func matchHere(pattern, s string) bool {
	for {
		switch {
		case pattern == "":
			return true
		case pattern == "$":
			return s == ""
		case strings.HasPrefix(pattern, ".*"):
			for i := 0; i <= len(s); i++ {
				if matchHere(pattern[2:], s[i:]) {
					return true
				}
			}
			return false
		case s == "" || pattern[0] != '.' && pattern[0] != s[0]:
			return false
		}
		pattern, s = pattern[1:], s[1:]
	}
}
