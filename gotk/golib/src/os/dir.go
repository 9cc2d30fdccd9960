// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"io"
	"syscall"
	"unsafe"
)

// Reading and changing directories.

// direntTypes maps the kinds of Linux's directory entries.
func direntMode(kind byte) (mode FileMode, known bool) {
	switch kind {
	case 1:
		return ModeNamedPipe, true
	case 2:
		return ModeDevice | ModeCharDevice, true
	case 4:
		return ModeDir, true
	case 6:
		return ModeDevice, true
	case 8:
		return 0, true
	case 10:
		return ModeSymlink, true
	case 12:
		return ModeSocket, true
	}
	return 0, false
}

// nextEntry returns the directory's next entry, or nil at the end.
func (f *File) nextEntry() (*entry, error) {
	if f.dir == nil {
		f.dir = &dirReader{buf: make([]byte, 8192)}
	}
	d := f.dir
	for {
		if d.next >= d.n {
			n, errno := nativeCall(opGetdents, unsafe.Pointer(&d.buf[0]), nil, f.fd.Sysfd, len(d.buf))
			if errno != 0 {
				return nil, f.fail("readdirent", errnoError(errno))
			}
			d.next, d.n = 0, n
			if n <= 0 {
				return nil, nil
			}
		}
		// inode 8, offset 8, length 2, kind 1, name
		record := d.buf[d.next:d.n]
		length := int(record[16]) | int(record[17])<<8
		d.next += length
		name := record[19:length]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		if string(name) == "." || string(name) == ".." {
			continue
		}
		e := &entry{folder: f.name, name: string(name)}
		mode, known := direntMode(record[18])
		if !known {
			info, err := e.Info()
			if err != nil {
				if IsNotExist(err) {
					continue // gone in between
				}
				return nil, err
			}
			mode = info.Mode().Type()
		}
		e.mode = mode
		return e, nil
	}
}

// ReadDir returns up to n entries of the directory, in its own order, and io.EOF at the end; all that are left if n <= 0.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	if err := f.begin(); err != nil {
		return nil, f.fail("readdir", err)
	}
	defer f.end()
	list := []DirEntry{}
	for n <= 0 || len(list) < n {
		e, err := f.nextEntry()
		if err != nil {
			return list, err
		}
		if e == nil {
			if n > 0 && len(list) == 0 {
				return list, io.EOF
			}
			break
		}
		list = append(list, e)
	}
	return list, nil
}

// Readdirnames is ReadDir for names only.
func (f *File) Readdirnames(n int) (names []string, err error) {
	list, err := f.ReadDir(n)
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names, err
}

// ReadDir returns the directory's entries, sorted by name.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	sortEntries(list)
	return list, err
}

// sortEntries sorts by name: heap sort, since directories can be large and this package imports little.
func sortEntries(a []DirEntry) {
	sift := func(root, n int) {
		for {
			kid := 2*root + 1
			if kid >= n {
				return
			}
			if kid+1 < n && a[kid].Name() < a[kid+1].Name() {
				kid++
			}
			if a[root].Name() >= a[kid].Name() {
				return
			}
			a[root], a[kid] = a[kid], a[root]
			root = kid
		}
	}
	for i := len(a)/2 - 1; i >= 0; i-- {
		sift(i, len(a))
	}
	for n := len(a) - 1; n > 0; n-- {
		a[0], a[n] = a[n], a[0]
		sift(0, n)
	}
}

func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &PathError{Op: op, Path: path, Err: err}
}

// Remove removes a file or an empty directory.
func Remove(name string) error {
	_, err := pathCall(opUnlink, name, nil, 0, 0)
	if err == nil {
		return nil
	}
	_, err2 := pathCall(opRmdir, name, nil, 0, 0)
	if err2 == nil {
		return nil
	}
	if err2 != error(syscall.ENOTDIR) { // else the first error says what is wrong with the file
		err = err2
	}
	return pathError("remove", name, err)
}

// RemoveAll removes a path and everything below it. It is no error if there is nothing.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if len(path) >= 1 && path[len(path)-1] == '.' && (len(path) == 1 || path[len(path)-2] == '/') {
		return pathError("RemoveAll", path, syscall.EINVAL)
	}
	err := Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	info, serr := Lstat(path)
	if serr != nil {
		if IsNotExist(serr) {
			return nil
		}
		return serr
	}
	if !info.IsDir() {
		return err
	}
	list, rerr := ReadDir(path)
	for _, e := range list {
		if e1 := RemoveAll(path + "/" + e.Name()); e1 != nil && rerr == nil {
			rerr = e1
		}
	}
	err = Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	if rerr != nil {
		return rerr
	}
	return err
}

// Mkdir makes a directory.
func Mkdir(name string, perm FileMode) error {
	_, err := pathCall(opMkdir, name, nil, int(systemMode(perm)), 0)
	return pathError("mkdir", name, err)
}

// MkdirAll makes a directory and those above it. It is no error if it is there already.
func MkdirAll(path string, perm FileMode) error {
	if info, err := Stat(path); err == nil {
		if info.IsDir() {
			return nil
		}
		return pathError("mkdir", path, syscall.ENOTDIR)
	}
	end := len(path)
	for end > 0 && path[end-1] == '/' {
		end--
	}
	for end > 0 && path[end-1] != '/' {
		end--
	}
	if end > 1 {
		if err := MkdirAll(path[:end-1], perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err != nil {
		if info, e := Lstat(path); e == nil && info.IsDir() {
			return nil
		}
	}
	return err
}

// Rename moves a file; one that is there is replaced.
func Rename(oldpath, newpath string) error {
	if info, err := Lstat(newpath); err == nil && info.IsDir() {
		if old, err := Lstat(oldpath); err != nil {
			return &LinkError{"rename", oldpath, newpath, inner(err)}
		} else if newpath == oldpath || !SameFile(info, old) {
			return &LinkError{"rename", oldpath, newpath, syscall.EEXIST}
		}
	}
	return linkError("rename", opRename, oldpath, newpath)
}

func linkError(name string, op int, a, b string) error {
	if err := twoPaths(op, a, b); err != nil {
		return &LinkError{name, a, b, err}
	}
	return nil
}

// Symlink makes newname a symbolic link to oldname.
func Symlink(oldname, newname string) error { return linkError("symlink", opSymlink, oldname, newname) }

// Link makes newname another name of the file oldname.
func Link(oldname, newname string) error { return linkError("link", opLink, oldname, newname) }

// Readlink returns where a symbolic link leads.
func Readlink(name string) (string, error) {
	for size := 128; ; size *= 2 {
		buf := make([]byte, size)
		n, err := pathCall(opReadlink, name, unsafe.Pointer(&buf[0]), size, 0)
		if err != nil {
			return "", pathError("readlink", name, err)
		}
		if n < size {
			return string(buf[:n]), nil
		}
	}
}

// Chmod changes the file's permissions.
func Chmod(name string, mode FileMode) error {
	_, err := pathCall(opChmod, name, nil, int(systemMode(mode)), 0)
	return pathError("chmod", name, err)
}

// Truncate changes the file's size.
func Truncate(name string, size int64) error {
	_, err := pathCall(opTruncate, name, nil, int(size), 0)
	return pathError("truncate", name, err)
}

// Chdir changes the working directory.
func Chdir(dir string) error {
	_, err := pathCall(opChdir, dir, nil, 0, 0)
	return pathError("chdir", dir, err)
}

// Getwd returns the working directory.
func Getwd() (dir string, err error) {
	buf := make([]byte, 4096)
	n, errno := nativeCall(opGetcwd, unsafe.Pointer(&buf[0]), nil, len(buf), 0)
	if errno != 0 {
		return "", NewSyscallError("getwd", errnoError(errno))
	}
	return string(buf[:n]), nil
}

// UserHomeDir returns the user's home directory.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "", textError("$HOME is not defined")
}

// TempDir is where temporary files go.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

//gotk:native fastrand64
func random() uint64

// tempName splits the pattern at its last star; a random number goes in between.
func tempName(dir, pattern string, try func(name string) error) error {
	if dir == "" {
		dir = TempDir()
	}
	prefix, suffix := pattern, ""
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '/' {
			return textError("pattern contains path separator")
		}
		if pattern[i] == '*' {
			prefix, suffix = pattern[:i], pattern[i+1:]
		}
	}
	for tries := 0; ; tries++ {
		var digits [10]byte
		v := random()
		for i := range digits {
			digits[i] = byte('0' + v%10)
			v /= 10
		}
		err := try(dir + "/" + prefix + string(digits[:]) + suffix)
		if err == nil || !IsExist(err) || tries > 10000 {
			return err
		}
	}
}

// CreateTemp makes a file with a name of its own in dir, or in TempDir if dir is empty.
func CreateTemp(dir, pattern string) (*File, error) {
	var f *File
	err := tempName(dir, pattern, func(name string) (err error) {
		f, err = OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		return err
	})
	return f, err
}

// MkdirTemp makes a directory with a name of its own.
func MkdirTemp(dir, pattern string) (string, error) {
	made := ""
	err := tempName(dir, pattern, func(name string) error {
		made = name
		return Mkdir(name, 0700)
	})
	if err != nil {
		return "", err
	}
	return made, nil
}
