// SPDX-License-Identifier: BSD-3-Clause

// Package cell is the plumbing between a program and the process that started it: records, large inputs, outputs. Its
// functions are called by package gotk and by the code that gotk adds to a cell, never by programs.
//
// Everything goes through files of the run's directory (environment GOTK_IO_DIR), mapped into memory: what was written
// survives the program's end whatever its kind, and nothing needs to be flushed. The reader is gotk/runtimes/iodir.py.
//
// Records: files records.0, records.1, ... each twice as large as the one before. A file starts with two words: bytes used
// after the header (written after the entry it counts), and 0. An entry is 24 bytes, all little endian: u32 id, u32 kind,
// u64 value, i64 ns since the start. Kinds: 1 int64, 2 uint64, 3 float64, 4 string (value = its length), 5 name (defines
// id; value = its length); the bytes of a string or a name follow, padded to 8.
package cell

import (
	"sync"
	"unsafe"
)

const (
	kindInt    = 1
	kindUint   = 2
	kindFloat  = 3
	kindString = 4
	kindName   = 5

	headerSize = 16
	entrySize  = 24
	// The first file holds 2,700 numbers and costs 16 pages at most; the largest bounds what is mapped in vain.
	firstFile = 1 << 16
	lastFile  = 1 << 24
)

var records struct {
	sync.Mutex
	ids   map[string]uint32
	base  unsafe.Pointer // of the current file, nil before the first record
	size  int
	used  int // after the header
	files int
	off   bool // no directory, or it could not be written: records are dropped
}

// Record appends one row.
func Record(name string, value any) {
	t := now()
	kind, bits, text := scalar(value)
	if kind == 0 {
		panic("gotk.Record: the value of " + name + " must be a number or a string, not " + typeName(value))
	}
	r := &records
	r.Lock()
	if !r.off {
		id, ok := r.ids[name]
		if !ok {
			if r.ids == nil {
				r.ids = make(map[string]uint32)
			}
			id = uint32(len(r.ids))
			r.ids[name] = id
			appendEntry(id, kindName, uint64(len(name)), t, name)
		}
		appendEntry(id, kind, bits, t, text)
	}
	r.Unlock()
}

// appendEntry writes one entry and its text; the caller holds the lock.
func appendEntry(id, kind uint32, bits uint64, t int64, text string) {
	r := &records
	need := entrySize + (len(text)+7)&^7
	if r.base == nil || headerSize+r.used+need > r.size {
		if !nextFile(need) {
			r.off = true
			return
		}
	}
	at := unsafe.Add(r.base, headerSize+r.used)
	*(*uint32)(at) = id
	*(*uint32)(unsafe.Add(at, 4)) = kind
	*(*uint64)(unsafe.Add(at, 8)) = bits
	*(*int64)(unsafe.Add(at, 16)) = t
	if len(text) > 0 {
		copy(unsafe.Slice((*byte)(unsafe.Add(at, entrySize)), len(text)), text)
	}
	r.used += need
	*(*uint64)(r.base) = uint64(r.used)
}

func nextFile(need int) bool {
	r := &records
	dir := ioDir()
	if dir == "" {
		return false
	}
	size := lastFile
	if r.files < 8 {
		size = firstFile << r.files
	}
	for size < headerSize+need {
		size *= 2
	}
	base := mapFile(dir+"/records."+decimal(r.files), size, true)
	if base == nil {
		return false
	}
	r.base, r.size, r.used = base, size, 0
	r.files++
	return true
}

// decimal formats a small number without package strconv, which a program may not need otherwise.
func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}

// scalar returns the kind and bits of a number or string, kind 0 for anything else.
func scalar(value any) (kind uint32, bits uint64, text string) {
	switch v := value.(type) {
	case int:
		return kindInt, uint64(v), ""
	case int64:
		return kindInt, uint64(v), ""
	case float64:
		return kindFloat, *(*uint64)(unsafe.Pointer(&v)), ""
	case string:
		return kindString, uint64(len(v)), v
	case bool:
		if v {
			return kindInt, 1, ""
		}
		return kindInt, 0, ""
	case uint64:
		return kindUint, v, ""
	case float32:
		wide := float64(v)
		return kindFloat, *(*uint64)(unsafe.Pointer(&wide)), ""
	}
	return namedScalar(value)
}
