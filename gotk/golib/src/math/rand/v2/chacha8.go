// SPDX-License-Identifier: BSD-3-Clause

// ChaCha8: a cryptographic generator.
package rand

import "errors"

// ChaCha8 is the generator of the C2SP specification chacha8rand: ChaCha with 8 rounds, four blocks at a time with their
// words interleaved; of the 1024 bytes that a key gives, the last 32 are the next key.
type ChaCha8 struct {
	buf     [32]uint64 // four blocks
	seed    [4]uint64  // the key, little endian
	i       int        // next word of buf
	n       int        // words of buf that are output: 32, or 28 when the key comes behind
	counter uint32     // of the first of the four blocks: 0, 4, 8, 12

	readBuf [8]byte // bytes for Read: the last readLen of them are left
	readLen int
}

// NewChaCha8 returns a generator with this seed.
func NewChaCha8(seed [32]byte) *ChaCha8 {
	c := new(ChaCha8)
	c.Seed(seed)
	return c
}

// Seed starts the sequence that belongs to seed.
func (c *ChaCha8) Seed(seed [32]byte) {
	for i := range c.seed {
		x := uint64(0)
		for j := 7; j >= 0; j-- {
			x = x<<8 | uint64(seed[8*i+j])
		}
		c.seed[i] = x
	}
	c.counter = 0
	c.readLen = 0
	c.block()
	c.i, c.n = 0, 32
}

func quarter(a, b, c, d uint32) (uint32, uint32, uint32, uint32) {
	a += b
	d ^= a
	d = d<<16 | d>>16
	c += d
	b ^= c
	b = b<<12 | b>>20
	a += b
	d ^= a
	d = d<<8 | d>>24
	c += d
	b ^= c
	b = b<<7 | b>>25
	return a, b, c, d
}

// block fills buf with four blocks; only the key is added to the result of the rounds.
func (c *ChaCha8) block() {
	var key [8]uint32
	for i, x := range c.seed {
		key[2*i], key[2*i+1] = uint32(x), uint32(x>>32)
	}
	var words [16][4]uint32
	for lane := uint32(0); lane < 4; lane++ {
		x0, x1, x2, x3 := uint32(0x61707865), uint32(0x3320646e), uint32(0x79622d32), uint32(0x6b206574)
		x4, x5, x6, x7 := key[0], key[1], key[2], key[3]
		x8, x9, x10, x11 := key[4], key[5], key[6], key[7]
		x12, x13, x14, x15 := c.counter+lane, uint32(0), uint32(0), uint32(0)
		for round := 0; round < 4; round++ {
			x0, x4, x8, x12 = quarter(x0, x4, x8, x12)
			x1, x5, x9, x13 = quarter(x1, x5, x9, x13)
			x2, x6, x10, x14 = quarter(x2, x6, x10, x14)
			x3, x7, x11, x15 = quarter(x3, x7, x11, x15)
			x0, x5, x10, x15 = quarter(x0, x5, x10, x15)
			x1, x6, x11, x12 = quarter(x1, x6, x11, x12)
			x2, x7, x8, x13 = quarter(x2, x7, x8, x13)
			x3, x4, x9, x14 = quarter(x3, x4, x9, x14)
		}
		words[0][lane], words[1][lane], words[2][lane], words[3][lane] = x0, x1, x2, x3
		words[4][lane], words[5][lane], words[6][lane], words[7][lane] = x4+key[0], x5+key[1], x6+key[2], x7+key[3]
		words[8][lane], words[9][lane], words[10][lane], words[11][lane] = x8+key[4], x9+key[5], x10+key[6], x11+key[7]
		words[12][lane], words[13][lane], words[14][lane], words[15][lane] = x12, x13, x14, x15
	}
	for i := range words {
		c.buf[2*i] = uint64(words[i][0]) | uint64(words[i][1])<<32
		c.buf[2*i+1] = uint64(words[i][2]) | uint64(words[i][3])<<32
	}
}

// refill makes the next four blocks.
func (c *ChaCha8) refill() {
	c.counter += 4
	if c.counter == 16 {
		copy(c.seed[:], c.buf[28:])
		c.counter = 0
	}
	c.block()
	c.i, c.n = 0, 32
	if c.counter == 12 {
		c.n = 28
	}
}

// Uint64 returns the next number.
func (c *ChaCha8) Uint64() uint64 {
	if c.i >= c.n {
		c.refill()
	}
	x := c.buf[c.i]
	c.i++
	return x
}

// Read fills p; the error is always nil.
func (c *ChaCha8) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if c.readLen == 0 {
			x := c.Uint64()
			for i := range c.readBuf {
				c.readBuf[i] = byte(x >> uint(8*i))
			}
			c.readLen = 8
		}
		k := copy(p[n:], c.readBuf[8-c.readLen:])
		n += k
		c.readLen -= k
	}
	return n, nil
}

// AppendBinary appends the state.
func (c *ChaCha8) AppendBinary(b []byte) ([]byte, error) {
	if c.readLen > 0 {
		b = append(b, "readbuf:"...)
		b = append(b, byte(c.readLen))
		b = append(b, c.readBuf[8-c.readLen:]...)
	}
	b = append(b, "chacha8:"...)
	b = appendUint64(b, uint64(c.counter)/4*32+uint64(c.i))
	for _, x := range c.seed {
		for i := 0; i < 8; i++ {
			b = append(b, byte(x>>uint(8*i)))
		}
	}
	return b, nil
}

// MarshalBinary returns the state.
func (c *ChaCha8) MarshalBinary() ([]byte, error) { return c.AppendBinary(make([]byte, 0, 64)) }

// UnmarshalBinary restores a state.
func (c *ChaCha8) UnmarshalBinary(data []byte) error {
	bad := errors.New("invalid ChaCha8 Read buffer encoding")
	readLen := 0
	if len(data) >= 8 && string(data[:8]) == "readbuf:" {
		data = data[8:]
		if len(data) == 0 || int(data[0]) > 8 || len(data) < 1+int(data[0]) {
			return bad
		}
		readLen = int(data[0])
		copy(c.readBuf[8-readLen:], data[1:1+readLen])
		data = data[1+readLen:]
	}
	if len(data) != 48 || string(data[:8]) != "chacha8:" {
		return errors.New("invalid ChaCha8 encoding")
	}
	used := readUint64(data[8:])
	if used > 4*32-4 {
		return errors.New("invalid ChaCha8 encoding")
	}
	var seed [32]byte
	copy(seed[:], data[16:])
	c.Seed(seed)
	c.readLen = readLen
	for uint64(c.counter)/4*32+32 < used || used >= 32 && uint64(c.counter)/4*32+32 == used {
		c.refill()
	}
	c.i = int(used - uint64(c.counter)/4*32)
	return nil
}
