// SPDX-License-Identifier: BSD-3-Clause

// Package gotk lets a program talk to the notebook that runs it.
//
// The same package serves all runtimes of gotk. In a program that runs outside of gotk, its functions do nothing.
package gotk

import "gotk/internal/cell"

// Record adds one row to the run's table of records: a number (of any integer or float type, a bool counts as 0 or 1) or a
// string, under a name of the program's choice, with the time since the start. It may be called from any goroutine; the rows
// survive whatever ends the program. A value of another type is a panic.
func Record(name string, value any) {
	cell.Record(name, value)
}

// Seed returns the seed given to this run, or 0 if none was: for programs that want their own randomness to repeat with it.
func Seed() int64 {
	return cell.Seed()
}
