// SPDX-License-Identifier: BSD-3-Clause

// Paths taken apart and put together, patterns, walks over a tree of files; HMACs and random numbers.
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"io/ioutil"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	paths := []string{"", ".", "..", "/", "//", "a", "a/", "/a", "a/b", "a//b", "a/./b", "a/../b", "../a", "../../a", "/../a", "a/../..", "a/b/../../..", "./a", "a/.", "a/..", "x.tar.gz", "/x.y/z", ".profile", "a/.b", "a.b/", "/a/b/c/", "a/b/c/../../d", "/..", "/./", "abc/def", "///a///b///"}
	for _, p := range paths {
		dir, file := path.Split(p)
		fmt.Printf("%q: %q %q %q %q %q %q %v", p, path.Clean(p), dir, file, path.Base(p), path.Dir(p), path.Ext(p), path.IsAbs(p))
		fmt.Printf(" %q %q %q %v\n", filepath.Clean(p), filepath.Base(p), filepath.Dir(p), filepath.IsLocal(p))
		for _, q := range paths[:18] {
			r, err := filepath.Rel(q, p)
			fmt.Printf("%q %q %q %v;", path.Join(p, q), path.Join("", p, "", q), r, err)
		}
		fmt.Println()
	}
	patterns := []string{"", "*", "a*", "*a", "a?c", "[abc]", "[^abc]*", "[a-c]x", "a[", "[a-]", "[]a]", `\*`, `a\`, "*/*", "a*b*c", "[x-z]*.go", "*.g?", "?", "**", "a**b", "[^]", "*[", "日*", "[日本]", "a/[bc]", "-", "[-]", "[a", "x[\\-y]", "*x*y*z*"}
	names := []string{"", "a", "abc", "b", "ax", "bx", "*", "a/b", "a/c", "main.go", "axbxc", "zz.go", "日本", "本", "-", "x-", "axxyyzz", "a]", "aab"}
	for _, p := range patterns {
		for _, n := range names {
			ok, err := path.Match(p, n)
			ok2, err2 := filepath.Match(p, n)
			fmt.Print(ok, err, ok2, err2, " ")
		}
		fmt.Println(p)
	}
	fmt.Printf("%q %q\n", filepath.SplitList("/a:/b::"), filepath.SplitList(""))

	root, err := os.MkdirTemp("", "paths")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(root)
	for _, name := range []string{"a/b/one.txt", "a/two.go", "a/c/three.go", "z.go", "d/e/f/g/deep.txt"} {
		full := filepath.Join(root, name)
		os.MkdirAll(filepath.Dir(full), 0o755)
		if err := ioutil.WriteFile(full, []byte(strings.Repeat(name, 3)), 0o640); err != nil {
			panic(err)
		}
	}
	os.Symlink("a/b", filepath.Join(root, "link"))
	os.Symlink("nowhere", filepath.Join(root, "broken"))
	short := func(p string) string { return strings.ReplaceAll(p, root, "ROOT") }
	filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		fmt.Println(short(p), d.IsDir(), d.Type(), err, strings.ReplaceAll(fs.FormatDirEntry(d), filepath.Base(root), "ROOT"))
		if d.Name() == "e" {
			return filepath.SkipDir
		}
		return nil
	})
	filepath.Walk(root, func(p string, info fs.FileInfo, err error) error {
		fmt.Println(short(p), info.IsDir(), info.Mode()&fs.ModeType, err)
		if info.Name() == "three.go" {
			return filepath.SkipAll
		}
		return nil
	})
	fmt.Println(filepath.Walk(root+"/none", func(p string, info fs.FileInfo, err error) error { return errors.New("none: " + short(err.Error())) }))
	for _, p := range []string{"/*", "/*/*.go", "/a/?/*", "/z.go", "/none", "/d/*/*/*/*.txt", "/["} {
		list, err := filepath.Glob(root + p)
		fmt.Println(p, short(fmt.Sprint(list)), err)
	}
	for _, p := range []string{"/link/one.txt", "/link/../two.go", "/broken", "/a/two.go/x", "/none"} {
		to, err := filepath.EvalSymlinks(root + p)
		fmt.Println(p, short(to), short(fmt.Sprint(err)))
	}
	tree := os.DirFS(root)
	sub, err := fs.Sub(tree, "a")
	fmt.Println(err)
	data, err := fs.ReadFile(sub, "b/one.txt")
	fmt.Println(string(data), err)
	_, err = fs.ReadFile(sub, "b/two.txt")
	fmt.Println(err)
	_, err = fs.ReadFile(sub, "../z.go")
	fmt.Println(err)
	list, err := fs.Glob(sub, "*/*.*")
	fmt.Println(list, err)
	list, err = fs.Glob(tree, "*/*")
	fmt.Println(list, err)
	fs.WalkDir(sub, ".", func(p string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		fmt.Println(p, info.IsDir(), info.Mode(), err)
		return nil
	})
	infos, err := ioutil.ReadDir(root)
	for _, i := range infos {
		fmt.Print(i.Name(), " ")
	}
	fmt.Println(err)

	os.Remove(filepath.Join(root, "broken"))
	copied := filepath.Join(root, "copied")
	fmt.Println(os.CopyFS(copied, sub), errors.Is(os.CopyFS(copied, sub), fs.ErrExist))
	one := filepath.Join(copied, "b/one.txt")
	when := time.Date(2001, 2, 3, 4, 5, 6, 7000, time.UTC)
	fmt.Println(os.Chtimes(one, time.Time{}, when), os.Chown(one, -1, -1), os.Lchown(one, -1, -1))
	file, err := os.OpenFile(one, os.O_RDWR, 0)
	fmt.Println(err, file.Chmod(0o604), file.Chown(-1, -1))
	info, err := file.Stat()
	fmt.Println(info.ModTime().UTC(), info.Mode(), fs.FormatFileInfo(info)[:20], err)
	k, err := file.WriteTo(os.Stdout)
	fmt.Println(k, err)
	k, err = file.ReadFrom(strings.NewReader("more"))
	fmt.Println(k, err, file.Close(), file.Close() != nil)
	folder, err := os.Open(copied)
	fmt.Println(err, folder.Chdir())
	here, err := os.ReadFile("b/one.txt")
	fmt.Println(string(here), err)
	list2, err := folder.Readdir(-1)
	fmt.Println(len(list2), err)
	_, err = os.Getgroups()
	fmt.Println(err, os.IsPathSeparator('/'), os.Chtimes("none", when, when), os.DirFS("").(fs.StatFS) != nil)
	os.Setenv("XDG_CACHE_HOME", "relative")
	fmt.Println(os.UserCacheDir())
	os.Setenv("XDG_CONFIG_HOME", "/conf")
	fmt.Println(os.UserConfigDir())

	for _, key := range []string{"", "key", strings.Repeat("long", 50)} {
		m := hmac.New(sha256.New, []byte(key))
		m.Write([]byte("The quick brown fox"))
		a := m.Sum(nil)
		m.Write([]byte(" jumps"))
		b := m.Sum([]byte("x"))
		m.Reset()
		fmt.Printf("%x %x %x\n", a, b, m.Sum(nil))
		n := hmac.New(sha512.New384, []byte(key))
		n.Write(a)
		fmt.Printf("%x %d %d %v\n", n.Sum(nil), n.Size(), n.BlockSize(), hmac.Equal(a, b))
	}
	fmt.Println(subtle.ConstantTimeCompare([]byte("ab"), []byte("ab")), subtle.ConstantTimeCompare([]byte("ab"), []byte("ac")), subtle.ConstantTimeSelect(1, 5, 6), subtle.ConstantTimeEq(-1, -1), subtle.ConstantTimeLessOrEq(3, 2), subtle.ConstantTimeLessOrEq(2, 2))
	buf := make([]byte, 64)
	n, err := rand.Read(buf)
	zero := 0
	for _, c := range buf {
		if c == 0 {
			zero++
		}
	}
	fmt.Println(n, err, zero < 10, len(rand.Text()), rand.Text() != rand.Text())
	p, err := rand.Prime(rand.Reader, 128)
	fmt.Println(p.BitLen(), p.ProbablyPrime(5), err)
	limit := big.NewInt(1000)
	for range 1000 {
		if v, err := rand.Int(rand.Reader, limit); err != nil || v.Sign() < 0 || v.Cmp(limit) >= 0 {
			fmt.Println("out of range", v, err)
		}
	}
}
