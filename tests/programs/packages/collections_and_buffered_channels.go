// SPDX-License-Identifier: BSD-3-Clause

// A value waits in a channel's buffer while the program collects; on threads, where nothing is collected, the receive that came next crashed.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

func main() {
	c := make(chan int, 2)
	for i, collect := range []func(){
		runtime.GC,
		debug.FreeOSMemory,
		func() { debug.SetGCPercent(50) },
		func() { debug.SetMemoryLimit(1 << 30) },
	} {
		c <- i
		collect()
		fmt.Println(<-c)
		collect()
		c <- -i
		fmt.Println(<-c)
	}
}
