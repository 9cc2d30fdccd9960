// SPDX-License-Identifier: BSD-3-Clause

package time

import (
	"syscall"
	std "time"
	"unsafe"
)

var base = std.Now()

func shim_nanotime() int64 { return int64(std.Since(base)) + 1 }

func shim_timenow(out *[3]int64) {
	t := std.Now()
	*out = [3]int64{t.Unix(), int64(t.Nanosecond()), shim_nanotime()}
}

// TestZone is what localzone answers from.
var TestZone = std.UTC

func shim_localzone(unix int64, name *byte, size int) (int, int) {
	at := std.Unix(unix, 0).In(TestZone)
	n, offset := at.Zone()
	length := copy(unsafe.Slice(name, size), n)
	if at.IsDST() {
		length |= localDST
	}
	return offset, length
}

func shim_fdopen(path *byte, flags, mode int) (int, int) {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(path), n)) != 0 {
		n++
	}
	fd, err := syscall.Open(unsafe.String(path, n), flags, uint32(mode))
	if err != nil {
		return -1, int(err.(syscall.Errno))
	}
	return fd, 0
}

func shim_fdread(fd int, buf unsafe.Pointer, n int) (int, int) {
	count, err := syscall.Read(fd, unsafe.Slice((*byte)(buf), n))
	if err != nil {
		return -1, int(err.(syscall.Errno))
	}
	return count, 0
}

func shim_fdclose(fd int) int {
	syscall.Close(fd)
	return 0
}

func shim_sleep(d Duration) { std.Sleep(std.Duration(d)) }

// Timers are tested on our own runtime: here they do nothing.
func shim_timernew(typ unsafe.Pointer, when, period int64, local *Location) (t, c unsafe.Pointer) {
	never := make(chan Time, 1)
	return unsafe.Pointer(new(int)), *(*unsafe.Pointer)(unsafe.Pointer(&never))
}

func shim_timerfunc(f unsafe.Pointer, when int64) unsafe.Pointer { return unsafe.Pointer(new(int)) }

func shim_timerstop(unsafe.Pointer) bool { return false }

func shim_timerreset(unsafe.Pointer, int64, int64) bool { return false }
