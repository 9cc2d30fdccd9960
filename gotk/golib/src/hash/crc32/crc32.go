// SPDX-License-Identifier: BSD-3-Clause

// Package crc32 is the cyclic redundancy check of 32 bits. The polynomials IEEE and Castagnoli are done by a native that uses the
// processor's carry-less multiplication; others eight bytes at a time by tables, made when first used.
package crc32

import (
	"errors"
	"hash"
	"sync"
	"unsafe"
)

// Size is the size of a checksum in bytes.
const Size = 4

// Polynomials, the lowest power in the highest bit.
const (
	IEEE       = 0xedb88320 // Ethernet, gzip, PNG
	Castagnoli = 0x82f63b78 // iSCSI, ext4
	Koopman    = 0xeb31d82e
)

// Table is what stands for a polynomial: the remainders of all bytes.
type Table [256]uint32

// IEEETable is the table of IEEE.
var IEEETable = fill(new(Table), IEEE)

var (
	castagnoliOnce  sync.Once
	castagnoliTable Table
)

func fill(t *Table, poly uint32) *Table {
	for i := range t {
		crc := uint32(i)
		for range 8 {
			crc = crc>>1 ^ poly&-(crc&1)
		}
		t[i] = crc
	}
	return t
}

// MakeTable returns the polynomial's table.
func MakeTable(poly uint32) *Table {
	switch poly {
	case IEEE:
		return IEEETable
	case Castagnoli:
		castagnoliOnce.Do(func() { fill(&castagnoliTable, Castagnoli) })
		return &castagnoliTable
	}
	return fill(new(Table), poly)
}

//gotk:native crc32_update
func update(crc, castagnoli uint64, p unsafe.Pointer, n int) uint64

// piece bounds one call of the native, which is not preempted.
const piece = 1 << 20

// Update adds p to the checksum crc.
func Update(crc uint32, tab *Table, p []byte) uint32 {
	var castagnoli uint64
	if tab == &castagnoliTable {
		castagnoli = 1
	} else if tab != IEEETable {
		return byTable(crc, tab, p)
	}
	for {
		n := min(len(p), piece)
		crc = uint32(update(uint64(crc), castagnoli, unsafe.Pointer(unsafe.SliceData(p)), n))
		p = p[n:]
		if len(p) == 0 {
			return crc
		}
	}
}

// slicing[k][b] is the remainder of byte b with k zero bytes behind it.
type slicing [8]Table

// slicings keeps those of the tables for which it paid: at most a few, as programs make few tables.
var slicings struct {
	sync.Mutex
	of map[Table]*slicing
}

func slicingOf(tab *Table) *slicing {
	slicings.Lock()
	defer slicings.Unlock()
	s := slicings.of[*tab]
	if s == nil {
		s = new(slicing)
		s[0] = *tab
		for k := 1; k < len(s); k++ {
			for b := range s[k] {
				crc := s[k-1][b]
				s[k][b] = tab[byte(crc)] ^ crc>>8
			}
		}
		if slicings.of == nil || len(slicings.of) >= 16 {
			slicings.of = map[Table]*slicing{}
		}
		slicings.of[*tab] = s
	}
	return s
}

// long is from which length the larger tables are worth looking up.
const long = 4096

func byTable(crc uint32, tab *Table, p []byte) uint32 {
	crc = ^crc
	if len(p) >= long {
		s := slicingOf(tab)
		for len(p) >= 8 {
			crc ^= uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
			crc = s[7][byte(crc)] ^ s[6][byte(crc>>8)] ^ s[5][byte(crc>>16)] ^ s[4][crc>>24] ^
				s[3][p[4]] ^ s[2][p[5]] ^ s[1][p[6]] ^ s[0][p[7]]
			p = p[8:]
		}
	}
	for _, c := range p {
		crc = tab[byte(crc)^c] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint32 { return Update(0, tab, data) }

// ChecksumIEEE returns the IEEE checksum of data.
func ChecksumIEEE(data []byte) uint32 { return Update(0, IEEETable, data) }

type digest struct {
	crc uint32
	tab *Table
}

// New returns a running checksum.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }

// NewIEEE returns a running IEEE checksum.
func NewIEEE() hash.Hash32 { return New(IEEETable) }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum32() uint32  { return d.crc }

func (d *digest) Write(p []byte) (int, error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func (d *digest) Sum(b []byte) []byte { return put(b, d.crc) }

func put(b []byte, v uint32) []byte {
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func get(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// A saved state is magic, the checksum of the table, and the checksum.
const magic = "crc\x01"

func (d *digest) tableSum() uint32 {
	b := make([]byte, 0, 4*len(d.tab))
	for _, v := range d.tab {
		b = put(b, v)
	}
	return ChecksumIEEE(b)
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return put(put(append(b, magic...), d.tableSum()), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc32: invalid hash state identifier")
	}
	if len(b) != len(magic)+8 {
		return errors.New("hash/crc32: invalid hash state size")
	}
	if get(b[4:]) != d.tableSum() {
		return errors.New("hash/crc32: tables do not match")
	}
	d.crc = get(b[8:])
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}
