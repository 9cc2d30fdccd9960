// SPDX-License-Identifier: BSD-3-Clause

// Package sha512 is the hash functions SHA-384, SHA-512, SHA-512/224 and SHA-512/256 (FIPS 180-4): one function, from four starts.
package sha512

import (
	"crypto"
	"errors"
	"hash"
	"unsafe"
)

// Sizes of hashes in bytes.
const (
	Size    = 64
	Size224 = 28
	Size256 = 32
	Size384 = 48
)

// BlockSize is the size of a block in bytes.
const BlockSize = 128

func init() {
	crypto.RegisterHash(crypto.SHA384, New384)
	crypto.RegisterHash(crypto.SHA512, New)
	crypto.RegisterHash(crypto.SHA512_224, New512_224)
	crypto.RegisterHash(crypto.SHA512_256, New512_256)
}

//gotk:native sha512_blocks
//gotk:noescape
func blocks(state *[8]uint64, p unsafe.Pointer, n int)

// piece bounds one call of the native, which is not preempted.
const piece = 64 << 10

type digest struct {
	state [8]uint64
	n     int // bytes of buf
	buf   [BlockSize]byte
	size  uint64 // bytes written
	kind  *kind
}

// kind is one of the four functions.
type kind struct {
	start [8]uint64
	size  int
	magic string
}

var (
	kind384 = kind{[8]uint64{0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}, Size384, "sha\x04"}
	kind224 = kind{[8]uint64{0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf, 0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1}, Size224, "sha\x05"}
	kind256 = kind{[8]uint64{0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd, 0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2}, Size256, "sha\x06"}
	kind512 = kind{[8]uint64{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}, Size, "sha\x07"}
)

func (d *digest) Reset() {
	d.state = d.kind.start
	d.n = 0
	d.size = 0
}

func start(k *kind) *digest { return &digest{state: k.start, kind: k} }

// New returns a running SHA-512.
func New() hash.Hash { return start(&kind512) }

// New384 returns a running SHA-384.
func New384() hash.Hash { return start(&kind384) }

// New512_224 returns a running SHA-512/224.
func New512_224() hash.Hash { return start(&kind224) }

// New512_256 returns a running SHA-512/256.
func New512_256() hash.Hash { return start(&kind256) }

func (d *digest) Write(p []byte) (int, error) {
	size := len(p)
	d.size += uint64(size)
	if d.n > 0 {
		k := copy(d.buf[d.n:], p)
		d.n += k
		p = p[k:]
		if d.n < BlockSize {
			return size, nil
		}
		blocks(&d.state, unsafe.Pointer(&d.buf), 1)
		d.n = 0
	}
	for len(p) >= BlockSize {
		whole := min(len(p), piece) / BlockSize
		blocks(&d.state, unsafe.Pointer(&p[0]), whole)
		p = p[whole*BlockSize:]
	}
	d.n = copy(d.buf[:], p)
	return size, nil
}

// finish adds the end mark and the length, and leaves the hash in d.state.
func (d *digest) finish() {
	d.buf[d.n] = 0x80
	clear(d.buf[d.n+1:])
	if d.n >= BlockSize-16 {
		blocks(&d.state, unsafe.Pointer(&d.buf), 1)
		clear(d.buf[:])
	}
	d.buf[BlockSize-9] = byte(d.size >> 61)
	bits := d.size << 3
	for i := range 8 {
		d.buf[BlockSize-1-i] = byte(bits)
		bits >>= 8
	}
	blocks(&d.state, unsafe.Pointer(&d.buf), 1)
}

// words appends the state.
func (d *digest) words(b []byte) []byte {
	for _, w := range d.state {
		b = append(b, byte(w>>56), byte(w>>48), byte(w>>40), byte(w>>32), byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	return b
}

func (d *digest) Sum(b []byte) []byte {
	c := *d
	c.finish()
	b = c.words(b)
	return b[:len(b)-Size+d.kind.size]
}

func (d *digest) Size() int      { return d.kind.size }
func (d *digest) BlockSize() int { return BlockSize }

func sum(k *kind, data []byte) [Size]byte {
	d := digest{state: k.start, kind: k}
	d.Write(data)
	d.finish()
	var sum [Size]byte
	d.words(sum[:0])
	return sum
}

// Sum512 returns the SHA-512 of data.
func Sum512(data []byte) [Size]byte { return sum(&kind512, data) }

// Sum384 returns the SHA-384 of data.
func Sum384(data []byte) [Size384]byte {
	s := sum(&kind384, data)
	return [Size384]byte(s[:])
}

// Sum512_224 returns the SHA-512/224 of data.
func Sum512_224(data []byte) [Size224]byte {
	s := sum(&kind224, data)
	return [Size224]byte(s[:])
}

// Sum512_256 returns the SHA-512/256 of data.
func Sum512_256(data []byte) [Size256]byte {
	s := sum(&kind256, data)
	return [Size256]byte(s[:])
}

// A saved state is magic, the state's words, the buffer (a whole block), and the length.

const savedSize = 4 + 8*8 + BlockSize + 8

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.kind.magic...)
	for _, w := range d.state {
		b = append(b, byte(w>>56), byte(w>>48), byte(w>>40), byte(w>>32), byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	b = append(b, d.buf[:d.n]...)
	b = append(b, make([]byte, BlockSize-d.n)...)
	return append(b, byte(d.size>>56), byte(d.size>>48), byte(d.size>>40), byte(d.size>>32), byte(d.size>>24), byte(d.size>>16), byte(d.size>>8), byte(d.size)), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, savedSize)) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || string(b[:4]) != d.kind.magic {
		return errors.New("crypto/sha512: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/sha512: invalid hash state size")
	}
	b = b[4:]
	for i := range d.state {
		d.state[i] = uint64(b[0])<<56 | uint64(b[1])<<48 | uint64(b[2])<<40 | uint64(b[3])<<32 | uint64(b[4])<<24 | uint64(b[5])<<16 | uint64(b[6])<<8 | uint64(b[7])
		b = b[8:]
	}
	b = b[copy(d.buf[:], b):]
	d.size = 0
	for _, c := range b {
		d.size = d.size<<8 | uint64(c)
	}
	d.n = int(d.size % BlockSize)
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
