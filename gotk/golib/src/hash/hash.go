// SPDX-License-Identifier: BSD-3-Clause

// Package hash has the interfaces of hash functions.
package hash

import "io"

// Hash is a running hash. Write never returns an error. Hashes of this library that can save their state implement
// encoding.BinaryMarshaler and encoding.BinaryUnmarshaler.
type Hash interface {
	io.Writer

	Sum(b []byte) []byte // appends the hash so far to b; the state stays
	Reset()
	Size() int      // bytes that Sum appends
	BlockSize() int // writes of multiples of it may be faster
}

// Hash32 is a hash of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a hash of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a hash whose state can be copied. All hashes of this library are.
type Cloner interface {
	Hash
	Clone() (Cloner, error)
}

// XOF is a hash function whose output, which one reads, may be of any length.
type XOF interface {
	io.Writer // panics after a Read
	io.Reader
	Reset()
	BlockSize() int
}
