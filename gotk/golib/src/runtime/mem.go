// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// MemStats describes the heap. Fields that have no meaning for our allocator are zero.
type MemStats struct {
	Alloc         uint64 // bytes of live (or not yet swept) heap objects
	TotalAlloc    uint64 // bytes ever allocated
	Sys           uint64 // bytes had from the system
	Lookups       uint64
	Mallocs       uint64 // objects ever allocated
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
	BySize        [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// memNumbers is what the C library fills in: gotk__go readmemstats.
type memNumbers struct {
	heapAlloc, totalAlloc, heapSys, heapIdle, heapReleased uint64
	mallocs, frees                                         uint64
	stackInuse, stackSys                                   uint64
	otherSys                                               uint64
	nextGC, lastGC, pauseTotal, numGC, numForcedGC         uint64
	spare                                                  [16]uint64
}

//gotk:native rungc
func gc()

//gotk:native readmemstats
func readmemstats(m *memNumbers)

// GC collects garbage and returns when that is done.
func GC() { gc() }

// ReadMemStats fills m with the numbers of the moment.
func ReadMemStats(m *MemStats) {
	var n memNumbers
	readmemstats(&n)
	*m = MemStats{}
	m.Alloc = n.heapAlloc
	m.TotalAlloc = n.totalAlloc
	m.Sys = n.heapSys + n.stackSys + n.otherSys
	m.Mallocs = n.mallocs
	m.Frees = n.frees
	m.HeapAlloc = n.heapAlloc
	m.HeapSys = n.heapSys
	m.HeapIdle = n.heapIdle
	m.HeapInuse = n.heapSys - n.heapIdle
	m.HeapReleased = n.heapReleased
	m.HeapObjects = n.mallocs - n.frees
	m.StackInuse = n.stackInuse
	m.StackSys = n.stackSys
	m.OtherSys = n.otherSys
	m.NextGC = n.nextGC
	m.LastGC = n.lastGC
	m.PauseTotalNs = n.pauseTotal
	m.NumGC = uint32(n.numGC)
	m.NumForcedGC = uint32(n.numForcedGC)
	m.EnableGC = true
}

// MemProfileRate is here for programs that turn sampling off while they count allocations. Allocations are never sampled: there is no
// heap profile, and no MemProfile.
var MemProfileRate int = 512 * 1024

// SetFinalizer accepts a finalizer and checks its form. Finalizers are never called, which Go allows: it does not promise that
// they run before the program ends.
func SetFinalizer(obj any, finalizer any) {
	e := efaceOf(&obj)
	if e.typ == nil {
		fatal("runtime.SetFinalizer: first argument is nil")
	}
	if e.typ.kind != kindPointer {
		fatal("runtime.SetFinalizer: first argument is " + e.typ.str + ", not pointer")
	}
	f := efaceOf(&finalizer)
	if f.typ != nil && f.typ.kind != kindFunc {
		fatal("runtime.SetFinalizer: second argument is " + f.typ.str + ", not a function")
	}
}

// Cleanup is a handle to a function that was to run when an object became unreachable.
type Cleanup struct {
	_ unsafe.Pointer
}

// Stop cancels the cleanup.
func (Cleanup) Stop() {}

// AddCleanup accepts a cleanup for *ptr. Like finalizers, cleanups are never called.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	return Cleanup{}
}
