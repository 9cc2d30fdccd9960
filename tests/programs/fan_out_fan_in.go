// SPDX-License-Identifier: BSD-3-Clause
//
// Fan-out to several workers over one channel, fan-in of their results over another; order restored at the end.
package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

var workers = 4

type job struct {
	id   int
	text string
}

type result struct {
	id    int
	words map[string]int
}

func count(text string) map[string]int {
	words := make(map[string]int)
	for _, w := range strings.Fields(text) {
		words[strings.ToLower(strings.Trim(w, ".,;"))]++
	}
	return words
}

func main() {
	lines := strings.Split(`Do not communicate by sharing memory; instead, share memory by communicating.
Concurrency is not parallelism.
Channels orchestrate; mutexes serialize.
The bigger the interface, the weaker the abstraction.
Make the zero value useful.
Errors are values.
Do not just check errors, handle them gracefully.
Design the architecture, name the components, document the details.`, "\n")

	jobs := make(chan job)
	results := make(chan result)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				results <- result{j.id, count(j.text)}
			}
		}()
	}
	go func() {
		for round := range 50 {
			for i, line := range lines {
				jobs <- job{round*len(lines) + i, line}
			}
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()

	total := make(map[string]int)
	ids := []int{}
	for r := range results {
		ids = append(ids, r.id)
		for w, n := range r.words {
			total[w] += n
		}
	}
	sort.Ints(ids)
	inOrder := true
	for i, id := range ids {
		inOrder = inOrder && i == id
	}
	words := make([]string, 0, len(total))
	for w := range total {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		if total[words[i]] != total[words[j]] {
			return total[words[i]] > total[words[j]]
		}
		return words[i] < words[j]
	})
	fmt.Println(len(ids), "results, all there:", inOrder)
	for _, w := range words[:8] {
		fmt.Printf("%-12s %4d\n", w, total[w])
	}
}

// Output:
// 400 results, all there: true
// the           400
// not           150
// by            100
// do            100
// errors        100
// memory        100
// abstraction    50
// architecture   50
