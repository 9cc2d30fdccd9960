// SPDX-License-Identifier: BSD-3-Clause

// Strings, bytes, numbers and sorting, on inputs made by a fixed generator; prints results and checksums.
package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"math/bits"
	"math/rand"
	randv2 "math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sum is FNV-1a over everything added.
type sum uint64

func (s *sum) add(a ...any) {
	h := uint64(*s)
	for _, c := range []byte(fmt.Sprintln(a...)) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	*s = sum(h)
}

func numbers() {
	rng := rand.New(rand.NewSource(7))
	var s sum
	for i := 0; i < 5000; i++ {
		f := math.Float64frombits(rng.Uint64())
		text := strconv.FormatFloat(f, "eEfgG"[i%5], i%20-1, 64)
		back, err := strconv.ParseFloat(text, 64)
		s.add(text, back, err)
		g := float32(rng.NormFloat64())
		s.add(g, float64(g)*1e10, rng.ExpFloat64())
		u := rng.Uint64() >> uint(i%64)
		s.add(strconv.FormatUint(u, 2+i%35), bits.Len64(u), bits.OnesCount64(u), bits.TrailingZeros64(u), bits.Reverse64(u))
		hi, lo := bits.Mul64(u, rng.Uint64())
		s.add(hi, lo)
	}
	fmt.Println("numbers", s)
	for _, t := range []string{"12", "-0x1f", "1_000", "9223372036854775808", "1e400", "", "x", "0b12"} {
		i, err := strconv.ParseInt(t, 0, 64)
		f, ferr := strconv.ParseFloat(t, 64)
		fmt.Println(i, err, f, ferr)
	}
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Ceil(1.2), math.Trunc(-1.7), math.Round(2.5), math.RoundToEven(2.5), math.Max(1, math.NaN()), math.Mod(7, -3), math.Hypot(3, 4), math.MaxInt64, math.Pi)
	fmt.Printf("%.12g %.12g %.12g %.12g %.12g\n", math.Sin(1), math.Exp(1), math.Log(10), math.Pow(2, 0.5), math.Gamma(5.5))
	p := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(p.IntN(100), p.Perm(8), p.Float64(), rng.Perm(8), rng.Intn(1000), randv2.NewChaCha8([32]byte{1}).Uint64())
}

func text() {
	rng := rand.New(rand.NewSource(8))
	pieces := []string{"a", "b", "ab", "A", "é", " ", "\t", ",", "日", "\xff", "ſ", "K", "ß", "x"}
	word := func(n int) string {
		var b strings.Builder
		for ; n > 0; n-- {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		return b.String()
	}
	var s sum
	for i := 0; i < 3000; i++ {
		t, u := word(rng.Intn(20)), word(rng.Intn(3))
		s.add(strings.Index(t, u), strings.LastIndex(t, u), strings.Split(t, u), strings.Fields(t), strings.ToUpper(t), strings.Title(t), strings.Trim(t, u), strings.Replace(t, u, "-", 2), strings.Count(t, u), strings.EqualFold(t, u), strings.Repeat(u, 3))
		s.add(bytes.Index([]byte(t), []byte(u)), bytes.Fields([]byte(t)), utf8.RuneCountInString(t), utf8.ValidString(t), strconv.Quote(t), []rune(t), strings.Map(unicode.ToLower, t))
		before, after, ok := strings.Cut(t, u)
		s.add(before, after, ok, strings.NewReplacer("a", "1", "ab", "2", "日", "").Replace(t))
		for part := range strings.SplitSeq(t, ",") {
			s.add(part)
			if part == "" {
				break
			}
		}
	}
	fmt.Println("text", s)
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%d lines\n", 2)
	buf.WriteString("second\n")
	line, err := buf.ReadString('\n')
	rest, _ := io.ReadAll(&buf)
	fmt.Printf("%q %v %q\n", line, err, rest)
	r := io.TeeReader(io.LimitReader(strings.NewReader("limited text"), 7), &buf)
	io.Copy(io.Discard, r)
	fmt.Println(buf.String())
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through a pipe")
		pw.Close()
	}()
	all, err := io.ReadAll(pr)
	fmt.Println(string(all), err)
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func sorting() {
	rng := rand.New(rand.NewSource(9))
	var s sum
	for _, n := range []int{0, 1, 5, 13, 100, 3000} {
		x := make([]int, n)
		for i := range x {
			x[i] = rng.Intn(n + 1)
		}
		y := slices.Clone(x)
		z := slices.Clone(x)
		slices.Sort(x)
		sort.Slice(y, func(i, j int) bool { return y[i] > y[j] })
		slices.SortStableFunc(z, func(a, b int) int { return a%10 - b%10 })
		s.add(x, y, z, slices.IsSorted(x))
		i, ok := slices.BinarySearch(x, n/2)
		s.add(i, ok, slices.Compact(x))
	}
	words := strings.Fields("the quick brown fox jumps over the lazy dog")
	sort.Stable(byLen(words))
	fmt.Println("sorting", s, words)
	m := map[string][]int{"a": {1}, "b": {2, 3}, "c": nil}
	fmt.Println(slices.Sorted(maps.Keys(m)), len(maps.Clone(m)), m)
	structs := []struct {
		Name string
		Age  int
		F    float32
	}{{"x", 3, 1}, {"y", 1, 2}, {"z", 2, 3}}
	sort.Slice(structs, func(i, j int) bool { return structs[i].Age < structs[j].Age })
	fmt.Println(structs)
	fmt.Println(slices.Insert([]int{1, 2, 3}, 1, 9, 8), slices.Delete([]int{1, 2, 3, 4}, 1, 3), slices.Index(words, "fox"), slices.Max([]float64{1, 3, 2}), slices.Concat([]int{1}, []int{2}))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, " ")
	}
	fmt.Println()
}

func main() {
	numbers()
	text()
	sorting()
}
