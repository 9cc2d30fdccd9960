// SPDX-License-Identifier: BSD-3-Clause

// Package crc64 is the cyclic redundancy check of 64 bits, eight bytes at a time by tables that are made when first used.
package crc64

import (
	"errors"
	"hash"
	"sync"
)

// Size is the size of a checksum in bytes.
const Size = 8

// Polynomials, the lowest power in the highest bit.
const (
	ISO  = 0xD800000000000000
	ECMA = 0xC96C5795D7870F42
)

// Table is what stands for a polynomial: the remainders of all bytes.
type Table [256]uint64

// slicing[k][b] is the remainder of byte b with k zero bytes behind it.
type slicing [8]Table

// Those of the known polynomials are kept.
var known struct {
	sync.Once
	iso, ecma *slicing
}

func makeKnown() {
	known.iso = slicingOf(fill(new(Table), ISO))
	known.ecma = slicingOf(fill(new(Table), ECMA))
}

func fill(t *Table, poly uint64) *Table {
	for i := range t {
		crc := uint64(i)
		for range 8 {
			crc = crc>>1 ^ poly&-(crc&1)
		}
		t[i] = crc
	}
	return t
}

func slicingOf(tab *Table) *slicing {
	s := new(slicing)
	s[0] = *tab
	for k := 1; k < len(s); k++ {
		for b := range s[k] {
			crc := s[k-1][b]
			s[k][b] = tab[byte(crc)] ^ crc>>8
		}
	}
	return s
}

// MakeTable returns the polynomial's table.
func MakeTable(poly uint64) *Table {
	known.Do(makeKnown)
	switch poly {
	case ISO:
		return &known.iso[0]
	case ECMA:
		return &known.ecma[0]
	}
	return fill(new(Table), poly)
}

// long is from which length the larger tables of another polynomial are worth making.
const long = 16 << 10

// Update adds p to the checksum crc.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	crc = ^crc
	if len(p) >= 64 {
		known.Do(makeKnown)
		var s *slicing
		switch {
		case *tab == known.ecma[0]:
			s = known.ecma
		case *tab == known.iso[0]:
			s = known.iso
		case len(p) >= long:
			s = slicingOf(tab)
		}
		if s != nil {
			for len(p) >= 8 {
				crc ^= uint64(p[0]) | uint64(p[1])<<8 | uint64(p[2])<<16 | uint64(p[3])<<24 |
					uint64(p[4])<<32 | uint64(p[5])<<40 | uint64(p[6])<<48 | uint64(p[7])<<56
				crc = s[7][byte(crc)] ^ s[6][byte(crc>>8)] ^ s[5][byte(crc>>16)] ^ s[4][byte(crc>>24)] ^
					s[3][byte(crc>>32)] ^ s[2][byte(crc>>40)] ^ s[1][byte(crc>>48)] ^ s[0][crc>>56]
				p = p[8:]
			}
		}
	}
	for _, c := range p {
		crc = tab[byte(crc)^c] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

type digest struct {
	crc uint64
	tab *Table
}

// New returns a running checksum.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum64() uint64  { return d.crc }

func (d *digest) Write(p []byte) (int, error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func (d *digest) Sum(b []byte) []byte { return put(b, d.crc) }

func put(b []byte, v uint64) []byte {
	return append(b, byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func get(b []byte) (v uint64) {
	for _, c := range b[:8] {
		v = v<<8 | uint64(c)
	}
	return v
}

// A saved state is magic, the checksum of the table, and the checksum.
const magic = "crc\x02"

func (d *digest) tableSum() uint64 {
	b := make([]byte, 0, 8*len(d.tab))
	for _, v := range d.tab {
		b = put(b, v)
	}
	return Checksum(b, MakeTable(ISO))
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return put(put(append(b, magic...), d.tableSum()), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc64: invalid hash state identifier")
	}
	if len(b) != len(magic)+16 {
		return errors.New("hash/crc64: invalid hash state size")
	}
	if get(b[4:]) != d.tableSum() {
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = get(b[12:])
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
