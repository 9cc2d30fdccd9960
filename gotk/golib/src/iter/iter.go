// SPDX-License-Identifier: BSD-3-Clause

// Package iter names the types of functions that a for statement can range over, and turns them into functions that return the next value.
package iter

// Seq passes values to yield one by one, until there are no more or yield returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 passes pairs of values to yield one by one, until there are no more or yield returns false.
type Seq2[K, V any] func(yield func(K, V) bool)
