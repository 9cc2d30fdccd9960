// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"sort"
	"strings"
	"testing"

	libcmp "gotk.test/lib/cmp"
	libmaps "gotk.test/lib/maps"
	lib "gotk.test/lib/slices"
	libsort "gotk.test/lib/sort"
)

type keyed struct {
	key, seq int
	pad      string
}

// inputs makes slices that are hard in different ways: random, few values, sorted, reversed, organ pipe, saw teeth.
func inputs(rng *rand.Rand) [][]int {
	var all [][]int
	for _, n := range []int{0, 1, 2, 3, 5, 11, 12, 13, 14, 40, 51, 100, 257, 1000, 5000} {
		for shape := 0; shape < 9; shape++ {
			s := make([]int, n)
			for i := range s {
				switch shape {
				case 0:
					s[i] = rng.Int()
				case 1:
					s[i] = rng.Intn(4)
				case 2:
					s[i] = i
				case 3:
					s[i] = -i
				case 4:
					s[i] = min(i, n-i)
				case 5:
					s[i] = i % 7
				case 6:
					s[i] = i
					if rng.Intn(20) == 0 {
						s[i] = rng.Intn(n)
					}
				case 7:
					s[i] = 5
				case 8:
					s[i] = rng.Intn(n)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

func TestSorts(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	for _, in := range inputs(rng) {
		want := slices.Clone(in)
		slices.Sort(want)
		got := slices.Clone(in)
		lib.Sort(got)
		calls := 0
		byFunc := slices.Clone(in)
		lib.SortFunc(byFunc, func(a, b int) int { calls++; return a - b*1 })
		if n := len(in); n > 50 && float64(calls) > 2.5*float64(n)*math.Log2(float64(n)) {
			t.Errorf("SortFunc of %d elements called cmp %d times", n, calls)
		}
		less := slices.Clone(in)
		libsort.Slice(less, func(i, j int) bool { return less[i] < less[j] })
		iface := slices.Clone(in)
		libsort.Sort(libsort.IntSlice(iface))
		back := slices.Clone(in)
		libsort.Sort(libsort.Reverse(libsort.IntSlice(back)))
		slices.Reverse(back)
		// Differences can overflow; compare with a proper function in that case.
		byCmp := slices.Clone(in)
		lib.SortFunc(byCmp, libcmp.Compare[int])
		for name, s := range map[string][]int{"Sort": got, "SortFunc": byCmp, "sort.Slice": less, "sort.Sort": iface, "Reverse": back} {
			if !slices.Equal(s, want) {
				t.Fatalf("%s of %d elements is wrong", name, len(in))
			}
		}
		var recs [3][]keyed
		for i, k := range in {
			for j := range recs {
				recs[j] = append(recs[j], keyed{k % 10, i, "x"})
			}
		}
		slices.SortStableFunc(recs[0], func(a, b keyed) int { return a.key - b.key })
		lib.SortStableFunc(recs[1], func(a, b keyed) int { return a.key - b.key })
		libsort.SliceStable(recs[2], func(i, j int) bool { return recs[2][i].key < recs[2][j].key })
		if !slices.Equal(recs[0], recs[1]) || !slices.Equal(recs[0], recs[2]) {
			t.Fatalf("stable sort of %d elements is wrong", len(in))
		}
		if !lib.IsSorted(want) || !libsort.IntsAreSorted(want) || lib.IsSorted(in) != slices.IsSorted(in) || libsort.SliceIsSorted(in, func(i, j int) bool { return in[i] < in[j] }) != slices.IsSorted(in) {
			t.Fatal("IsSorted")
		}
		for _, x := range append([]int{0, 5, -3}, in[:min(len(in), 20)]...) {
			i, f := slices.BinarySearch(want, x)
			j, g := lib.BinarySearch(want, x)
			k, h := lib.BinarySearchFunc(want, x, libcmp.Compare[int])
			if i != j || f != g || i != k || f != h || libsort.SearchInts(want, x) != i {
				t.Fatal("BinarySearch")
			}
			k, h = libsort.Find(len(want), func(i int) int { return libcmp.Compare(x, want[i]) })
			if k != i || h != f {
				t.Fatal("Find")
			}
		}
	}
	// A comparison that lies must not crash or hang.
	bad := rng.Perm(2000)
	lib.SortFunc(bad, func(a, b int) int { return rng.Intn(3) - 1 })
	libsort.Slice(bad, func(i, j int) bool { return rng.Intn(2) == 0 })
	lib.SortFunc(bad, func(a, b int) int { return -1 })
	lib.SortFunc(bad, func(a, b int) int { return 1 })
	floats := []float64{3, math.NaN(), -1, math.Inf(1), math.NaN(), 0, math.Inf(-1), math.Copysign(0, -1)}
	a, b := slices.Clone(floats), slices.Clone(floats)
	slices.Sort(a)
	lib.Sort(b)
	same(t, "floats", fmt.Sprint(b), fmt.Sprint(a))
	strs := strings.Fields("the quick brown fox jumps over the lazy dog and many more words follow here to be sorted")
	s1, s2 := slices.Clone(strs), slices.Clone(strs)
	sort.Strings(s1)
	libsort.Strings(s2)
	same(t, "strings", fmt.Sprint(s2), fmt.Sprint(s1))
	defer func() {
		if recover() == nil {
			t.Error("sort.Slice of no slice must panic")
		}
	}()
	libsort.Slice(5, nil)
}

func TestSlices(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	even := func(x int) bool { return x%2 == 0 }
	near := func(a, b int) bool { return a/3 == b/3 }
	state := func(s []int) string { return fmt.Sprintf("%#v %v", s, s[:cap(s)]) }
	for i := 0; i < 4000; i++ {
		base := make([]int, rng.Intn(12), 12+rng.Intn(8))
		for j := range base {
			base[j] = rng.Intn(6)
		}
		x, y := rng.Intn(len(base)+1), rng.Intn(len(base)+1)
		x, y = min(x, y), max(x, y)
		other := make([]int, rng.Intn(5))
		for j := range other {
			other[j] = 10 + j
		}
		alias := i%5 == 0
		run := func(f func(s, v []int) []int) string {
			s := append(make([]int, 0, cap(base)), base...)
			v := append([]int(nil), other...)
			if alias {
				v = s[:min(len(s), len(other))]
			}
			r := f(s, v)
			return fmt.Sprintf("%#v %v", r, s[:cap(s)])
		}
		for _, p := range []struct {
			name      string
			want, got func(s, v []int) []int
		}{
			{"Insert", func(s, v []int) []int { return slices.Insert(s, x, v...) }, func(s, v []int) []int { return lib.Insert(s, x, v...) }},
			{"Delete", func(s, v []int) []int { return slices.Delete(s, x, y) }, func(s, v []int) []int { return lib.Delete(s, x, y) }},
			{"Replace", func(s, v []int) []int { return slices.Replace(s, x, y, v...) }, func(s, v []int) []int { return lib.Replace(s, x, y, v...) }},
			{"DeleteFunc", func(s, v []int) []int { return slices.DeleteFunc(s, even) }, func(s, v []int) []int { return lib.DeleteFunc(s, even) }},
			{"Compact", func(s, v []int) []int { return slices.Compact(s) }, func(s, v []int) []int { return lib.Compact(s) }},
			{"CompactFunc", func(s, v []int) []int { return slices.CompactFunc(s, near) }, func(s, v []int) []int { return lib.CompactFunc(s, near) }},
			{"Grow", func(s, v []int) []int { return slices.Grow(s, y) }, func(s, v []int) []int { return lib.Grow(s, y) }},
			{"Clip", func(s, v []int) []int { return slices.Clip(s) }, func(s, v []int) []int { return lib.Clip(s) }},
			{"Clone", func(s, v []int) []int { return slices.Clone(s) }, func(s, v []int) []int { return lib.Clone(s) }},
			{"Concat", func(s, v []int) []int { return slices.Concat(s, v, nil, s) }, func(s, v []int) []int { return lib.Concat(s, v, nil, s) }},
			{"Repeat", func(s, v []int) []int { return slices.Repeat(s, x) }, func(s, v []int) []int { return lib.Repeat(s, x) }},
			{"AppendSeq", func(s, v []int) []int { return slices.AppendSeq(s, slices.Values(v)) }, func(s, v []int) []int { return lib.AppendSeq(s, lib.Values(v)) }},
		} {
			if w, g := run(p.want), run(p.got); w != g {
				t.Fatalf("%s(%v, %d, %d, %v alias %v)\n got %s\nwant %s", p.name, base, x, y, other, alias, g, w)
			}
		}
		check(t, state(base), []pair{
			{"Index", slices.Index(base, 3), lib.Index(base, 3)}, {"IndexFunc", slices.IndexFunc(base, even), lib.IndexFunc(base, even)}, {"Contains", slices.Contains(base, 2), lib.Contains(base, 2)}, {"ContainsFunc", slices.ContainsFunc(base, even), lib.ContainsFunc(base, even)},
			{"Equal", slices.Equal(base, other), lib.Equal(base, other)}, {"Compare", slices.Compare(base, other), lib.Compare(base, other)}, {"Compare part", slices.Compare(base, base[:x]), lib.Compare(base, base[:x])},
			{"Collect", slices.Collect(slices.Values(base)), lib.Collect(lib.Values(base))}, {"Sorted", slices.Sorted(slices.Values(base)), lib.Sorted(lib.Values(base))}, {"SortedFunc", slices.SortedFunc(slices.Values(base), libcmp.Compare), lib.SortedFunc(lib.Values(base), libcmp.Compare)},
			{"Chunk", collect(slices.Chunk(base, x+1)), collect(lib.Chunk(base, x+1))},
		})
		if len(base) > 0 {
			check(t, state(base), []pair{{"Min", slices.Min(base), lib.Min(base)}, {"Max", slices.Max(base), lib.Max(base)}, {"MinFunc", slices.MinFunc(base, libcmp.Compare), lib.MinFunc(base, libcmp.Compare)}, {"MaxFunc", slices.MaxFunc(base, libcmp.Compare), lib.MaxFunc(base, libcmp.Compare)}})
		}
	}
	var back []int
	for i, v := range lib.Backward([]int{5, 6, 7}) {
		back = append(back, i, v)
	}
	for i, v := range lib.All([]int{8, 9}) {
		back = append(back, i, v)
	}
	r := []int{1, 2, 3}
	lib.Reverse(r)
	same(t, "Backward All Reverse", fmt.Sprint(back, r), "[2 7 1 6 0 5 0 8 1 9] [3 2 1]")
	for name, f := range map[string]func(){"Insert": func() { lib.Insert([]int{1}, 2, 0) }, "Delete": func() { lib.Delete([]int{1}, 1, 3) }, "Min": func() { lib.Min([]int{}) }, "Chunk": func() { lib.Chunk([]int{}, 0) }, "Grow": func() { lib.Grow([]int{}, -1) }, "Repeat": func() { lib.Repeat([]int{}, -1) }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s must panic", name)
				}
			}()
			f()
		}()
	}
}

func TestMapsAndCmp(t *testing.T) {
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	c := libmaps.Clone(m)
	c["d"] = 4
	libmaps.DeleteFunc(c, func(k string, v int) bool { return v == 2 })
	libmaps.Copy(c, map[string]int{"z": 26})
	libmaps.Insert(c, libmaps.All(map[string]int{"y": 25}))
	same(t, "maps", fmt.Sprint(c, len(m), libmaps.Equal(m, c), libmaps.Equal(m, libmaps.Clone(m)), libmaps.EqualFunc(m, m, func(a, b int) bool { return a == b }), libmaps.Clone(map[int]int(nil)) == nil),
		"map[a:1 c:3 d:4 y:25 z:26] 3 false true true true")
	same(t, "Keys Values Collect", fmt.Sprint(slices.Sorted(slices.Values(lib.Collect(libmaps.Keys(m)))), lib.Sorted(libmaps.Values(m)), libmaps.Collect(libmaps.All(m))), "[a b c] [1 2 3] map[a:1 b:2 c:3]")
	nan := math.NaN()
	same(t, "cmp", fmt.Sprint(libcmp.Compare(1, 2), libcmp.Compare("b", "a"), libcmp.Compare(nan, 1), libcmp.Compare(1, nan), libcmp.Compare(nan, nan), libcmp.Less(nan, 1), libcmp.Less(1, nan), libcmp.Or(0, 3, 4), libcmp.Or[int]()), "-1 1 -1 1 0 true false 3 0")
}
