// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"errors"
	"internal/poll"
	"io/fs"
	"syscall"
)

// Errors that calls on files wrap; test with errors.Is.
var (
	ErrInvalid    = fs.ErrInvalid
	ErrPermission = fs.ErrPermission
	ErrExist      = fs.ErrExist
	ErrNotExist   = fs.ErrNotExist
	ErrClosed     = fs.ErrClosed

	ErrProcessDone      = errors.New("os: process already finished")
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = poll.ErrDeadlineExceeded
)

// PathError is an error with the operation and the path that caused it.
type PathError = fs.PathError

// LinkError is an error of a call that takes two paths.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }

// Unwrap returns the error without the paths.
func (e *LinkError) Unwrap() error { return e.Err }

// SyscallError is an error with the name of the system call.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }

// Unwrap returns the error without the call's name.
func (e *SyscallError) Unwrap() error { return e.Err }

// Timeout reports whether the call took too long.
func (e *SyscallError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// NewSyscallError returns a SyscallError, or nil if err is nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// IsExist reports whether err says that a file is there already. It looks only into this package's errors; errors.Is is better.
func IsExist(err error) bool { return means(err, ErrExist) }

// IsNotExist reports whether err says that a file is not there.
func IsNotExist(err error) bool { return means(err, ErrNotExist) }

// IsPermission reports whether err says that something is not permitted.
func IsPermission(err error) bool { return means(err, ErrPermission) }

// IsTimeout reports whether err says that a call took too long.
func IsTimeout(err error) bool {
	t, ok := inner(err).(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func inner(err error) error {
	switch e := err.(type) {
	case *PathError:
		return e.Err
	case *LinkError:
		return e.Err
	case *SyscallError:
		return e.Err
	}
	return err
}

func means(err, target error) bool {
	err = inner(err)
	if err == target {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(target)
}
