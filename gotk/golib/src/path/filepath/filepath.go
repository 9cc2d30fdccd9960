// SPDX-License-Identifier: BSD-3-Clause

// Package filepath takes the paths of files apart and puts them together, and walks trees of files. On the systems that this library runs on,
// they are paths with slashes, so much of it is package path.
package filepath

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

const (
	Separator     = os.PathSeparator
	ListSeparator = os.PathListSeparator
)

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// SkipDir, returned by a function of a walk, skips the directory; SkipAll ends the walk.
var (
	SkipDir error = fs.SkipDir
	SkipAll error = fs.SkipAll
)

// WalkFunc is called for each file of a Walk; err is why it could not be read.
type WalkFunc func(path string, info fs.FileInfo, err error) error

// These are package path's.
func Clean(path string) string             { return clean(path) }
func Split(path string) (dir, file string) { return split(path) }
func Join(elem ...string) string           { return path.Join(elem...) }
func Ext(path string) string               { return ext(path) }
func Base(path string) string              { return base(path) }
func Dir(path string) string               { return dir(path) }
func IsAbs(path string) bool               { return strings.HasPrefix(path, "/") }

var (
	clean = path.Clean
	split = path.Split
	ext   = path.Ext
	base  = path.Base
	dir   = path.Dir
)

// Match is path.Match.
func Match(pattern, name string) (matched bool, err error) {
	matched, err = path.Match(pattern, name)
	if err != nil {
		err = ErrBadPattern
	}
	return matched, err
}

// ToSlash returns path, whose separators are slashes.
func ToSlash(path string) string { return path }

// FromSlash returns path, whose separators are slashes.
func FromSlash(path string) string { return path }

// VolumeName returns "": there are no volumes.
func VolumeName(path string) string { return "" }

// HasPrefix is strings.HasPrefix, which knows nothing of elements.
func HasPrefix(p, prefix string) bool { return strings.HasPrefix(p, prefix) }

// SplitList cuts a list such as that of the variable PATH.
func SplitList(path string) []string {
	if path == "" {
		return []string{}
	}
	return strings.Split(path, string(ListSeparator))
}

// IsLocal reports whether path stays below where it begins, by its text.
func IsLocal(path string) bool {
	if path == "" || path[0] == '/' {
		return false
	}
	p := Clean(path)
	return p != ".." && !strings.HasPrefix(p, "../")
}

// Localize makes a path of package io/fs one of the system's.
func Localize(path string) (string, error) {
	if !fs.ValidPath(path) || strings.IndexByte(path, 0) >= 0 {
		return "", errors.New("invalid path")
	}
	return path, nil
}

// Abs returns path from the root.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return Clean(path), nil
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return Join(wd, path), nil
}

// Rel returns the path from basePath to targPath.
func Rel(basePath, targPath string) (string, error) {
	from, to := Clean(basePath), Clean(targPath)
	if from == to {
		return ".", nil
	}
	if from == "." {
		from = ""
	}
	cannot := func() (string, error) {
		return "", errors.New("Rel: can't make " + targPath + " relative to " + basePath)
	}
	if IsAbs(from) != IsAbs(to) {
		return cannot()
	}
	elements := func(p string) []string {
		p = strings.Trim(p, "/")
		if p == "" || p == "." {
			return nil
		}
		return strings.Split(p, "/")
	}
	a, b := elements(from), elements(to)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if slices.Contains(a, "..") {
		return cannot()
	}
	out := slices.Repeat([]string{".."}, len(a))
	if out = append(out, b...); len(out) == 0 {
		return ".", nil
	}
	return strings.Join(out, "/"), nil
}

// EvalSymlinks returns path with symbolic links followed.
func EvalSymlinks(path string) (string, error) {
	rest := path
	done := ""
	if IsAbs(path) {
		done = "/"
	}
	for links := 0; rest != ""; {
		var elem string
		elem, rest, _ = strings.Cut(strings.TrimLeft(rest, "/"), "/")
		if elem == "" || elem == "." {
			continue
		}
		next := Join(done, elem)
		if elem == ".." {
			if done == "" || done == ".." || strings.HasSuffix(done, "/..") {
				next = strings.TrimPrefix(done+"/..", "/")
			}
			done = next
			continue
		}
		info, err := os.Lstat(next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			if !info.IsDir() && strings.Trim(rest, "/") != "" {
				return "", syscall.ENOTDIR
			}
			done = next
			continue
		}
		if links++; links > 255 {
			return "", errors.New("EvalSymlinks: too many links")
		}
		to, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if IsAbs(to) {
			done = "/"
		}
		rest = to + "/" + rest
	}
	if done == "" {
		return ".", nil
	}
	return Clean(done), nil
}

// WalkDir calls fn for root and all below, in the order of names. It follows no links.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walkDir(root, fs.FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walkDir(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	if err := fn(path, d, nil); err != nil || !d.IsDir() {
		if err == SkipDir && d.IsDir() {
			err = nil
		}
		return err
	}
	list, err := os.ReadDir(path)
	if err != nil {
		if err = fn(path, d, err); err != nil {
			if err == SkipDir && d.IsDir() {
				err = nil
			}
			return err
		}
	}
	for _, e := range list {
		if err := walkDir(Join(path, e.Name()), e, fn); err != nil {
			if err == SkipDir {
				break
			}
			return err
		}
	}
	return nil
}

// Walk is WalkDir with the description of each file.
func Walk(root string, fn WalkFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(root, info, fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walk(path string, info fs.FileInfo, fn WalkFunc) error {
	if !info.IsDir() {
		return fn(path, info, nil)
	}
	list, err := os.ReadDir(path)
	if e := fn(path, info, err); err != nil || e != nil {
		return e // with an error of reading, fn has been told, and there is nothing to walk
	}
	for _, e := range list {
		name := Join(path, e.Name())
		info, err := os.Lstat(name)
		if err != nil {
			err = fn(name, info, err)
			if err != nil && err != SkipDir {
				return err
			}
			continue
		}
		if err := walk(name, info, fn); err != nil {
			if err != SkipDir {
				return err
			}
			if !info.IsDir() {
				return nil // the rest of this directory
			}
		}
	}
	return nil
}

// Glob returns the names of all files that match the pattern; errors of reading are ignored.
func Glob(pattern string) (matches []string, err error) {
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !strings.ContainsAny(pattern, `*?[\`) {
		if _, err := os.Lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	folder, file := Split(pattern)
	switch folder {
	case "":
		folder = "."
	case "/":
	default:
		folder = folder[:len(folder)-1]
	}
	folders := []string{folder}
	if strings.ContainsAny(folder, `*?[\`) {
		if folder == pattern {
			return nil, ErrBadPattern
		}
		if folders, err = Glob(folder); err != nil {
			return nil, err
		}
	}
	for _, d := range folders {
		info, err := os.Stat(d)
		if err != nil || !info.IsDir() {
			continue
		}
		list, _ := os.ReadDir(d)
		for _, e := range list {
			ok, err := Match(file, e.Name())
			if err != nil {
				return matches, err
			}
			if ok {
				matches = append(matches, Join(d, e.Name()))
			}
		}
	}
	return matches, nil
}
