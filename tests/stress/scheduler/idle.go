// SPDX-License-Identifier: BSD-3-Clause

// Ten thousand goroutines wait: on channels, on each other, on timers of an hour. A program that has nothing to do uses no CPU.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

var seconds = 4

// cpu is the time this process has used, in ticks of 10 ms.
func cpu() int {
	text, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		panic(err)
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return user + system
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	for i := range 10_000 {
		go func() {
			switch i % 3 {
			case 0:
				<-make(chan int)
			case 1:
				mu.Lock()
			case 2:
				time.Sleep(time.Hour)
			}
		}()
	}
	time.Sleep(200 * time.Millisecond)
	before := cpu()
	time.Sleep(time.Duration(seconds) * time.Second)
	if used := cpu() - before; used*1000 > seconds*100*5 { // half a percent of a CPU
		fmt.Printf("%d ms of CPU in %d s\n", used*10, seconds)
		os.Exit(1)
	}
	fmt.Println("ok")
}
