// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"internal/poll"
	"io"
	"io/fs"
	"syscall"
	"time"
	"unsafe"
)

// Flags of OpenFile: exactly one of the first three.
const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND
	O_CREATE int = syscall.O_CREAT
	O_EXCL   int = syscall.O_EXCL
	O_SYNC   int = syscall.O_SYNC
	O_TRUNC  int = syscall.O_TRUNC
)

// Origins of Seek; package io has the same.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

// What paths look like.
const (
	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

// The standard files.
var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// File is an open file.
type File struct {
	fd   poll.FD
	name string
	dir  *dirReader
	app  bool
}

// NewFile makes a File of a descriptor; nil if it is not valid. Other processes may use the descriptor too.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	return newFile(int(fd), name, poll.Shared)
}

func newFile(fd int, name string, mode int) *File {
	f := &File{name: name}
	f.fd.Init(fd, mode)
	return f
}

// begin counts a call; it fails if the file is closed.
func (f *File) begin() error {
	if f == nil {
		return ErrInvalid
	}
	if !f.fd.Begin() {
		return ErrClosed
	}
	return nil
}

func (f *File) end() { f.fd.End() }

// ioError makes an error of an error number of package poll.
func ioError(errno int) error {
	switch errno {
	case 0:
		return nil
	case poll.Closed:
		return ErrClosed
	case poll.Timeout:
		return ErrDeadlineExceeded
	case poll.NoPoll:
		return ErrNoDeadline
	}
	return syscall.Errno(errno)
}

func (f *File) fail(op string, err error) error {
	if err == nil {
		return nil
	}
	if err == ErrInvalid && f == nil {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// Name is the name that the file was opened by.
func (f *File) Name() string { return f.name }

// Fd is the file's descriptor.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	return uintptr(f.fd.Number())
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create makes an empty file, or empties it, and opens it.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

// OpenFile opens a file; perm is for one that it makes.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	path, err := cstring(name)
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	fd, errno := nativeOpen(path, flag, int(systemMode(perm)))
	if errno != 0 {
		return nil, &PathError{Op: "open", Path: name, Err: errnoError(errno)}
	}
	f := newFile(fd, name, poll.Plain)
	f.app = flag&O_APPEND != 0
	return f, nil
}

// Pipe returns the two ends of a pipe: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	var fds [2]int32
	if errno := nativePipe(&fds); errno != 0 {
		return nil, nil, NewSyscallError("pipe2", errnoError(errno))
	}
	return newFile(int(fds[0]), "|0", poll.Stream|poll.Known|poll.Alone), newFile(int(fds[1]), "|1", poll.Stream|poll.Known), nil
}

// Close closes the file. Calls that wait for a pipe or a terminal end with ErrClosed, others end first; calls after it fail.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	return f.fail("close", ioError(f.fd.Close()))
}

// Read reads up to len(b) bytes; at the end of the file it returns io.EOF.
func (f *File) Read(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if len(b) == 0 {
		if err := f.begin(); err != nil {
			return 0, f.fail("read", err)
		}
		f.end()
		return 0, nil
	}
	n, errno := f.fd.Read(unsafe.Pointer(&b[0]), len(b))
	if errno != 0 {
		return 0, f.fail("read", ioError(errno))
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// SetDeadline sets when reads and writes that wait end with ErrDeadlineExceeded; the zero time means never. Only pipes, terminals and
// the like can have one.
func (f *File) SetDeadline(t time.Time) error { return f.setDeadline(poll.ReadSide|poll.WriteSide, t) }

// SetReadDeadline is SetDeadline for reads.
func (f *File) SetReadDeadline(t time.Time) error { return f.setDeadline(poll.ReadSide, t) }

// SetWriteDeadline is SetDeadline for writes.
func (f *File) SetWriteDeadline(t time.Time) error { return f.setDeadline(poll.WriteSide, t) }

func (f *File) setDeadline(sides int, t time.Time) error {
	if f == nil {
		return ErrInvalid
	}
	errno := f.fd.SetDeadline(sides, t)
	if errno == poll.Closed {
		return errClosing
	}
	return ioError(errno)
}

// ReadAt reads len(b) bytes from an offset on; it returns an error, io.EOF at the end, if there are fewer.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.begin(); err != nil {
		return 0, f.fail("read", err)
	}
	defer f.end()
	if off < 0 {
		return 0, f.fail("readat", errNegative)
	}
	for n < len(b) {
		m, errno := nativePread(f.fd.Sysfd, unsafe.Pointer(&b[n]), len(b)-n, off+int64(n))
		if errno != 0 {
			return n, f.fail("read", errnoError(errno))
		}
		if m == 0 {
			return n, io.EOF
		}
		n += m
	}
	return n, nil
}

// textError is an error with nothing but a text.
type textError string

func (e textError) Error() string { return string(e) }

const (
	errNegative = textError("negative offset")
	errClosing  = textError("use of closed file")
	errAppend   = textError("os: invalid use of WriteAt on file opened with O_APPEND")
)

// Write writes b; it returns an error if that was not possible for all of it.
func (f *File) Write(b []byte) (n int, err error) {
	return f.writeAll(unsafe.Pointer(unsafe.SliceData(b)), len(b))
}

// WriteString is Write for a string.
func (f *File) WriteString(s string) (n int, err error) {
	return f.writeAll(unsafe.Pointer(unsafe.StringData(s)), len(s))
}

func (f *File) writeAll(p unsafe.Pointer, size int) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	n, errno := f.fd.Write(p, size)
	if errno == 0 {
		return n, nil
	}
	if syscall.Errno(errno) == syscall.EPIPE && (f.fd.Sysfd == 1 || f.fd.Sysfd == 2) {
		nativeCall(opSigpipe, nil, nil, 0, 0) // as in Go, it ends the program
	}
	return n, f.fail("write", ioError(errno))
}

// WriteAt writes b at an offset.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.begin(); err != nil {
		return 0, f.fail("write", err)
	}
	defer f.end()
	if f.app {
		return 0, errAppend
	}
	if off < 0 {
		return 0, f.fail("writeat", errNegative)
	}
	for n < len(b) {
		m, errno := nativePwrite(f.fd.Sysfd, unsafe.Pointer(&b[n]), len(b)-n, off+int64(n))
		if errno != 0 {
			return n, f.fail("write", errnoError(errno))
		}
		n += m
	}
	return n, nil
}

// Seek sets the place of the next Read or Write, relative to the start (0), the place now (1) or the end (2).
func (f *File) Seek(offset int64, whence int) (int64, error) {
	if err := f.begin(); err != nil {
		return 0, f.fail("seek", err)
	}
	defer f.end()
	n, errno := nativeSeek(f.fd.Sysfd, offset, whence)
	if errno != 0 {
		return 0, f.fail("seek", errnoError(errno))
	}
	f.dir = nil
	return int64(n), nil
}

// call makes a call that takes the descriptor.
func (f *File) call(name string, op int, a, b unsafe.Pointer, y int) error {
	if err := f.begin(); err != nil {
		return f.fail(name, err)
	}
	defer f.end()
	_, errno := nativeCall(op, a, b, f.fd.Sysfd, y)
	return f.fail(name, errnoError(errno))
}

// Sync writes the file's content to the device.
func (f *File) Sync() error { return f.call("sync", opFsync, nil, nil, 0) }

// Truncate changes the file's size.
func (f *File) Truncate(size int64) error {
	return f.call("truncate", opFtruncate, nil, nil, int(size))
}

// ReadFile returns the content of a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 512
	if info, err := f.Stat(); err == nil && info.Size() < 1<<40 {
		size = max(size, int(info.Size())+1) // one byte more, to see the end
	}
	data := make([]byte, 0, size)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// WriteFile makes a file with that content, or replaces its content.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// FileMode and what goes with it come from package io/fs.
type (
	FileMode = fs.FileMode
	FileInfo = fs.FileInfo
	DirEntry = fs.DirEntry
)

// Bits of a FileMode.
const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)
