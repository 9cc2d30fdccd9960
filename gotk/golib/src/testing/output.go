// SPDX-License-Identifier: BSD-3-Clause

package testing

import (
	"io"
	"sync"
)

// verboseOutput is the stream of -test.v: events and log lines as they happen. When the test that speaks changes, a line says so.
type verboseOutput struct {
	mu   sync.Mutex
	w    io.Writer
	last string // the test that spoke last
}

// event prints a line about the test.
func (v *verboseOutput) event(head, name, tail string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.last = name
	io.WriteString(v.w, head+name+tail+"\n")
}

// report prints what the test's end has to say.
func (v *verboseOutput) report(name, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.last = name
	io.WriteString(v.w, text)
}

// print prints lines of the test's log.
func (v *verboseOutput) print(name, text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.last == "" {
		v.last = name
	} else if v.last != name {
		io.WriteString(v.w, "=== NAME  "+name+"\n")
		v.last = name
	}
	io.WriteString(v.w, text)
}
