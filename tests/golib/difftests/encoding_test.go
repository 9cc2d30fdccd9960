// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"io"
	"math/rand"
	"reflect"
	"testing"
	"unicode/utf16"

	libbase64 "gotk.test/lib/encoding/base64"
	libbinary "gotk.test/lib/encoding/binary"
	libhex "gotk.test/lib/encoding/hex"
	libadler32 "gotk.test/lib/hash/adler32"
	libcrc32 "gotk.test/lib/hash/crc32"
	libcrc64 "gotk.test/lib/hash/crc64"
	libfnv "gotk.test/lib/hash/fnv"
	libio "gotk.test/lib/io"
	libutf16 "gotk.test/lib/unicode/utf16"
)

func randomBytes(rng *rand.Rand, n int) []byte {
	b := make([]byte, n)
	rng.Read(b)
	return b
}

func result(v any, err error) string {
	err = theirs(err)
	return fmt.Sprintf("%q %v", v, err)
}

// damaged returns text with a few bytes changed, cut or inserted.
func damaged(rng *rand.Rand, text, from string) string {
	b := []byte(text)
	for k := rng.Intn(3); k > 0; k-- {
		at := rng.Intn(len(b) + 1)
		c := from[rng.Intn(len(from))]
		switch rng.Intn(3) {
		case 0:
			b = append(b[:at:at], append([]byte{c}, b[at:]...)...)
		case 1:
			if at < len(b) {
				b[at] = c
			}
		case 2:
			b = b[:at]
		}
	}
	return string(b)
}

func TestBase64(t *testing.T) {
	rng := rand.New(rand.NewSource(11))
	pad := rune('*')
	encodings := []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding, base64.StdEncoding.Strict(), base64.RawStdEncoding.Strict(), base64.StdEncoding.WithPadding(pad)}
	libs := []*libbase64.Encoding{libbase64.StdEncoding, libbase64.URLEncoding, libbase64.RawStdEncoding, libbase64.RawURLEncoding, libbase64.StdEncoding.Strict(), libbase64.RawStdEncoding.Strict(), libbase64.StdEncoding.WithPadding(pad)}
	for range 6000 {
		k := rng.Intn(len(encodings))
		a, b := encodings[k], libs[k]
		data := randomBytes(rng, rng.Intn(40))
		text := a.EncodeToString(data)
		if g := b.EncodeToString(data); g != text || b.EncodedLen(len(data)) != a.EncodedLen(len(data)) || b.DecodedLen(len(data)) != a.DecodedLen(len(data)) {
			t.Fatalf("EncodeToString(%x) = %q, want %q", data, g, text)
		}
		bad := damaged(rng, text, "A=/+-_\n\r*\xff=")
		w, g := result(a.DecodeString(bad)), result(b.DecodeString(bad))
		if w != g {
			t.Fatalf("%d: DecodeString(%q) = %s, want %s", k, bad, g, w)
		}
		w, g = result(a.AppendDecode([]byte("x"), []byte(bad))), result(b.AppendDecode([]byte("x"), []byte(bad)))
		if w != g {
			t.Fatalf("%d: AppendDecode(%q) = %s, want %s", k, bad, g, w)
		}
		shape := []int{0, 1, 2, 3}[rng.Intn(4)]
		w = result(io.ReadAll(base64.NewDecoder(a, source(bad, shape))))
		g = result(libio.ReadAll(libbase64.NewDecoder(b, ours{source(bad, shape)})))
		if w != g {
			t.Fatalf("%d: NewDecoder(%q) by %d = %s, want %s", k, bad, shape, g, w)
		}
		var x, y bytes.Buffer
		e, f := base64.NewEncoder(a, &x), libbase64.NewEncoder(b, &y)
		for rest := data; len(rest) > 0; {
			n := rng.Intn(len(rest) + 1)
			e.Write(rest[:n])
			f.Write(rest[:n])
			rest = rest[n:]
		}
		e.Close()
		f.Close()
		if x.String() != y.String() {
			t.Fatalf("NewEncoder(%x) = %q, want %q", data, y.String(), x.String())
		}
	}
}

func TestHex(t *testing.T) {
	rng := rand.New(rand.NewSource(12))
	for range 2000 {
		data := randomBytes(rng, rng.Intn(50))
		text := hex.EncodeToString(data)
		if g := libhex.EncodeToString(data); g != text {
			t.Fatalf("EncodeToString(%x) = %q", data, g)
		}
		if w, g := hex.Dump(data), libhex.Dump(data); w != g {
			t.Fatalf("Dump(%x) =\n%s, want\n%s", data, g, w)
		}
		bad := damaged(rng, text, "0aFg \xff")
		if w, g := result(hex.DecodeString(bad)), result(libhex.DecodeString(bad)); w != g {
			t.Fatalf("DecodeString(%q) = %s, want %s", bad, g, w)
		}
		shape := rng.Intn(4)
		w := result(io.ReadAll(hex.NewDecoder(source(bad, shape))))
		g := result(libio.ReadAll(libhex.NewDecoder(ours{source(bad, shape)})))
		if w != g {
			t.Fatalf("NewDecoder(%q) = %s, want %s", bad, g, w)
		}
	}
}

type packet struct {
	A int8
	B bool
	_ [3]byte
	C uint16
	D [2]struct {
		X int32
		Y float32
	}
	E complex64
	F int64
	G [2][3]uint16
	H complex128
	I [4]bool
}

// show prints what a pointer points to.
func show(v any) string { return fmt.Sprintf(" %v", reflect.Indirect(reflect.ValueOf(v))) }

// reversed is an order that neither package knows.
type reversed struct{ binary.ByteOrder }

func TestBinary(t *testing.T) {
	rng := rand.New(rand.NewSource(13))
	orders := []binary.ByteOrder{binary.LittleEndian, binary.BigEndian, binary.NativeEndian, reversed{binary.BigEndian}}
	libs := []libbinary.ByteOrder{libbinary.LittleEndian, libbinary.BigEndian, libbinary.NativeEndian, reversed{binary.BigEndian}}
	for range 2000 {
		k := rng.Intn(len(orders))
		a, b := orders[k], libs[k]
		raw := randomBytes(rng, 400)
		for i := range raw {
			raw[i] &^= 0x40 // no NaN: Go's slow path makes them quiet
		}
		makers := []func() any{
			func() any { return new(packet) }, func() any { return new(int16) }, func() any { return new(uint64) }, func() any { return new(float64) },
			func() any { return new(bool) }, func() any { return make([]int32, 7) }, func() any { return make([]packet, 2) }, func() any { return make([]bool, 3) },
			func() any { return new([5]float32) }, func() any { return make([]uint8, 9) }, func() any { return new(complex128) }, func() any { return new(int) },
			func() any { return make([]string, 1) }, func() any { return new(map[int]int) },
			func() any { return new([]uint16) },
		}
		m := makers[rng.Intn(len(makers))]
		x, y := m(), m()
		size := rng.Intn(400)
		w := fmt.Sprintf("%v", binary.Read(bytes.NewReader(raw[:size]), a, x))
		g := fmt.Sprintf("%v", theirs(libbinary.Read(ours{bytes.NewReader(raw[:size])}, b, y)))
		if w += show(x); w != g+show(y) {
			t.Fatalf("Read(%T) = %s %s, want %s", x, g, show(y), w)
		}
		var p, q bytes.Buffer
		w = fmt.Sprintf("%v %x", binary.Write(&p, a, x), p.Bytes())
		g = fmt.Sprintf("%v %x", libbinary.Write(&q, b, y), q.Bytes())
		if w != g || binary.Size(x) != libbinary.Size(y) {
			t.Fatalf("Write(%T) = %s, want %s", x, g, w)
		}
		w, g = result(binary.Append([]byte("ab"), a, x)), result(libbinary.Append([]byte("ab"), b, y))
		if w != g {
			t.Fatalf("Append(%T) = %s, want %s", x, g, w)
		}
		w, g = result(binary.Encode(raw[:size], a, x)), result(libbinary.Encode(raw[:size], b, y))
		if w != g {
			t.Fatalf("Encode(%T) = %s, want %s", x, g, w)
		}
		if n := binary.Size(x); n >= 0 {
			size = min(size, n) // of too many bytes, Go's []bool makes an index error
		}
		w, g = result(binary.Decode(raw[:size], a, x)), result(libbinary.Decode(raw[:size], b, y))
		if w += show(x); w != g+show(y) {
			t.Fatalf("Decode(%T) = %s, want %s", x, g, w)
		}
		w = fmt.Sprint(binary.Uvarint(raw[:size%13]))
		w += fmt.Sprint(binary.Varint(raw[:size%13]))
		g = fmt.Sprint(libbinary.Uvarint(raw[:size%13]))
		g += fmt.Sprint(libbinary.Varint(raw[:size%13]))
		v := rng.Uint64() >> rng.Intn(64)
		w += fmt.Sprint(binary.AppendUvarint(nil, v), binary.AppendVarint(nil, int64(v)))
		g += fmt.Sprint(libbinary.AppendUvarint(nil, v), libbinary.AppendVarint(nil, int64(v)))
		long := append(bytes.Repeat([]byte{0xff}, rng.Intn(11)), byte(rng.Intn(130)))
		for _, in := range [][]byte{raw[:size%13], long} {
			u, err := binary.ReadUvarint(bytes.NewReader(in))
			w += fmt.Sprint(u, err)
			u, err = libbinary.ReadUvarint(byteReader{bytes.NewReader(in)})
			g += fmt.Sprint(u, theirs(err))
		}
		if w != g {
			t.Fatalf("varints = %s, want %s", g, w)
		}
	}
}

type byteReader struct{ r *bytes.Reader }

func (b byteReader) ReadByte() (byte, error) {
	c, err := b.r.ReadByte()
	if err == io.EOF {
		err = libio.EOF
	}
	return c, err
}

func TestHashes(t *testing.T) {
	rng := rand.New(rand.NewSource(14))
	poly := rng.Uint64() | 1<<63
	want := []func() hash.Hash{
		func() hash.Hash { return adler32.New() }, func() hash.Hash { return crc32.NewIEEE() }, func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) },
		func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) }, func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ISO)) }, func() hash.Hash { return crc64.New(crc64.MakeTable(poly)) },
		func() hash.Hash { return fnv.New32() }, func() hash.Hash { return fnv.New32a() }, func() hash.Hash { return fnv.New64() }, func() hash.Hash { return fnv.New64a() }, fnv.New128, fnv.New128a,
	}
	got := []func() hash.Hash{
		func() hash.Hash { return libadler32.New() }, func() hash.Hash { return libcrc32.NewIEEE() }, func() hash.Hash { return libcrc32.New(libcrc32.MakeTable(libcrc32.Castagnoli)) },
		func() hash.Hash { return libcrc32.New(libcrc32.MakeTable(libcrc32.Koopman)) }, func() hash.Hash { return libcrc64.New(libcrc64.MakeTable(libcrc64.ISO)) }, func() hash.Hash { return libcrc64.New(libcrc64.MakeTable(poly)) },
		func() hash.Hash { return libfnv.New32() }, func() hash.Hash { return libfnv.New32a() }, func() hash.Hash { return libfnv.New64() }, func() hash.Hash { return libfnv.New64a() },
		func() hash.Hash { return libfnv.New128() }, func() hash.Hash { return libfnv.New128a() },
	}
	type saver interface {
		MarshalBinary() ([]byte, error)
		UnmarshalBinary([]byte) error
	}
	for k := range want {
		for range 60 {
			a, b := want[k](), got[k]()
			for range rng.Intn(5) {
				data := randomBytes(rng, rng.Intn(1<<rng.Intn(16)))
				a.Write(data)
				b.Write(data)
			}
			if w, g := a.Sum([]byte("x")), b.Sum([]byte("x")); !bytes.Equal(w, g) || a.Size() != b.Size() || a.BlockSize() != b.BlockSize() {
				t.Fatalf("hash %d: %x, want %x", k, g, w)
			}
			w, _ := a.(saver).MarshalBinary()
			g, _ := b.(saver).MarshalBinary()
			if !bytes.Equal(w, g) {
				t.Fatalf("hash %d: state %x, want %x", k, g, w)
			}
			bad := []byte(damaged(rng, string(w), "f\x00\x01"))
			if w, g := fmt.Sprint(a.(saver).UnmarshalBinary(bad)), fmt.Sprint(b.(saver).UnmarshalBinary(bad)); w != g {
				t.Fatalf("hash %d: UnmarshalBinary = %s, want %s", k, g, w)
			}
		}
	}
}

func TestUTF16(t *testing.T) {
	rng := rand.New(rand.NewSource(15))
	for range 2000 {
		words := make([]uint16, rng.Intn(12))
		for i := range words {
			words[i] = []uint16{0x61, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, uint16(rng.Uint32())}[rng.Intn(7)]
		}
		runes := utf16.Decode(words)
		if g := libutf16.Decode(words); string(g) != string(runes) || len(g) != len(runes) {
			t.Fatalf("Decode(%x) = %x, want %x", words, g, runes)
		}
		runes = append(runes, rune(rng.Int31()), -1, 0x10ffff, 0x110000, 0xdc00)
		if w, g := fmt.Sprint(utf16.Encode(runes)), fmt.Sprint(libutf16.Encode(runes)); w != g {
			t.Fatalf("Encode(%x) = %s, want %s", runes, g, w)
		}
		for i, r := range runes {
			q := runes[(i+1)%len(runes)]
			w := fmt.Sprint(utf16.RuneLen(r), utf16.IsSurrogate(r), utf16.DecodeRune(r, q))
			g := fmt.Sprint(libutf16.RuneLen(r), libutf16.IsSurrogate(r), libutf16.DecodeRune(r, q))
			x, y := utf16.EncodeRune(r)
			u, v := libutf16.EncodeRune(r)
			if w != g || x != u || y != v {
				t.Fatalf("of %x: %s, want %s", r, g, w)
			}
		}
	}
}

