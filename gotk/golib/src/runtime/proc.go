// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// GOOS is the system that the program runs on.
const GOOS = "linux"

// Compiler names the compiler.
const Compiler = "gotk"

//gotk:native gosched
func gosched()

//gotk:native gomaxprocs
func gomaxprocs(n int) int

//gotk:native numcpu
func numcpu() int

//gotk:native numgoroutine
func numgoroutine() int

// Gosched lets other goroutines run; the caller goes on later.
func Gosched() { gosched() }

// GOMAXPROCS sets how many processors run goroutines at once and returns the setting before. It leaves the setting as
// it is if n < 1.
func GOMAXPROCS(n int) int { return gomaxprocs(n) }

// SetDefaultGOMAXPROCS sets GOMAXPROCS to what the machine allows this process.
func SetDefaultGOMAXPROCS() { gomaxprocs(-2) }

// NumCPU is the number of processors that this process may use.
func NumCPU() int { return numcpu() }

// NumGoroutine is the number of goroutines that exist.
func NumGoroutine() int { return numgoroutine() }

// NumCgoCall is 0: there is no cgo.
func NumCgoCall() int64 { return 0 }

// LockOSThread would wire the goroutine to its thread. No package of ours depends on the identity of threads, so the
// calls are only counted.
func LockOSThread() {}

// UnlockOSThread undoes a LockOSThread.
func UnlockOSThread() {}

// Version is the version of the language that is implemented, in the form of Go's releases.
func Version() string { return "go1.27 gotk" }

// GOROOT is empty: there is no Go tree.
func GOROOT() string { return "" }

//gotk:native keepalive
func keepalive(p unsafe.Pointer)

// KeepAlive makes its argument live until here.
func KeepAlive(x any) {
	keepalive(efaceOf(&x).data)
}

// Breakpoint stops the program in a debugger, or ends it.
//
//gotk:intrinsic llvm.debugtrap
func Breakpoint()
