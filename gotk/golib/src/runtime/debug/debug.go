// SPDX-License-Identifier: BSD-3-Clause

// Package debug has the settings of the collector and the program's traces.
package debug

import (
	"os"
	"runtime"
)

//gotk:native setgcpercent
func setgcpercent(percent int) int

//gotk:native setmemorylimit
func setmemorylimit(bytes int64) int64

//gotk:native setmaxstack
func setmaxstack(bytes int) int

//gotk:native freeosmemory
func freeosmemory()

// SetGCPercent sets how much the heap grows, relative to what was live, before it is collected; a negative number turns that off. It
// returns the setting before.
func SetGCPercent(percent int) int { return setgcpercent(percent) }

// SetMemoryLimit sets the amount of memory that the collector tries to stay below, and returns the setting before; a negative limit
// only asks.
func SetMemoryLimit(limit int64) int64 { return setmemorylimit(limit) }

// SetMaxStack sets the most that one goroutine's stack may take, and returns the setting before.
func SetMaxStack(bytes int) int { return setmaxstack(bytes) }

// FreeOSMemory collects garbage and gives free memory back to the system.
func FreeOSMemory() { freeosmemory() }

// Stack returns the calling goroutine's trace.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		n := runtime.Stack(buf, false)
		if n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack writes the calling goroutine's trace to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }
