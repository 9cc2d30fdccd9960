// SPDX-License-Identifier: BSD-3-Clause
//
// Structs are values; embedded fields and methods are promoted, through pointers too; comparison is field by field.
package main

import "fmt"

type animal struct {
	name string
	legs int
}

func (a animal) describe() string { return fmt.Sprint(a.name, " has ", a.legs, " legs") }
func (a *animal) lose()           { a.legs-- }

type dog struct {
	animal
	owner *person
}

type person struct {
	name string
	pet  *dog
}

func (p *person) hello() string { return "I am " + p.name }

type guide struct {
	*dog
	person
	id int
}

type describer interface{ describe() string }

type large struct {
	a, b, c, d, e, f, g, h, i int
	s                         string
}

func change(l large) large {
	l.a = 100
	l.s += "!"
	return l
}

func (l large) sum() int   { return l.a + l.b + l.i }
func (l *large) set(n int) { l.i = n }

func main() {
	d := dog{animal{"Rex", 4}, nil}
	e := d
	e.lose()
	fmt.Println(d.describe(), e.describe(), d == e, d.animal == animal{"Rex", 4})
	g := guide{&d, person{name: "Ann"}, 7}
	g.lose()
	g.legs += 10
	fmt.Println(d.legs, g.describe(), g.hello(), g.person.name, g.animal.name)
	var x describer = g
	fmt.Println(x.describe())
	x = &e
	fmt.Println(x.describe())
	l := large{a: 1, i: 9, s: "x"}
	k := change(l)
	fmt.Println(l.a, l.s, k.a, k.s, k == change(l), l == k)
	k.set(1000)
	fmt.Println(k.sum(), l.sum())
	ls := []large{l, k}
	ls[0].set(5)
	ls[0], ls[1] = ls[1], ls[0]
	fmt.Println(ls[0].i, ls[1].i)
	anon := struct {
		x, y int
		tag  string `json:"tag"`
	}{1, 2, "t"}
	fmt.Printf("%v %+v\n", anon, anon)
	var empty struct{}
	fmt.Println(empty == struct{}{}, [0]int{} == [0]int{})
	pp := &person{name: "Bob", pet: &dog{animal: animal{legs: 3}}}
	pp.pet.legs++
	pp.pet.owner = pp
	fmt.Println(pp.pet.owner.pet.legs)
	fn := d.describe
	d.name = "Max"
	fp := d.lose
	fp()
	fmt.Println(fn(), d.legs, animal.describe(d.animal), (*animal).describe(&d.animal))
	var np *person
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(np.name)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var nd *dog
		var i describer = nd
		fmt.Println(i.describe())
	}()
}

// Output:
// Rex has 4 legs Rex has 3 legs false true
// 13 Rex has 13 legs I am Ann Ann Rex
// Rex has 13 legs
// Rex has 3 legs
// 1 x 100 x! true false
// 1100 10
// 1000 5
// {1 2 t} {x:1 y:2 tag:t}
// true true
// 4
// Rex has 13 legs 12 Max has 12 legs Max has 12 legs
// runtime error: invalid memory address or nil pointer dereference
// runtime error: invalid memory address or nil pointer dereference
