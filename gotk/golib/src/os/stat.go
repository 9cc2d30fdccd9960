// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"syscall"
	"time"
	"unsafe"
)

// fileStat is what gotk/native/src/os.c tells of a file.
type fileStat struct {
	size, mode, sec, nsec, inode, device, links, uid uint64
}

// info is a FileInfo.
type info struct {
	name string
	stat fileStat
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return int64(i.stat.size) }
func (i *info) Mode() FileMode     { return goMode(i.stat.mode) }
func (i *info) ModTime() time.Time { return time.Unix(int64(i.stat.sec), int64(i.stat.nsec)) }
func (i *info) IsDir() bool        { return i.Mode().IsDir() }
func (i *info) Sys() any           { return nil }

func goMode(m uint64) FileMode {
	mode := FileMode(m & 0777)
	switch m & syscall.S_IFMT {
	case syscall.S_IFBLK:
		mode |= ModeDevice
	case syscall.S_IFCHR:
		mode |= ModeDevice | ModeCharDevice
	case syscall.S_IFDIR:
		mode |= ModeDir
	case syscall.S_IFIFO:
		mode |= ModeNamedPipe
	case syscall.S_IFLNK:
		mode |= ModeSymlink
	case syscall.S_IFSOCK:
		mode |= ModeSocket
	}
	if m&syscall.S_ISUID != 0 {
		mode |= ModeSetuid
	}
	if m&syscall.S_ISGID != 0 {
		mode |= ModeSetgid
	}
	if m&syscall.S_ISVTX != 0 {
		mode |= ModeSticky
	}
	return mode
}

func systemMode(m FileMode) uint32 {
	mode := uint32(m.Perm())
	if m&ModeSetuid != 0 {
		mode |= syscall.S_ISUID
	}
	if m&ModeSetgid != 0 {
		mode |= syscall.S_ISGID
	}
	if m&ModeSticky != 0 {
		mode |= syscall.S_ISVTX
	}
	return mode
}

func baseName(path string) string {
	for len(path) > 1 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' && len(path) > 1 {
			return path[i+1:]
		}
	}
	return path
}

func stat(name string, op int, opName string) (FileInfo, error) {
	i := &info{name: baseName(name)}
	if _, err := pathCall(op, name, unsafe.Pointer(&i.stat), 0, 0); err != nil {
		return nil, &PathError{Op: opName, Path: name, Err: err}
	}
	return i, nil
}

// Stat describes a file; a symbolic link is followed.
func Stat(name string) (FileInfo, error) { return stat(name, opStat, "stat") }

// Lstat describes a file, or a symbolic link itself.
func Lstat(name string) (FileInfo, error) { return stat(name, opLstat, "lstat") }

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	i := new(info)
	if err := f.call("stat", opFstat, nil, unsafe.Pointer(&i.stat), 0); err != nil {
		return nil, err
	}
	i.name = baseName(f.name)
	return i, nil
}

// SameFile reports whether two descriptions, made by this package, are of the same file.
func SameFile(a, b FileInfo) bool {
	x, ok1 := a.(*info)
	y, ok2 := b.(*info)
	return ok1 && ok2 && x.stat.inode == y.stat.inode && x.stat.device == y.stat.device
}

// dirReader holds what was read of a directory and not returned yet.
type dirReader struct {
	buf      []byte
	next, n  int
}

// entry is a DirEntry.
type entry struct {
	folder string
	name   string
	mode   FileMode
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Type() FileMode             { return e.mode }
func (e *entry) Info() (FileInfo, error)    { return Lstat(e.folder + "/" + e.name) }
func (e *entry) String() string {
	if e.IsDir() {
		return "d " + e.name + "/"
	}
	return "- " + e.name
}

