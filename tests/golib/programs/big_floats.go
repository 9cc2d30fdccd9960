// SPDX-License-Identifier: BSD-3-Clause

// Floats of many precisions and roundings: sums, products, quotients, roots, conversions and texts, hashed.
package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand"
)

var rng = rand.New(rand.NewSource(9))

func number() *big.Float {
	f := new(big.Float).SetPrec(uint(1 + rng.Intn(200))).SetMode(big.RoundingMode(rng.Intn(6)))
	switch rng.Intn(12) {
	case 0:
		return f
	case 1:
		return f.SetInt64(int64(rng.Intn(100) - 50))
	case 2:
		return f.SetFloat64(rng.NormFloat64() * 1e300)
	}
	m := new(big.Int).Rand(rng, new(big.Int).Lsh(big.NewInt(1), uint(1+rng.Intn(250))))
	f.SetInt(m)
	f.SetMantExp(f, rng.Intn(300)-280)
	if rng.Intn(2) == 0 {
		f.Neg(f)
	}
	return f
}

func try(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("%T %v", r, r)
		}
	}()
	f()
	return ""
}

func main() {
	h := fnv.New64a()
	for range 2500 {
		x, y := number(), number()
		op := func() *big.Float {
			return new(big.Float).SetPrec(uint(rng.Intn(150))).SetMode(big.RoundingMode(rng.Intn(6)))
		}
		a, b, c := op().Add(x, y), op().Sub(x, y), op().Mul(x, y)
		fmt.Fprintln(h, a, a.Acc(), b, b.Acc(), c, c.Acc(), x.Cmp(y), a.Prec(), b.MinPrec(), c.Mode())
		if y.Sign() != 0 {
			q := op().Quo(x, y)
			fmt.Fprintln(h, q.Text('g', -1), q.Acc())
		}
		s := new(big.Float).SetPrec(uint(rng.Intn(150))).Sqrt(new(big.Float).Abs(x)) // Go's takes x's rounding for z's
		fmt.Fprintln(h, s.Text('p', 0), x.Text('p', 0), x.Text('b', 0), x.Text('x', -1), x.Text('x', 5))
		fmt.Fprintln(h, x.Text('e', -1), x.Text('f', -1), x.Text('g', -1), x.Text('e', 7), x.Text('f', 3), x.Text('g', 4), x.Text('G', 12))
		i, ia := x.Int(nil)
		r, ra := x.Rat(nil)
		i64, i64a := x.Int64()
		u64, _ := x.Uint64() // Go's accuracy is Exact where it cuts off
		f64, f64a := x.Float64()
		f32, f32a := x.Float32()
		fmt.Fprintln(h, i, ia, r, ra, i64, i64a, u64, f64, f64a, f32, f32a, x.IsInt(), x.Signbit(), x.Sign(), x.MantExp(nil))
		z, _, err := new(big.Float).SetPrec(x.Prec()).Parse(x.Text('g', -1), 10)
		fmt.Fprintln(h, z.Text('p', 0), err)
		w := op().SetRat(r)
		fmt.Fprintln(h, w.Text('p', 0), w.Acc(), op().Set(x).Text('p', 0), new(big.Float).Copy(x).SetPrec(uint(1+rng.Intn(60))).Text('p', 0))
	}
	fmt.Printf("%x\n", h.Sum64())
	two := big.NewFloat(2).SetPrec(300)
	fmt.Println(new(big.Float).SetPrec(300).Sqrt(two).Text('f', 90))
	for _, s := range []string{"1", "-1.5", "1e10", "0x1p-3", "0b101.1", "1_000.5", ".5", "5.", "", "x", "1e", "Inf", "-inf", "0x.8p1", "1.2.3", "1e5x", "1p4", "-0", "00.50"} {
		f, b, err := big.ParseFloat(s, 0, 80, big.ToNearestEven)
		if err != nil {
			f = nil
		}
		fmt.Println(s, f, b, err != nil)
	}
	x, _ := new(big.Float).SetString("-1234.56789")
	for _, f := range []string{"%v", "%g", "%e", "%f", "%.3f", "%20.4f|", "%-20.2e|", "%020.1f", "%+.2f", "% .2f", "%10g|", "%s", "%d", "%x", "%b", "%F", "%G", "%E"} {
		fmt.Printf(f+"\n", x)
		fmt.Printf(f+"\n", new(big.Float).SetInf(false))
	}
	inf := new(big.Float).SetInf(false)
	fmt.Println(try(func() { new(big.Float).Sub(inf, inf) }), try(func() { new(big.Float).Mul(inf, new(big.Float)) }), try(func() { new(big.Float).Quo(new(big.Float), new(big.Float)) }), try(func() { new(big.Float).Sqrt(x) }), try(func() { big.NewFloat(math.NaN()) }))
	var a, b big.Float
	fmt.Println(fmt.Sscan("1.5 -2e3", &a, &b))
	fmt.Println(&a, &b)
	t, err := x.MarshalText()
	fmt.Println(string(t), err, a.UnmarshalText([]byte("2.25")), &a)
	for _, f := range []float64{0, math.Copysign(0, -1), 5e-324, 2.5e-324, math.MaxFloat64, 1e-310, math.Inf(1)} {
		g, acc := big.NewFloat(f).Float64()
		k, acc2 := big.NewFloat(f).Float32()
		fmt.Println(g, acc, k, acc2)
	}
	tiny := new(big.Float).SetMantExp(big.NewFloat(1), -1075)
	fmt.Println(tiny.Float64())
	fmt.Println(tiny.Add(tiny, new(big.Float).SetMantExp(big.NewFloat(1), -1120)).Float64())
	for range 200 {
		x := number()
		g, err := x.GobEncode()
		var y big.Float
		fmt.Fprintln(h, err, y.GobDecode(g), y.Text('p', 0), y.Prec(), y.Mode(), y.Acc(), y.Cmp(x))
		z := new(big.Float).SetPrec(20)
		fmt.Fprintln(h, z.GobDecode(g), z.Text('p', 0))
	}
	fmt.Printf("%x\n", h.Sum64())
	fmt.Println(a.GobDecode([]byte{1, 2}), a.GobDecode([]byte{9, 0, 0, 0, 0, 0}))
	// The digits of e: a sum of inverse factorials.
	e, term := new(big.Float).SetPrec(400).SetInt64(1), new(big.Float).SetPrec(400).SetInt64(1)
	for k := int64(1); k < 90; k++ {
		term.Quo(term, new(big.Float).SetInt64(k))
		e.Add(e, term)
	}
	fmt.Println(e.Text('f', 100))
}
