// SPDX-License-Identifier: BSD-3-Clause

package runtime

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
//gotk:noescape
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
