// SPDX-License-Identifier: BSD-3-Clause

// Directories as file systems (io/fs), owners, times, and the user's folders.
package os

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall"
	"time"
	"unsafe"
)

// ErrNoHandle says that a process has no handle.
var ErrNoHandle = errors.New("os: process handle unavailable")

// IsPathSeparator reports whether c is a slash.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// dirFS is the tree below a directory.
type dirFS string

// DirFS returns the tree below dir as a file system. Links may lead out of it.
func DirFS(dir string) fs.FS { return dirFS(dir) }

// full returns the system's path of a name.
func (d dirFS) full(op, name string) (string, error) {
	if d == "" {
		return "", &PathError{Op: op, Path: name, Err: errors.New("os: DirFS with empty root")}
	}
	if !fs.ValidPath(name) {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	return string(d) + "/" + name, nil
}

// short gives an error the name that the file system knows.
func short(err error, name string) error {
	if e, ok := err.(*PathError); ok {
		e.Path = name
	}
	return err
}

func (d dirFS) Open(name string) (fs.File, error) {
	full, err := d.full("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

func (d dirFS) ReadFile(name string) ([]byte, error) {
	full, err := d.full("readfile", name)
	if err != nil {
		return nil, err
	}
	b, err := ReadFile(full)
	return b, short(err, name)
}

func (d dirFS) ReadDir(name string) ([]DirEntry, error) {
	full, err := d.full("readdir", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(full)
	return list, short(err, name)
}

func (d dirFS) Stat(name string) (FileInfo, error) {
	full, err := d.full("stat", name)
	if err != nil {
		return nil, err
	}
	info, err := Stat(full)
	return info, short(err, name)
}

func (d dirFS) Lstat(name string) (FileInfo, error) {
	full, err := d.full("lstat", name)
	if err != nil {
		return nil, err
	}
	info, err := Lstat(full)
	return info, short(err, name)
}

func (d dirFS) ReadLink(name string) (string, error) {
	full, err := d.full("readlink", name)
	if err != nil {
		return "", err
	}
	to, err := Readlink(full)
	return to, short(err, name)
}

// CopyFS copies a file system into the directory dir, which it makes if need be. It overwrites nothing.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := path.Join(dir, name)
		switch d.Type() {
		case ModeDir:
			return MkdirAll(to, 0o777)
		case ModeSymlink:
			target, err := fs.ReadLink(fsys, name)
			if err != nil {
				return err
			}
			return Symlink(target, to)
		case 0:
			return copyFile(to, fsys, name)
		}
		return &PathError{Op: "CopyFS", Path: name, Err: ErrInvalid}
	})
}

func copyFile(to string, fsys fs.FS, name string) error {
	r, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		return err
	}
	w, err := OpenFile(to, O_CREATE|O_EXCL|O_WRONLY, 0o666|info.Mode()&0o777)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		w.Close()
		return &PathError{Op: "Copy", Path: to, Err: err}
	}
	return w.Close()
}

// Chtimes sets when a file was read and written last. A zero time leaves that as it is.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	const omit = 1<<30 - 2 // UTIME_OMIT
	var times [4]int64
	for i, t := range []time.Time{atime, mtime} {
		if t.IsZero() {
			times[2*i+1] = omit
		} else {
			times[2*i], times[2*i+1] = t.Unix(), int64(t.Nanosecond())
		}
	}
	_, err := pathCall(opUtimens, name, unsafe.Pointer(&times), 0, 0)
	return pathError("chtimes", name, err)
}

// Chown sets a file's owner and group, -1 for no change.
func Chown(name string, uid, gid int) error {
	_, err := pathCall(opChown, name, nil, uid, gid)
	return pathError("chown", name, err)
}

// Lchown is Chown for the link itself.
func Lchown(name string, uid, gid int) error {
	_, err := pathCall(opLchown, name, nil, uid, gid)
	return pathError("lchown", name, err)
}

// Chown sets the owner and group, -1 for no change.
func (f *File) Chown(uid, gid int) error {
	return f.call("chown", opFchown, nil, nil, int(uint32(uid))|gid<<32)
}

// Chmod sets the permissions.
func (f *File) Chmod(mode FileMode) error {
	return f.call("chmod", opFchmod, nil, nil, int(systemMode(mode)))
}

// Chdir makes the directory the current one.
func (f *File) Chdir() error { return f.call("chdir", opFchdir, nil, nil, 0) }

// Readdir is ReadDir with the description of each file; those that are gone are left out.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	list, err := f.ReadDir(n)
	infos := make([]FileInfo, 0, len(list))
	for _, e := range list {
		info, e := e.Info()
		if errors.Is(e, ErrNotExist) {
			continue
		}
		if e != nil {
			return infos, e
		}
		infos = append(infos, info)
	}
	return infos, err
}

// fileWriter and fileReader are a File without ReadFrom and WriteTo.
type (
	fileWriter struct{ f *File }
	fileReader struct{ f *File }
)

func (w fileWriter) Write(b []byte) (int, error) { return w.f.Write(b) }
func (r fileReader) Read(b []byte) (int, error)  { return r.f.Read(b) }

// ReadFrom writes all that r has.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	return io.Copy(fileWriter{f}, r)
}

// WriteTo writes the rest of the file to w.
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	return io.Copy(w, fileReader{f})
}

// Getgroups returns the groups of the process.
func Getgroups() ([]int, error) {
	n, errno := nativeCall(opGetgroups, nil, nil, 0, 0)
	if errno != 0 {
		return nil, NewSyscallError("getgroups", syscall.Errno(errno))
	}
	raw := make([]uint32, n+1)
	if n, errno = nativeCall(opGetgroups, unsafe.Pointer(&raw[0]), nil, len(raw), 0); errno != 0 {
		return nil, NewSyscallError("getgroups", syscall.Errno(errno))
	}
	groups := make([]int, n)
	for i := range groups {
		groups[i] = int(raw[i])
	}
	return groups, nil
}

// userDir returns the folder that a variable names, or one of the home directory.
func userDir(variable, below string) (string, error) {
	if dir := Getenv(variable); dir != "" {
		if dir[0] != '/' {
			return "", errors.New("path in $" + variable + " is relative")
		}
		return dir, nil
	}
	home := Getenv("HOME")
	if home == "" {
		return "", errors.New("neither $" + variable + " nor $HOME are defined")
	}
	return home + below, nil
}

// UserCacheDir returns the folder for caches.
func UserCacheDir() (string, error) { return userDir("XDG_CACHE_HOME", "/.cache") }

// UserConfigDir returns the folder for settings.
func UserConfigDir() (string, error) { return userDir("XDG_CONFIG_HOME", "/.config") }
