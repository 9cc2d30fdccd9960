// SPDX-License-Identifier: BSD-3-Clause

// Package hmac is the keyed hash HMAC (RFC 2104).
package hmac

import (
	"crypto/subtle"
	"hash"
)

type hmac struct {
	inner, outer       hash.Hash
	innerKey, outerKey []byte // a block each
}

// New returns a running HMAC; h makes the hash.
func New(h func() hash.Hash, key []byte) hash.Hash {
	m := &hmac{inner: h(), outer: h()}
	size := m.inner.BlockSize()
	if len(key) > size {
		m.outer.Write(key)
		key = m.outer.Sum(nil)
	}
	m.innerKey, m.outerKey = make([]byte, size), make([]byte, size)
	copy(m.innerKey, key)
	copy(m.outerKey, key)
	for i := range size {
		m.innerKey[i] ^= 0x36
		m.outerKey[i] ^= 0x5c
	}
	m.Reset()
	return m
}

func (m *hmac) Write(p []byte) (int, error) { return m.inner.Write(p) }
func (m *hmac) Size() int                   { return m.inner.Size() }
func (m *hmac) BlockSize() int              { return m.inner.BlockSize() }

func (m *hmac) Reset() {
	m.inner.Reset()
	m.inner.Write(m.innerKey)
}

func (m *hmac) Sum(b []byte) []byte {
	m.outer.Reset()
	m.outer.Write(m.outerKey)
	m.outer.Write(m.inner.Sum(nil))
	return m.outer.Sum(b)
}

// Equal compares without telling by its time where the difference is.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }
