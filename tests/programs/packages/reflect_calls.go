// SPDX-License-Identifier: BSD-3-Clause

// Calls through reflect in both directions: register and memory types, arguments on the stack, variadic functions, methods, closures, deep
// recursion over stack segments, panics, goroutines.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

type Small struct {
	A int8
	B float32
	C string
}
type Large struct {
	A, B, C, D, E, F, G, H, I int
	S                         string
}
type Padded struct {
	N int
	Z struct{}
}
type Nested struct {
	P [2]Padded
	F float64
	E [0]int
}
type Ptr struct{ p *int }

type Acc struct{ sum int }

func (a *Acc) Add(xs ...int) *Acc {
	for _, x := range xs {
		a.sum += x
	}
	return a
}
func (a Acc) Sum() int                                  { return a.sum }
func (l Large) Total(k int) (int, Large)                { l.A += k; return l.A + l.I, l }
func (p Ptr) Get() int                                  { return *p.p }
func (s Small) Mix(l Large, f float64, n Nested) string { return fmt.Sprint(s, l.I, f, n) }

type Adder interface {
	Add(xs ...int) *Acc
	Sum() int
}

func many(a int, b float64, c string, d Large, e [3]int16, f complex64, g any, h []byte, i Nested, j uint8, k float32, l, m, n, o float64, p, q, r, s, t, u float32, v bool, w *int, x Small) string {
	return fmt.Sprint(a, b, c, d, e, f, g, string(h), i, j, k, l, m, n, o, p, q, r, s, t, u, v, *w, x)
}

func floats(a, b float64, c int) (float64, float32, int, string, float64) {
	return a + b, float32(a), c, "f", b
}
func ints(a, b, c, d int) (int, int8, uint16, bool) { return a + b, int8(c), uint16(d), a < b }
func noResult(p *int)                               { *p++ }
func fails(n int) (int, error) {
	if n < 0 {
		return 0, errors.New("negative")
	}
	return n * 2, nil
}
func large(n int) Large { return Large{A: n, I: n * 2, S: strings.Repeat("x", n)} }

func vals(xs ...any) []reflect.Value {
	out := make([]reflect.Value, len(xs))
	for i, x := range xs {
		out[i] = reflect.ValueOf(x)
	}
	return out
}

func print(vs []reflect.Value) {
	for _, v := range vs {
		fmt.Printf("%v:%v ", v.Type(), v)
	}
	fmt.Println()
}

func main() {
	one := 1
	nested := Nested{P: [2]Padded{{N: 1}, {N: 2}}, F: 2.5}
	big := Large{1, 2, 3, 4, 5, 6, 7, 8, 9, "L"}
	small := Small{-1, 1.5, "s"}
	args := vals(1, 2.5, "c", big, [3]int16{1, -2, 3}, complex64(1+2i), "any", []byte("bytes"), nested, uint8(200), float32(0.25), 1.0, 2.0, 3.0, 4.0,
		float32(5), float32(6), float32(7), float32(8), float32(9), float32(10), true, &one, small)
	print(reflect.ValueOf(many).Call(args))
	print(reflect.ValueOf(floats).Call(vals(1.5, 2.5, 7)))
	print(reflect.ValueOf(ints).Call(vals(1, 2, -3, 65535)))
	print(reflect.ValueOf(noResult).Call(vals(&one)))
	out := reflect.ValueOf(fails).Call(vals(-1))
	fmt.Println(out[0], out[1].Interface(), out[1].Kind(), out[1].IsNil())
	out = reflect.ValueOf(fails).Call(vals(4))
	fmt.Println(out[0], out[1].Interface(), out[1].IsNil())
	print(reflect.ValueOf(large).Call(vals(3)))

	// Methods by value, pointer, interface; bound and unbound.
	acc := &Acc{}
	v := reflect.ValueOf(acc)
	v.MethodByName("Add").Call(vals(1, 2, 3))
	v.MethodByName("Add").CallSlice(vals([]int{4, 5}))
	print(v.MethodByName("Sum").Call(nil))
	print(v.Elem().MethodByName("Sum").Call(nil))
	add := v.Method(0).Interface().(func(...int) *Acc)
	fmt.Println(add(10, 20).sum, v.Method(0).Type())
	var adder Adder = acc
	iv := reflect.ValueOf(&adder).Elem()
	iv.MethodByName("Add").Call(vals(100))
	print(iv.Method(1).Call(nil))
	fmt.Println(iv.Method(1).Interface().(func() int)())
	print(reflect.ValueOf(big).MethodByName("Total").Call(vals(5)))
	print(reflect.ValueOf(Ptr{&one}).MethodByName("Get").Call(nil))
	print(reflect.ValueOf(small).MethodByName("Mix").Call(vals(big, 1.25, nested)))
	frozen := reflect.ValueOf(&big).Elem().MethodByName("Total").Interface().(func(int) (int, Large))
	big.A = 1000
	n, _ := frozen(1)
	fmt.Println(n)
	m, _ := reflect.TypeOf(acc).MethodByName("Sum")
	fmt.Println(m.Type, m.Func.Call(vals(acc))[0])
	m, _ = reflect.TypeOf(acc).MethodByName("Add")
	fmt.Println(m.Type, m.Func.Call(vals(acc, 1, 1))[0].Elem().Field(0))

	// Closures.
	count := 0
	counter := func(step int) int { count += step; return count }
	cv := reflect.ValueOf(counter)
	cv.Call(vals(3))
	print(cv.Call(vals(4)))
	fmt.Println(count)

	// Made functions.
	echo := func(in []reflect.Value) []reflect.Value { return in }
	f := reflect.MakeFunc(reflect.TypeFor[func(Large, Small, float64, Nested, float32) (Large, Small, float64, Nested, float32)](), echo).
		Interface().(func(Large, Small, float64, Nested, float32) (Large, Small, float64, Nested, float32))
	fmt.Println(f(big, small, 3.5, nested, 4.5))
	manyType := reflect.TypeOf(many)
	joined := reflect.MakeFunc(manyType, func(in []reflect.Value) []reflect.Value {
		var parts []string
		for _, x := range in {
			if x.Kind() == reflect.Pointer {
				x = x.Elem()
			}
			parts = append(parts, fmt.Sprint(x))
		}
		return vals(strings.Join(parts, ","))
	}).Interface().(func(int, float64, string, Large, [3]int16, complex64, any, []byte, Nested, uint8, float32, float64, float64, float64, float64, float32, float32, float32, float32, float32, float32, bool, *int, Small) string)
	fmt.Println(joined(1, 2.5, "c", big, [3]int16{1, -2, 3}, 1+2i, "any", []byte("b"), nested, 200, 0.25, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, true, &one, small))
	variadic := reflect.MakeFunc(reflect.TypeFor[func(string, ...int) int](), func(in []reflect.Value) []reflect.Value {
		return vals(len(in)*100 + in[1].Len())
	}).Interface().(func(string, ...int) int)
	fmt.Println(variadic("a"), variadic("a", 1, 2), variadic("a", []int{1}...))
	for _, p := range []any{new(func(int, int) int), new(func(float64, float64) float64), new(func(string, string) string)} {
		pv := reflect.ValueOf(p).Elem()
		pv.Set(reflect.MakeFunc(pv.Type(), func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1]} }))
	}
	errf := reflect.MakeFunc(reflect.TypeFor[func() (int, error)](), func([]reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(1), reflect.Zero(reflect.TypeFor[error]())}
	}).Interface().(func() (int, error))
	fmt.Println(errf())

	// Deep recursion through both stubs, with arguments on the stack.
	var deep func(n int, a, b, c, d, e, f, g int64, x, y float64) int64
	dt := reflect.TypeOf(deep)
	deep = reflect.MakeFunc(dt, func(in []reflect.Value) []reflect.Value {
		n := int(in[0].Int())
		if n == 0 {
			return vals(in[1].Int() + in[7].Int() + int64(in[9].Float()))
		}
		in[0] = reflect.ValueOf(n - 1)
		in[7] = reflect.ValueOf(in[7].Int() + 1)
		return reflect.ValueOf(deep).Call(in)
	}).Interface().(func(int, int64, int64, int64, int64, int64, int64, int64, float64, float64) int64)
	fmt.Println(deep(3000, 1, 2, 3, 4, 5, 6, 7, 8, 9))

	// Panics and recovery on the way; defer and go of reflected functions.
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		reflect.ValueOf(func(x int) int { return 10 / x }).Call(vals(0))
	}()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		reflect.MakeFunc(reflect.TypeFor[func()](), func([]reflect.Value) []reflect.Value { panic("made") }).Interface().(func())()
	}()
	guard := reflect.ValueOf(func() { defer func() { fmt.Println("inner", recover()) }(); panic("in callee") })
	guard.Call(nil)
	func() {
		defer reflect.ValueOf(fmt.Println).Call(vals("deferred", 1))
		defer reflect.MakeFunc(reflect.TypeFor[func(string)](), func(in []reflect.Value) []reflect.Value { fmt.Println("made deferred", in[0]); return nil }).Interface().(func(string))("x")
	}()
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for i := range 50 {
		wg.Add(1)
		go reflect.ValueOf(func(k int, l Large) {
			defer wg.Done()
			mu.Lock()
			total += k + l.I
			mu.Unlock()
		}).Call(vals(i, big))
	}
	wg.Wait()
	fmt.Println(total)
	handlers := map[string]any{"add": func(a, b int) int { return a + b }, "up": strings.ToUpper, "join": func(sep string, xs ...string) string { return strings.Join(xs, sep) }}
	fmt.Println(reflect.ValueOf(handlers["add"]).Call(vals(2, 3))[0], reflect.ValueOf(handlers["up"]).Call(vals("abc"))[0], reflect.ValueOf(handlers["join"]).Call(vals("-", "a", "b"))[0])
}
