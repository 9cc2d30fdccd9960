// SPDX-License-Identifier: BSD-3-Clause

// Integers and rationals of many sizes: every operation's results, hashed; texts, divisors, primes, digits of pi.
package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/big"
	"math/rand"
)

var rng = rand.New(rand.NewSource(5))

// number makes a number of up to so many words, with runs of ones and zeros, which are hard for division.
func number(words int) *big.Int {
	n := rng.Intn(words + 1)
	w := make([]big.Word, n)
	for i := range w {
		switch rng.Intn(5) {
		case 0:
			w[i] = 0
		case 1:
			w[i] = ^big.Word(0)
		case 2:
			w[i] = 1 << 63
		default:
			w[i] = big.Word(rng.Uint64())
		}
	}
	x := new(big.Int).SetBits(w)
	if rng.Intn(2) == 0 {
		x.Neg(x)
	}
	return x
}

func try(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint("panic: ", r)
		}
	}()
	f()
	return ""
}

func main() {
	h := fnv.New64a()
	report := func(what string) { fmt.Printf("%s %x\n", what, h.Sum64()) }
	for round, size := range []int{1, 2, 3, 10, 50, 100, 300, 1000} {
		for range 200 / (round*round + 1) {
			x, y, z := number(size), number(size), number(2)
			fmt.Fprintln(h, new(big.Int).Add(x, y), new(big.Int).Sub(x, y), new(big.Int).Mul(x, y), new(big.Int).Mul(x, x), new(big.Int).Mul(y, z))
			fmt.Fprintln(h, new(big.Int).And(x, y), new(big.Int).Or(x, y), new(big.Int).Xor(x, y), new(big.Int).AndNot(x, y), new(big.Int).Not(x), new(big.Int).Neg(x))
			s := uint(rng.Intn(200))
			fmt.Fprintln(h, new(big.Int).Lsh(x, s), new(big.Int).Rsh(x, s), x.Bit(int(s)), new(big.Int).SetBit(x, int(s), 1), new(big.Int).SetBit(x, int(s), 0), x.TrailingZeroBits(), x.BitLen())
			fmt.Fprintln(h, x.Cmp(y), x.CmpAbs(y), x.Sign(), x.IsInt64(), x.IsUint64(), x.Int64(), x.Uint64())
			long := new(big.Int).Mul(x, y)
			for _, d := range []*big.Int{y, z, new(big.Int).Add(x, z)} {
				if d.Sign() == 0 {
					continue
				}
				var q, r big.Int
				q.QuoRem(long, d, &r)
				fmt.Fprintln(h, &q, &r, new(big.Int).Quo(x, d), new(big.Int).Rem(x, d), new(big.Int).Div(x, d), new(big.Int).Mod(x, d))
				m := new(big.Int)
				q.DivMod(new(big.Int).Add(long, z), d, m)
				fmt.Fprintln(h, &q, m)
				back := new(big.Int).Mul(&q, d)
				if back.Add(back, m).Cmp(new(big.Int).Add(long, z)) != 0 {
					fmt.Println("division is wrong for", long, d)
				}
			}
			fmt.Fprintln(h, new(big.Int).Sqrt(new(big.Int).Abs(x)))
			base := 2 + rng.Intn(61)
			t := x.Text(base)
			back, ok := new(big.Int).SetString(t, base)
			if !ok || back.Cmp(x) != 0 {
				fmt.Println("text is wrong in base", base, x, t)
			}
			fmt.Fprintln(h, t, x.Text(2), x.Text(8), x.Text(16), x.Bytes())
			if f, acc := x.Float64(); size < 20 {
				fmt.Fprintln(h, f, acc)
			}
			// The receiver is an operand.
			a, b := new(big.Int).Set(x), new(big.Int).Set(y)
			a.Mul(a, b).Add(a, a).Sub(a, b)
			b.Mul(b, b).Lsh(b, 3).Rsh(b, 70).Add(b, x)
			fmt.Fprintln(h, a, b)
			if b.Sign() != 0 {
				a.Quo(a, b)
				b.Rem(x, b)
				fmt.Fprintln(h, a, b)
			}
			if size <= 100 {
				var u, v big.Int
				g := new(big.Int).GCD(&u, &v, x, y)
				check := new(big.Int).Add(new(big.Int).Mul(&u, x), new(big.Int).Mul(&v, y))
				if check.Cmp(g) != 0 {
					fmt.Println("GCD is wrong for", x, y, g, &u, &v)
				}
				fmt.Fprintln(h, g, new(big.Int).GCD(nil, nil, new(big.Int).Mul(x, z), new(big.Int).Mul(y, z)))
			}
			if size <= 10 && y.Sign() != 0 {
				e := new(big.Int).Abs(z)
				fmt.Fprintln(h, new(big.Int).Exp(x, e, y), new(big.Int).ModInverse(x, y))
				odd := new(big.Int).SetBit(new(big.Int).Abs(y), 0, 1)
				fmt.Fprintln(h, big.Jacobi(x, odd), new(big.Int).Exp(new(big.Int).Abs(x), new(big.Int).Neg(e), odd)) // of a negative x, Go has the wrong sign
				if size <= 3 {
					p, q := new(big.Rat).SetFrac(x, y), new(big.Rat).SetFrac(z, new(big.Int).Add(e, big.NewInt(1)))
					fmt.Fprintln(h, p, q, new(big.Rat).Add(p, q), new(big.Rat).Sub(p, q), new(big.Rat).Mul(p, q), p.Cmp(q), p.FloatString(rng.Intn(30)), p.RatString())
					f, exact := p.Float64()
					f32, exact32 := p.Float32()
					n, whole := p.FloatPrec()
					fmt.Fprintln(h, f, exact, f32, exact32, n, whole)
					if q.Sign() != 0 {
						fmt.Fprintln(h, new(big.Rat).Quo(p, q), new(big.Rat).Inv(q))
					}
				}
			}
		}
		report(fmt.Sprint("size ", size))
	}
	for range 2000 { // floats and back, also below the normal ones
		f := rng.NormFloat64() * float64(uint64(1)<<uint(rng.Intn(60)))
		if rng.Intn(4) == 0 {
			f *= 1e-310
		}
		r := new(big.Rat).SetFloat64(f)
		g, exact := r.Float64()
		if g != f || !exact {
			fmt.Println("float is wrong", f, g, exact)
		}
		r.Add(r, new(big.Rat).SetFrac64(1, 1<<62))
		r.Mul(r, new(big.Rat).SetFrac64(1, 3))
		a, ea := r.Float64()
		b, eb := r.Float32()
		fmt.Fprintln(h, a, ea, b, eb)
	}
	report("floats")
	for i := range int64(3000) {
		if p := big.NewInt(i*i*7 + i); p.ProbablyPrime(2) {
			fmt.Fprint(h, p, " ")
		}
	}
	m := new(big.Int)
	for _, e := range []uint{61, 89, 107, 127, 521, 607, 67, 257} {
		m.Lsh(big.NewInt(1), e).Sub(m, big.NewInt(1))
		fmt.Print(e, m.ProbablyPrime(5), " ")
	}
	fmt.Println()
	for _, p := range []int64{3, 5, 7, 13, 17, 97, 193, 257, 65537} {
		for x := range int64(10) {
			r := new(big.Int).ModSqrt(big.NewInt(x), big.NewInt(p))
			if r != nil { // one of two
				r.Mul(r, r).Mod(r, big.NewInt(p))
			}
			fmt.Fprint(h, r)
		}
	}
	report("primes")
	fmt.Println(new(big.Int).MulRange(1, 60), new(big.Int).MulRange(-5, -1), new(big.Int).Binomial(100, 33), new(big.Int).Exp(big.NewInt(3), big.NewInt(300), nil))
	x, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	for _, f := range []string{"%d", "%x", "%X", "%#x", "%o", "%#o", "%O", "%b", "%s", "%v", "%40d|", "%-40d|", "%040d", "%+d", "% d", "%.40d", "%50.40d", "%q", "%c", "%#v"} {
		fmt.Printf(f+"\n", x)
	}
	for _, s := range []string{"0", "-0", "+7", "0x_1f", "0b101", "0o17", "017", "1_000", "1__0", "_1", "1_", "", "-", "0x", "12a", "99999999999999999999", " 1", "1 "} {
		v, ok := new(big.Int).SetString(s, 0)
		w, ok10 := new(big.Int).SetString(s, 10)
		fmt.Printf("%q: %v %v %v %v\n", s, v, ok, w, ok10)
	}
	for _, s := range []string{"1/2", "-3/6", "1.25", ".5", "5.", "1e3", "-2.5e-3", "0x10", "0x1p4", "0x.8p1", "1/0", "1/-2", "", "x", "1e", "3/0x10", "1.2.3", "0b1.1", "1_0", "0x1_0"} {
		r, ok := new(big.Rat).SetString(s)
		fmt.Printf("%q: %v %v\n", s, r, ok)
	}
	fmt.Println(try(func() { new(big.Int).Quo(x, new(big.Int)) }), try(func() { new(big.Int).Sqrt(x) }), try(func() { new(big.Rat).SetFrac64(1, 0) }), try(func() { big.Jacobi(x, big.NewInt(4)) }), try(func() { x.FillBytes(make([]byte, 3)) }))
	var a, b big.Int
	fmt.Println(fmt.Sscan("12345678901234567890123 -0x1f", &a, &b))
	fmt.Println(&a, &b)
	j, err := json.Marshal(map[string]any{"i": x, "r": big.NewRat(1, 3)})
	fmt.Println(string(j), err)
	var back struct{ I *big.Int }
	fmt.Println(json.Unmarshal([]byte(`{"i":123456789012345678901234567890}`), &back), back.I)
	g, _ := x.GobEncode()
	fmt.Println(g, b.GobDecode(g), &b)
	for _, mode := range []big.RoundingMode{big.Trunc, big.Floor, big.Round, big.Ceil} {
		for _, v := range []int64{7, -7, 5, -5, 6, 10} {
			var q, r big.Int
			q.Divide(big.NewInt(v), big.NewInt(4), &r, mode)
			fmt.Print(&q, " ", &r, " ")
		}
		fmt.Println(mode)
	}
	fmt.Println(big.Below, big.Exact, big.Accuracy(5), new(big.Int).Rand(rand.New(rand.NewSource(1)), x.Abs(x)))
	fmt.Println(digitsOfPi(1000))
	f := new(big.Int).MulRange(1, 3000)
	fmt.Fprint(h, f)
	report("3000!")
}

// digitsOfPi is J. Gibbons' unbounded spigot.
func digitsOfPi(n int) string {
	var out []byte
	num, acc, den := big.NewInt(1), big.NewInt(0), big.NewInt(1)
	t1, t2, k2 := new(big.Int), new(big.Int), new(big.Int)
	extract := func(nth int64) int64 {
		t1.Mul(big.NewInt(nth), num)
		t2.Add(t1, acc)
		return t1.Div(t2, den).Int64()
	}
	for k := int64(1); len(out) < n; k++ {
		k2.SetInt64(2*k + 1)
		acc.Add(acc, t1.Lsh(num, 1))
		acc.Mul(acc, k2)
		den.Mul(den, k2)
		num.Mul(num, big.NewInt(k))
		if num.Cmp(acc) > 0 {
			continue
		}
		d := extract(3)
		if d != extract(4) {
			continue
		}
		out = append(out, byte('0'+d))
		acc.Sub(acc, t1.Mul(den, big.NewInt(d)))
		acc.Mul(acc, big.NewInt(10))
		num.Mul(num, big.NewInt(10))
	}
	return string(out)
}
