// SPDX-License-Identifier: BSD-3-Clause
//
// A pool of workers that return results or errors; errors are wrapped, counted and told apart.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"sync"
)

var poolSize = 3

var errOdd = errors.New("odd number")

type parseError struct {
	input string
	err   error
}

func (e *parseError) Error() string { return fmt.Sprintf("parsing %q: %v", e.input, e.err) }
func (e *parseError) Unwrap() error { return e.err }

type outcome struct {
	index int
	value int
	err   error
}

func halve(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, &parseError{s, err}
	}
	if n%2 != 0 {
		return 0, fmt.Errorf("halve %d: %w", n, errOdd)
	}
	return n / 2, nil
}

func main() {
	inputs := []string{"10", "7", "x1", "42", "", "1000000", "99999999999999999999", "-8", "3"}
	type task struct {
		index int
		text  string
	}
	tasks := make(chan task, len(inputs))
	outcomes := make(chan outcome, len(inputs))
	var wg sync.WaitGroup
	for w := 0; w < poolSize; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for t := range tasks {
				v, err := halve(t.text)
				outcomes <- outcome{t.index, v, err}
			}
		}()
	}
	for i, s := range inputs {
		tasks <- task{i, s}
	}
	close(tasks)
	wg.Wait()
	close(outcomes)

	var all []outcome
	for o := range outcomes {
		all = append(all, o)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].index < all[j].index })
	odd, syntax, ranged := 0, 0, 0
	for _, o := range all {
		if o.err == nil {
			fmt.Printf("%d: %d\n", o.index, o.value)
			continue
		}
		fmt.Printf("%d: error: %v\n", o.index, o.err)
		var pe *parseError
		switch {
		case errors.Is(o.err, errOdd):
			odd++
		case errors.As(o.err, &pe) && errors.Is(pe.err, strconv.ErrRange):
			ranged++
		case errors.Is(o.err, strconv.ErrSyntax):
			syntax++
		}
	}
	fmt.Println("odd", odd, "syntax", syntax, "range", ranged)
}

// Output:
// 0: 5
// 1: error: halve 7: odd number
// 2: error: parsing "x1": strconv.Atoi: parsing "x1": invalid syntax
// 3: 21
// 4: error: parsing "": strconv.Atoi: parsing "": invalid syntax
// 5: 500000
// 6: error: parsing "99999999999999999999": strconv.Atoi: parsing "99999999999999999999": value out of range
// 7: -4
// 8: error: halve 3: odd number
// odd 2 syntax 2 range 1
