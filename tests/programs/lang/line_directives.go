// SPDX-License-Identifier: BSD-3-Clause
//
// Line directives: generated code tells in traces where it comes from. A failed index or slice is at its bracket.
package main

import (
	"fmt"
	"path/filepath"
	"runtime"
)

func where(skip int) {
	_, file, line, _ := runtime.Caller(skip + 1)
	fmt.Println(filepath.Base(file), line)
}

func panics(f func()) {
	defer func() {
		recover()
		for skip := 1; ; skip++ {
			pc, file, line, _ := runtime.Caller(skip)
			if name := runtime.FuncForPC(pc).Name(); name != "runtime.gopanic" && len(name) > 5 && name[:5] == "main." {
				fmt.Println(filepath.Base(file), line)
				return
			}
		}
	}()
	f()
}

var none []int

func main() {
	where(0)
//line grammar.y:100
	where(0)
	where(0)
	/*line other.go:7:3*/ where(0); where(0)
	where(0)
//line :50:2
	where(0)
	panics(func() {
		none /*line :900:1*/ [ /*line :800:1*/ len(none)] = 1
	})
	panics(func() {
		_ = none /*line :600:1*/ [ /*line :700:1*/ 0:1]
	})
	text := "//line no.go:1 /*line no.go:2*/"
//line generated code.go:1
	where(0)
	fmt.Println(text)
}

// Output:
// line_directives.go 34
// grammar.y 100
// grammar.y 101
// other.go 7
// other.go 7
// other.go 8
// other.go 50
// other.go 900
// other.go 600
// generated code.go 1
// //line no.go:1 /*line no.go:2*/
