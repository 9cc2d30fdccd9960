// SPDX-License-Identifier: BSD-3-Clause

// Ours obeys Seed; Go does only if asked.
//go:debug randseednop=0
package difftest

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"testing"

	lib "gotk.test/lib/math/rand"
	libv2 "gotk.test/lib/math/rand/v2"
)

func TestRandSequences(t *testing.T) {
	for _, seed := range []int64{0, 1, -1, 42, 1 << 40, -1 << 63, 1<<31 - 1, 89482311, 12345} {
		a, b := rand.New(rand.NewSource(seed)), lib.New(lib.NewSource(seed))
		for i := 0; i < 3000; i++ {
			steps := []struct{ want, got any }{
				{a.Int63(), b.Int63()}, {a.Uint32(), b.Uint32()}, {a.Uint64(), b.Uint64()}, {a.Int31(), b.Int31()}, {a.Int(), b.Int()},
				{a.Int63n(int64(i + 1)), b.Int63n(int64(i + 1))}, {a.Int31n(int32(i + 1)), b.Int31n(int32(i + 1))}, {a.Intn(i + 1), b.Intn(i + 1)},
				{a.Intn(1<<40 + i), b.Intn(1<<40 + i)}, {a.Float64(), b.Float64()}, {a.Float32(), b.Float32()}, {a.NormFloat64(), b.NormFloat64()}, {a.ExpFloat64(), b.ExpFloat64()},
			}
			for k, s := range steps {
				if s.want != s.got {
					t.Fatalf("seed %d step %d.%d: %v, want %v", seed, i, k, s.got, s.want)
				}
			}
		}
		p, q := a.Perm(50), b.Perm(50)
		a.Shuffle(50, func(i, j int) { p[i], p[j] = p[j], p[i] })
		b.Shuffle(50, func(i, j int) { q[i], q[j] = q[j], q[i] })
		x, y := make([]byte, 30), make([]byte, 30)
		a.Read(x[:3])
		b.Read(y[:3])
		a.Read(x[3:])
		b.Read(y[3:])
		if fmt.Sprint(p, x) != fmt.Sprint(q, y) {
			t.Fatalf("seed %d: Perm, Shuffle or Read differ", seed)
		}
		z, w := rand.NewZipf(a, 1.5, 2, 1000), lib.NewZipf(b, 1.5, 2, 1000)
		for i := 0; i < 1000; i++ {
			if g, want := w.Uint64(), z.Uint64(); g != want {
				t.Fatalf("Zipf: %d, want %d", g, want)
			}
		}
	}
	rand.Seed(5)
	lib.Seed(5)
	for i := 0; i < 100; i++ {
		if g, w := lib.Intn(1000), rand.Intn(1000); g != w {
			t.Fatalf("global after Seed: %d, want %d", g, w)
		}
	}
}

func TestRandV2Sequences(t *testing.T) {
	var key [32]byte
	copy(key[:], "chacha8: 32-byte seed for a test")
	for _, s := range []struct {
		want randv2.Source
		got  libv2.Source
	}{{randv2.NewPCG(1, 2), libv2.NewPCG(1, 2)}, {randv2.NewPCG(0, 1<<63), libv2.NewPCG(0, 1<<63)}, {randv2.NewChaCha8(key), libv2.NewChaCha8(key)}} {
		a, b := randv2.New(s.want), libv2.New(s.got)
		for i := 0; i < 3000; i++ {
			steps := []struct{ want, got any }{
				{a.Int64(), b.Int64()}, {a.Uint32(), b.Uint32()}, {a.Uint64(), b.Uint64()}, {a.Int32(), b.Int32()}, {a.Int(), b.Int()}, {a.Uint(), b.Uint()},
				{a.Int64N(int64(i + 1)), b.Int64N(int64(i + 1))}, {a.Int32N(int32(i + 1)), b.Int32N(int32(i + 1))}, {a.IntN(i + 1), b.IntN(i + 1)}, {a.UintN(uint(i + 1)), b.UintN(uint(i + 1))},
				{a.IntN(1<<40 + i), b.IntN(1<<40 + i)}, {a.IntN(1 << 40), b.IntN(1 << 40)}, {a.Uint64N(3 << 61), b.Uint64N(3 << 61)}, {a.Uint32N(7), b.Uint32N(7)}, {a.Float64(), b.Float64()}, {a.Float32(), b.Float32()}, {a.NormFloat64(), b.NormFloat64()}, {a.ExpFloat64(), b.ExpFloat64()},
			}
			for k, s := range steps {
				if s.want != s.got {
					t.Fatalf("step %d.%d: %v, want %v", i, k, s.got, s.want)
				}
			}
		}
		if fmt.Sprint(a.Perm(60)) != fmt.Sprint(b.Perm(60)) {
			t.Fatal("Perm")
		}
		z, w := randv2.NewZipf(a, 1.5, 2, 1000), libv2.NewZipf(b, 1.5, 2, 1000)
		for i := 0; i < 100; i++ {
			if z.Uint64() != w.Uint64() {
				t.Fatal("Zipf")
			}
		}
	}
	c, d := randv2.NewChaCha8(key), libv2.NewChaCha8(key)
	for i := 0; i < 600; i++ {
		x, y := make([]byte, i%11), make([]byte, i%11)
		c.Read(x)
		d.Read(y)
		m1, _ := c.MarshalBinary()
		m2, _ := d.MarshalBinary()
		if string(x) != string(y) || string(m1) != string(m2) {
			t.Fatalf("ChaCha8 Read %d: %x, want %x; state %x, want %x", i, y, x, m2, m1)
		}
		e := new(libv2.ChaCha8)
		if err := e.UnmarshalBinary(m1); err != nil {
			t.Fatal(err)
		}
		f := new(randv2.ChaCha8)
		f.UnmarshalBinary(m1)
		if e.Uint64() != f.Uint64() {
			t.Fatalf("ChaCha8 unmarshalled after %d", i)
		}
	}
	p, q := randv2.NewPCG(3, 4), libv2.NewPCG(3, 4)
	m1, _ := p.MarshalBinary()
	m2, _ := q.MarshalBinary()
	if string(m1) != string(m2) {
		t.Fatal("PCG state")
	}
}
