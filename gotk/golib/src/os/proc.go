// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"errors"
	"syscall"
	"unsafe"
)

// Args are the command line's arguments; the first is the program's name.
var Args = copyStrings(nativeArgs())

func copyStrings(p unsafe.Pointer, n int) []string {
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	copy(list, unsafe.Slice((*string)(p), n))
	return list
}

// Exit ends the program with the code; 0 means success. Deferred functions don't run.
func Exit(code int) { nativeExit(code) }

func number(op int) int {
	v, _ := nativeCall(op, nil, nil, 0, 0)
	return v
}

// Getpid is the process's number.
func Getpid() int { return number(opGetpid) }

// Getppid is the parent process's number.
func Getppid() int { return number(opGetppid) }

// Getuid is the user's number.
func Getuid() int { return number(opGetuid) }

// Geteuid is the user's number.
func Geteuid() int { return number(opGetuid) }

// Getgid is the group's number.
func Getgid() int { return number(opGetgid) }

// Getegid is the group's number.
func Getegid() int { return number(opGetgid) }

// Getpagesize is the system's page size.
func Getpagesize() int { return 4096 }

// Hostname is the machine's name.
func Hostname() (name string, err error) {
	buf := make([]byte, 256)
	n, errno := nativeCall(opHostname, unsafe.Pointer(&buf[0]), nil, len(buf), 0)
	if errno != 0 {
		return "", NewSyscallError("gethostname", errnoError(errno))
	}
	return string(buf[:n]), nil
}

// Executable is not known: the program is not a file of its own.
func Executable() (string, error) {
	return "", errors.New("os: the program has no executable file")
}

// Signal is a signal of the system.
type Signal interface {
	String() string
	Signal()
}

// Signals that all systems have.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// Process is a process that is known by its number.
type Process struct {
	Pid int
}

// FindProcess returns the process of that number, whether it exists or not.
func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }

// Signal sends a signal to the process.
func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	if _, errno := nativeCall(opKill, nil, nil, p.Pid, int(s)); errno != 0 {
		if syscall.Errno(errno) == syscall.ESRCH {
			return ErrProcessDone
		}
		return errnoError(errno)
	}
	return nil
}

// Kill ends the process.
func (p *Process) Kill() error { return p.Signal(Kill) }
