# SPDX-License-Identifier: BSD-3-Clause
"""A program that waits costs nothing: 10,000 parked goroutines, with and without connections, use less than 0.5 % of a core."""

from __future__ import annotations

import pytest

import gotk

PROGRAM = """
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"gotk"
)

var files = 0

// onCPU is the time that all threads of the process have run, in ns.
func onCPU() (sum int) {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		panic(err)
	}
	for _, t := range tasks {
		text, err := os.ReadFile("/proc/self/task/" + t.Name() + "/schedstat")
		if err != nil {
			continue
		}
		n := 0
		fmt.Sscan(strings.Fields(string(text))[0], &n)
		sum += n
	}
	return sum
}

func main() {
	never := make(chan int)
	for range 10_000 - 2*files {
		go func() { <-never }()
	}
	for range files {
		r, w, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		go r.Read(make([]byte, 1))
		go func() {
			<-never
			w.Close()
		}()
	}
	time.Sleep(200 * time.Millisecond)
	before := onCPU()
	time.Sleep(1000 * time.Millisecond)
	gotk.Record("share", float64(onCPU()-before)/1e9)
}
"""


@pytest.mark.parametrize("files", [0, 1000])
def test_ten_thousand_parked_goroutines_cost_no_cpu(files: int) -> None:
    run = gotk.Program(PROGRAM).run(gomaxprocs=2, params={"files": files})
    assert run.record_values("share")[0] < 0.005
