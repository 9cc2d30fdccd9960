// SPDX-License-Identifier: BSD-3-Clause

// Package maphash hashes bytes and comparable values as maps do: fast, spread over 64 bits, and different with each seed.
package maphash

import (
	"hash"
	"internal/rtype"
	"unsafe"
)

// Seed selects a function of the family. The zero Seed is not valid.
type Seed struct {
	s uint64 // never 0
}

//gotk:native fastrand64
func fastrand64() uint64

//gotk:native typehash
func typehash(t *rtype.Type, p unsafe.Pointer, seed uint64) uint64

// MakeSeed returns a random seed.
func MakeSeed() Seed {
	for {
		if s := fastrand64(); s != 0 {
			return Seed{s}
		}
	}
}

// hashBytes is the hash of a string, which is that of its bytes.
func hashBytes(b []byte, seed uint64) uint64 {
	s := unsafe.String(unsafe.SliceData(b), len(b))
	return typehash(rtype.TypeOf(s), unsafe.Pointer(&s), seed)
}

// Sums do not depend on how the input was cut, as it is hashed in pieces of a fixed size.
const piece = 128

// Hash is a running hash; the zero Hash takes a random seed when first used.
type Hash struct {
	_     [0]func() // not comparable
	seed  Seed
	state uint64 // of the whole pieces so far
	n     int
	buf   [piece]byte
}

// start gives a zero Hash its seed.
func (h *Hash) start() {
	if h.seed.s == 0 {
		h.seed = MakeSeed()
		h.state = h.seed.s
	}
}

// rest ends a hash with the last, perhaps empty, part.
func rest(b []byte, state uint64) uint64 { return hashBytes(b, state) }

func valid(seed Seed) uint64 {
	if seed.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
	return seed.s
}

// Bytes returns the hash of b, as a Hash would.
func Bytes(seed Seed, b []byte) uint64 {
	state := valid(seed)
	for len(b) >= piece {
		state = hashBytes(b[:piece], state)
		b = b[piece:]
	}
	return rest(b, state)
}

// String is Bytes for a string.
func String(seed Seed, s string) uint64 {
	return Bytes(seed, unsafe.Slice(unsafe.StringData(s), len(s)))
}

// Write adds b. It never fails.
func (h *Hash) Write(b []byte) (int, error) {
	h.start()
	size := len(b)
	if h.n > 0 {
		k := copy(h.buf[h.n:], b)
		h.n += k
		b = b[k:]
		if h.n < piece {
			return size, nil
		}
		h.state = hashBytes(h.buf[:], h.state)
		h.n = 0
	}
	for len(b) >= piece {
		h.state = hashBytes(b[:piece], h.state)
		b = b[piece:]
	}
	h.n = copy(h.buf[:], b)
	return size, nil
}

// WriteString adds s. It never fails.
func (h *Hash) WriteString(s string) (int, error) {
	return h.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
}

// WriteByte adds c. It never fails.
func (h *Hash) WriteByte(c byte) error {
	h.start()
	h.buf[h.n] = c
	if h.n++; h.n == piece {
		h.state = hashBytes(h.buf[:], h.state)
		h.n = 0
	}
	return nil
}

// Seed returns the seed.
func (h *Hash) Seed() Seed {
	h.start()
	return h.seed
}

// SetSeed sets the seed and discards what was added.
func (h *Hash) SetSeed(seed Seed) {
	h.state = valid(seed)
	h.seed = seed
	h.n = 0
}

// Reset discards what was added.
func (h *Hash) Reset() {
	h.start()
	h.state = h.seed.s
	h.n = 0
}

// Sum64 returns the hash of what was added.
func (h *Hash) Sum64() uint64 {
	h.start()
	return rest(h.buf[:h.n], h.state)
}

// Sum appends the hash.
func (h *Hash) Sum(b []byte) []byte {
	v := h.Sum64()
	return append(b, byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

// Size returns 8.
func (h *Hash) Size() int { return 8 }

// BlockSize returns the size of a piece.
func (h *Hash) BlockSize() int { return piece }

// Clone returns a copy.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.start()
	c := &Hash{seed: h.seed, state: h.state, n: h.n, buf: h.buf}
	return c, nil
}

// Comparable returns the hash of v: equal values have equal hashes. It panics if v holds what cannot be compared.
func Comparable[T comparable](seed Seed, v T) uint64 {
	return typehash(rtype.TypeOf((*T)(nil)).Elem(), unsafe.Pointer(&v), valid(seed))
}

// WriteComparable adds x to what h hashes.
func WriteComparable[T comparable](h *Hash, x T) {
	v := Comparable(h.Seed(), x)
	h.Write([]byte{byte(v >> 56), byte(v >> 48), byte(v >> 40), byte(v >> 32), byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)})
}

// Hasher is how a hash table sees its elements: equal ones must have equal hashes.
type Hasher[T any] interface {
	Hash(*Hash, T)
	Equal(x, y T) bool
}

// ComparableHasher is the Hasher of ==.
type ComparableHasher[T comparable] struct {
	_ [0]func(T)
}

// Hash adds v to h.
func (ComparableHasher[T]) Hash(h *Hash, v T) { WriteComparable(h, v) }

// Equal is x == y.
func (ComparableHasher[T]) Equal(x, y T) bool { return x == y }
