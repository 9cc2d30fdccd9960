// SPDX-License-Identifier: BSD-3-Clause

// Package syscall has what package os shows of the system: error numbers, flags and signals of Linux.
package syscall

import "internal/oserror"

// Errno is an error number of the system; 0 is no error.
type Errno uintptr

// Error numbers.
const (
	EPERM        = Errno(1)
	ENOENT       = Errno(2)
	ESRCH        = Errno(3)
	EINTR        = Errno(4)
	EIO          = Errno(5)
	ENXIO        = Errno(6)
	E2BIG        = Errno(7)
	ENOEXEC      = Errno(8)
	EBADF        = Errno(9)
	ECHILD       = Errno(10)
	EAGAIN       = Errno(11)
	ENOMEM       = Errno(12)
	EACCES       = Errno(13)
	EFAULT       = Errno(14)
	ENOTBLK      = Errno(15)
	EBUSY        = Errno(16)
	EEXIST       = Errno(17)
	EXDEV        = Errno(18)
	ENODEV       = Errno(19)
	ENOTDIR      = Errno(20)
	EISDIR       = Errno(21)
	EINVAL       = Errno(22)
	ENFILE       = Errno(23)
	EMFILE       = Errno(24)
	ENOTTY       = Errno(25)
	ETXTBSY      = Errno(26)
	EFBIG        = Errno(27)
	ENOSPC       = Errno(28)
	ESPIPE       = Errno(29)
	EROFS        = Errno(30)
	EMLINK       = Errno(31)
	EPIPE        = Errno(32)
	EDOM         = Errno(33)
	ERANGE       = Errno(34)
	EDEADLK      = Errno(35)
	ENAMETOOLONG = Errno(36)
	ENOLCK       = Errno(37)
	ENOSYS       = Errno(38)
	ENOTEMPTY    = Errno(39)
	ELOOP        = Errno(40)
	EOVERFLOW    = Errno(75)
	EILSEQ       = Errno(84)
	ENOTSOCK     = Errno(88)
	EMSGSIZE     = Errno(90)
	ENOTSUP      = Errno(95)
	EADDRINUSE   = Errno(98)
	ECONNREFUSED = Errno(111)
	ECONNRESET   = Errno(104)
	ETIMEDOUT    = Errno(110)
	ECANCELED    = Errno(125)
	EDQUOT       = Errno(122)
	ESTALE       = Errno(116)

	EWOULDBLOCK = EAGAIN
	EOPNOTSUPP  = ENOTSUP
)

// Error is the number's text.
func (e Errno) Error() string {
	switch e {
	case EPERM:
		return "operation not permitted"
	case ENOENT:
		return "no such file or directory"
	case ESRCH:
		return "no such process"
	case EINTR:
		return "interrupted system call"
	case EIO:
		return "input/output error"
	case ENXIO:
		return "no such device or address"
	case E2BIG:
		return "argument list too long"
	case ENOEXEC:
		return "exec format error"
	case EBADF:
		return "bad file descriptor"
	case ECHILD:
		return "no child processes"
	case EAGAIN:
		return "resource temporarily unavailable"
	case ENOMEM:
		return "cannot allocate memory"
	case EACCES:
		return "permission denied"
	case EFAULT:
		return "bad address"
	case ENOTBLK:
		return "block device required"
	case EBUSY:
		return "device or resource busy"
	case EEXIST:
		return "file exists"
	case EXDEV:
		return "invalid cross-device link"
	case ENODEV:
		return "no such device"
	case ENOTDIR:
		return "not a directory"
	case EISDIR:
		return "is a directory"
	case EINVAL:
		return "invalid argument"
	case ENFILE:
		return "too many open files in system"
	case EMFILE:
		return "too many open files"
	case ENOTTY:
		return "inappropriate ioctl for device"
	case ETXTBSY:
		return "text file busy"
	case EFBIG:
		return "file too large"
	case ENOSPC:
		return "no space left on device"
	case ESPIPE:
		return "illegal seek"
	case EROFS:
		return "read-only file system"
	case EMLINK:
		return "too many links"
	case EPIPE:
		return "broken pipe"
	case EDOM:
		return "numerical argument out of domain"
	case ERANGE:
		return "numerical result out of range"
	case EDEADLK:
		return "resource deadlock avoided"
	case ENAMETOOLONG:
		return "file name too long"
	case ENOLCK:
		return "no locks available"
	case ENOSYS:
		return "function not implemented"
	case ENOTEMPTY:
		return "directory not empty"
	case ELOOP:
		return "too many levels of symbolic links"
	case EOVERFLOW:
		return "value too large for defined data type"
	case EILSEQ:
		return "invalid or incomplete multibyte or wide character"
	case ENOTSOCK:
		return "socket operation on non-socket"
	case EMSGSIZE:
		return "message too long"
	case ENOTSUP:
		return "operation not supported"
	case EADDRINUSE:
		return "address already in use"
	case ECONNREFUSED:
		return "connection refused"
	case ECONNRESET:
		return "connection reset by peer"
	case ETIMEDOUT:
		return "connection timed out"
	case ECANCELED:
		return "operation canceled"
	case EDQUOT:
		return "disk quota exceeded"
	case ESTALE:
		return "stale file handle"
	}
	return "errno " + itoa(int(e))
}

// Is tells whether the number stands for one of package os's errors.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

// Timeout reports whether the call took too long.
func (e Errno) Timeout() bool {
	return e == EAGAIN || e == ETIMEDOUT
}

func itoa(v int) string {
	if v < 0 {
		return "-" + itoa(-v)
	}
	if v < 10 {
		return string(rune('0' + v))
	}
	return itoa(v/10) + string(rune('0'+v%10))
}
