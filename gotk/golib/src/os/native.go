// SPDX-License-Identifier: BSD-3-Clause

// Package os is the program's way to the operating system: arguments, environment, files, the end of the process.
package os

import (
	"syscall"
	"unsafe"
)

// Natives of gotk/native/src/io.c and os.c. Results are a value, -1 on an error, and the error number.

//gotk:native osargs
func nativeArgs() (strings unsafe.Pointer, n int)

//gotk:native osenviron
func nativeEnviron() (strings unsafe.Pointer, n int)

//gotk:native setenv
func nativeSetenv(key *byte, keyLen int, value *byte, valueLen int)

//gotk:native exit
func nativeExit(code int)

//gotk:native fdpread
func nativePread(fd int, buf unsafe.Pointer, n int, offset int64) (count, errno int)

//gotk:native fdpwrite
func nativePwrite(fd int, buf unsafe.Pointer, n int, offset int64) (count, errno int)

//gotk:native fdopen
func nativeOpen(path *byte, flags, mode int) (fd, errno int)

//gotk:native fdseek
func nativeSeek(fd int, offset int64, whence int) (position, errno int)

//gotk:native fdpipe
func nativePipe(fds *[2]int32) (errno int)

//gotk:native oscall
func nativeCall(op int, a, b unsafe.Pointer, x, y int) (value, errno int)

// Operations of nativeCall: the enum of gotk/native/src/os.c.
const (
	opUnlink = 1 + iota
	opRmdir
	opMkdir
	opRename
	opStat
	opLstat
	opFstat
	opGetcwd
	opChdir
	opReadlink
	opSymlink
	opLink
	opChmod
	opTruncate
	opFtruncate
	opGetdents
	opGetpid
	opGetppid
	opGetuid
	opGetgid
	opHostname
	opFsync
	opKill
	opIsatty
	opSigpipe
	opUtimens
	opChown
	opLchown
	opFchown
	opFchmod
	opFchdir
	opGetgroups
)

// cstring returns s with a zero byte at its end, or EINVAL if it holds one.
func cstring(s string) (*byte, error) {
	b := make([]byte, len(s)+1)
	copy(b, s)
	for i := 0; i < len(s); i++ {
		if b[i] == 0 {
			return nil, syscall.EINVAL
		}
	}
	return &b[0], nil
}

// errnoError makes an error of an error number.
func errnoError(errno int) error {
	if errno == 0 {
		return nil
	}
	return syscall.Errno(errno)
}

// pathCall makes a call that takes one path.
func pathCall(op int, path string, b unsafe.Pointer, x, y int) (int, error) {
	p, err := cstring(path)
	if err != nil {
		return -1, err
	}
	value, errno := nativeCall(op, unsafe.Pointer(p), b, x, y)
	return value, errnoError(errno)
}

// twoPaths makes a call that takes two paths.
func twoPaths(op int, a, b string) error {
	p, err := cstring(a)
	if err != nil {
		return err
	}
	q, err := cstring(b)
	if err != nil {
		return err
	}
	_, errno := nativeCall(op, unsafe.Pointer(p), unsafe.Pointer(q), 0, 0)
	return errnoError(errno)
}
