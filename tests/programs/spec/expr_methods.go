// SPDX-License-Identifier: BSD-3-Clause
//
// Go spec: Method expressions; Method values
package main

import "fmt"

type T struct{ a int }

func (tv T) Mv(a int) int         { return tv.a*100 + a }
func (tp *T) Mp(f float32) float32 { tp.a++; return f + float32(tp.a) }

type Namer interface{ Name(suffix string) string }
type dog struct{ name string }

func (d dog) Name(s string) string { return d.name + s }

type pet struct {
	dog
	*T
}

//gotk:illegal top: type T struct{}; func (*T) Mp() {}; var _ = T.Mp -- invalid method expression T.Mp (needs pointer receiver (*T).Mp)
//gotk:illegal top: type T struct{}; func (*T) Mp() {}; func f() { T{}.Mp() } -- cannot call pointer method Mp on T
//gotk:illegal top: type T struct{}; func (T) M() {}; func f() { var m map[int]T; m[0].M(); T.M() } -- not enough arguments in call to T.M

func main() {
	t := T{1}
	pt := &t
	fmt.Println(t.Mv(7), T.Mv(t, 7), (T).Mv(t, 7), (*T).Mv(&t, 7), (*T).Mp(pt, 1))
	f1, f2, f3 := T.Mv, (*T).Mp, Namer.Name
	fmt.Printf("%T %T %T\n", f1, f2, f3)
	fmt.Println(f1(T{5}, 6), f2(pt, 2), f3(dog{"rex"}, "!"), t.a)
	bound := t.Mv // t is copied now
	pointer := pt.Mp
	addressed := t.Mp // (&t).Mp
	t.a = 50
	fmt.Println(bound(1), pointer(1), addressed(1), t.a)
	var i Namer = dog{"fido"}
	name := i.Name
	i = dog{"max"}
	fmt.Println(name("?"), i.Name("?"))
	p := pet{dog{"kit"}, &T{9}}
	promoted, viaPointer := p.Name, p.Mp
	p.name, p.T = "changed", &T{0}
	fmt.Println(promoted("."), viaPointer(0), pet.Mv(p, 1), pet.Mp(p, 1), (*pet).Name(&p, "/"))
	fs := []func(int) int{t.Mv, T{2}.Mv, pt.Mv}
	for _, f := range fs {
		fmt.Print(f(3), " ")
	}
	fmt.Println(interface{ Mv(int) int }(t).Mv(4), struct{ T }{T{3}}.Mv(1))
	func() {
		defer func() { fmt.Println(recover()) }()
		var none *T
		f := none.Mp // not dereferenced yet
		_ = f
		_ = none.Mv // dereferenced here
	}()
	defer func() { fmt.Println(recover()) }()
	var none Namer
	_ = none.Name
}

// Output:
// 107 107 107 107 3
// func(main.T, int) int func(*main.T, float32) float32 func(main.Namer, string) string
// 506 5 rex! 3
// 301 52 53 52
// fido? max?
// kit. 10 1 2 changed/
// 5203 203 5203 5204 301
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
