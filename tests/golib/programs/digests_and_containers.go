// SPDX-License-Identifier: BSD-3-Clause

// Digests of many lengths cut in many ways, their saved states and copies; containers; encodings; buffered input and output.
package main

import (
	"bufio"
	"container/heap"
	"container/list"
	"container/ring"
	"crypto"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"math/cmplx"
	"os"
	"strings"
	"unicode/utf16"

	"bytes"
)

type ih []int

func (h ih) Len() int           { return len(h) }
func (h ih) Less(i, j int) bool { return h[i] < h[j] }
func (h ih) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ih) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ih) Pop() any {
	o := *h
	x := o[len(o)-1]
	*h = o[:len(o)-1]
	return x
}

type rec struct {
	A uint8
	B int32
	_ [2]byte
	C float64
	D [3]uint16
	E bool
	F complex64
}

func main() {
	data := make([]byte, 5000)
	for i := range data {
		data[i] = byte(i*7 + i/256*13)
	}
	hs := map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New, "512_224": sha512.New512_224, "512_256": sha512.New512_256,
		"fnv32": func() hash.Hash { return fnv.New32() }, "fnv32a": func() hash.Hash { return fnv.New32a() }, "fnv64": func() hash.Hash { return fnv.New64() }, "fnv64a": func() hash.Hash { return fnv.New64a() }, "fnv128": fnv.New128, "fnv128a": fnv.New128a,
		"adler": func() hash.Hash { return adler32.New() }, "crc": func() hash.Hash { return crc32.NewIEEE() }, "castagnoli": func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }, "koopman": func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) },
		"iso": func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ISO)) }, "ecma": func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) }, "c64": func() hash.Hash { return crc64.New(crc64.MakeTable(0x1234567)) }}
	names := []string{"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "512_224", "512_256", "fnv32", "fnv32a", "fnv64", "fnv64a", "fnv128", "fnv128a", "adler", "crc", "castagnoli", "koopman", "iso", "ecma", "c64"}
	for _, n := range names {
		total := hs[n]()
		for _, size := range []int{0, 1, 3, 8, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 200, 255, 256, 1000, 4097, 5000} {
			h := hs[n]()
			for i := 0; i < size; {
				k := min(size-i, i%37+1)
				h.Write(data[i : i+k])
				i += k
			}
			a := h.Sum(nil)
			h.Reset()
			h.Write(data[:size])
			if !bytes.Equal(a, h.Sum(nil)) {
				fmt.Println("differs", n, size)
			}
			total.Write(a)
			st, err := h.(interface{ MarshalBinary() ([]byte, error) }).MarshalBinary()
			if err != nil {
				panic(err)
			}
			total.Write(st)
			g := hs[n]()
			if err := g.(interface{ UnmarshalBinary([]byte) error }).UnmarshalBinary(st); err != nil {
				panic(err)
			}
			g.Write(data[:100])
			h.Write(data[:100])
			if !bytes.Equal(g.Sum(nil), h.Sum(nil)) {
				fmt.Println("unmarshal differs", n, size)
			}
			c, _ := h.(hash.Cloner).Clone()
			c.Write([]byte("x"))
			total.Write(c.Sum([]byte("pre")))
			fmt.Println(n, size, hex.EncodeToString(a))
		}
		fmt.Printf("%s %d %d %x\n", n, total.Size(), total.BlockSize(), total.Sum(nil))
	}
	fmt.Printf("%x %x %x %x\n", sha256.Sum256([]byte("abc")), sha512.Sum512([]byte("abc")), md5.Sum([]byte("abc")), sha1.Sum([]byte("abc")))
	fmt.Println(crypto.SHA256, crypto.SHA256.Available(), crypto.SHA3_256.Available(), crypto.SHA512_256.New().Size(), crypto.Hash(99))
	fmt.Println(crc32.ChecksumIEEE(data), adler32.Checksum(data))
	seed := maphash.MakeSeed()
	var mh maphash.Hash
	mh.SetSeed(seed)
	mh.WriteString(string(data[:300]))
	fmt.Println(mh.Sum64() == maphash.Bytes(seed, data[:300]), maphash.Comparable(seed, any(5)) == maphash.Comparable(seed, any(5)), maphash.String(seed, "a") == maphash.String(seed, "b"))

	h := &ih{5, 2, 8, 1, 9}
	heap.Init(h)
	heap.Push(h, 3)
	(*h)[2] = 0
	heap.Fix(h, 2)
	fmt.Println(*h, heap.Remove(h, 1))
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println()
	l := list.New()
	e := l.PushBack(1)
	l.PushFront(0)
	l.InsertAfter(5, e)
	l.PushBackList(l)
	l.MoveToFront(e)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	fmt.Println(l.Len())
	r := ring.New(5)
	for i := range 5 {
		r.Value = i
		r = r.Next()
	}
	r.Unlink(2).Do(func(x any) { fmt.Print(x, " ") })
	r.Do(func(x any) { fmt.Print(x, " ") })
	fmt.Println(r.Len())
	fmt.Println(utf16.Encode([]rune("a😀é")), string(utf16.Decode([]uint16{0x61, 0xd83d, 0xde00, 0xd800, 0x62})))
	fmt.Println(base64.StdEncoding.EncodeToString(data[:20]), base64.RawURLEncoding.EncodeToString(data[:20]))
	fmt.Print(hex.Dump(data[:40]))
	fmt.Printf("%.6f %.6f %.6f\n", cmplx.Sqrt(-1), cmplx.Exp(1i), cmplx.Pow(2+1i, 3-2i))
	var buf bytes.Buffer
	v := rec{1, -2, [2]byte{}, 3.5, [3]uint16{1, 2, 3}, true, 1 + 2i}
	fmt.Println(binary.Write(&buf, binary.BigEndian, v), buf.Bytes(), binary.Size(v))
	var w rec
	fmt.Println(binary.Read(&buf, binary.BigEndian, &w), w == v)
	fmt.Println(binary.Write(&buf, binary.LittleEndian, []int{1}), binary.Read(&buf, binary.LittleEndian, v), binary.LittleEndian, binary.NativeEndian)
	s := bufio.NewScanner(strings.NewReader("one two\nthree\r\n\nfour"))
	for s.Scan() {
		fmt.Printf("%q ", s.Text())
	}
	fmt.Println()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "%d %s\n", 5, "x")
	rd := bufio.NewReader(strings.NewReader("line one\nline two"))
	for {
		line, err := rd.ReadString('\n')
		fmt.Fprintf(out, "%q %v\n", line, err)
		if err != nil {
			break
		}
	}
}
