// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// InternalExample is an example, and what it should print.
type InternalExample struct {
	Name      string
	F         func()
	Output    string
	Unordered bool // the lines may come in any order
}

// RunExamples runs the examples that the flags choose.
func RunExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ok bool) {
	_, ok = runExamples(matchString, examples)
	return ok
}

func runExamples(match func(pat, str string) (bool, error), examples []InternalExample) (ran, ok bool) {
	ok = true
	m := newMatcher(match, flags.run, "-test.run", flags.skip)
	for _, e := range examples {
		if _, chosen, _ := m.fullName(nil, e.Name); !chosen {
			continue
		}
		ran = true
		ok = runExample(e) && ok
	}
	return ran, ok
}

func runExample(e InternalExample) bool {
	if flags.verbose {
		fmt.Printf("=== RUN   %s\n", e.Name)
	}
	stdout := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout = w
	read := make(chan string)
	go func() {
		text, _ := io.ReadAll(r)
		r.Close()
		read <- string(text)
	}()
	start := time.Now()
	var got string
	func() {
		defer func() {
			w.Close()
			os.Stdout = stdout
			got = strings.TrimSpace(<-read)
		}()
		e.F()
	}()
	took := seconds(time.Since(start))
	want := strings.TrimSpace(e.Output)
	a, b := got, want
	if e.Unordered {
		a, b = sortedLines(got), sortedLines(want)
	}
	if a != b {
		kind := "want:"
		if e.Unordered {
			kind = "want (unordered):"
		}
		fmt.Printf("--- FAIL: %s (%s)\ngot:\n%s\n%s\n%s\n", e.Name, took, got, kind, want)
		return false
	}
	if flags.verbose {
		fmt.Printf("--- PASS: %s (%s)\n", e.Name, took)
	}
	return true
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
