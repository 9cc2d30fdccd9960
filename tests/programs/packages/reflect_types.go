// SPDX-License-Identifier: BSD-3-Clause

// Types as reflect describes them: names, parts, methods, relations, and types made at run time.
package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
	"sync"
	"time"
	"unsafe"
)

type Celsius float64

func (c Celsius) String() string   { return fmt.Sprintf("%g°", float64(c)) }
func (c *Celsius) Add(d float64)   { *c += Celsius(d) }
func (c Celsius) hidden(int) error { return nil }

type Inner struct {
	X, Y int
	Deep *Deep
}
type Deep struct{ Z string }
type Base struct{ ID int }
type Outer struct {
	Base
	*Inner  `json:"inner"`
	Name    string `json:"name,omitempty" db:"n\"q"`
	private bool
	_       int
	F       func(int, ...string) (bool, error)
}

func (b Base) Describe() string { return fmt.Sprint("base ", b.ID) }
func (b *Base) SetID(id int)    { b.ID = id }

type Pair[A, B any] struct {
	First  A
	Second B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }

type Shape interface {
	Area() float64
	perimeter() float64
}

type MyInts []int
type MyMap map[string]Celsius
type MyFunc func(int) string
type MyChan chan<- int

func describe(t reflect.Type) {
	fmt.Printf("%v|%s|%s|%v|%d|%d|%v|%d methods\n", t, t.Name(), t.PkgPath(), t.Kind(), t.Size(), t.Align(), t.Comparable(), t.NumMethod())
	switch t.Kind() {
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			fmt.Println("  ", f.Name, f.PkgPath, f.Type, f.Tag, f.Offset, f.Index, f.Anonymous, f.IsExported())
		}
	case reflect.Func:
		fmt.Println("  ", t.NumIn(), t.NumOut(), t.IsVariadic())
		for i := range t.NumIn() {
			fmt.Println("   in", t.In(i))
		}
		for o := range t.Outs() {
			fmt.Println("   out", o)
		}
	case reflect.Map:
		fmt.Println("  ", t.Key(), t.Elem())
	case reflect.Array:
		fmt.Println("  ", t.Len(), t.Elem())
	case reflect.Chan:
		fmt.Println("  ", t.ChanDir(), t.Elem())
	case reflect.Slice, reflect.Pointer:
		fmt.Println("  ", t.Elem())
	}
	for m := range t.Methods() {
		fmt.Println("   method", m.Index, m.Name, m.PkgPath, m.Type, m.IsExported())
	}
}

func main() {
	type Local struct{ V int }
	type LocalG = Pair[Local, *Local]
	for _, x := range []any{
		1, "s", true, 1.5, 2i, uint8(1), 'x', uintptr(1), []int(nil), [3]string{}, map[string][]byte{}, make(chan int), make(<-chan int), make(chan (<-chan int)),
		func() {}, func(int, ...string) (int, error) { return 0, nil }, struct{}{}, struct {
			A int `k:"v"`
			b string
		}{}, new(int), new(any), errors.New("x"), Celsius(1), new(Celsius), Outer{}, &Outer{}, Inner{}, MyInts{}, MyMap{}, MyFunc(nil), MyChan(nil),
		Pair[int, string]{}, Pair[Celsius, map[string]Pair[int, []int]]{}, &Pair[int, bool]{}, Local{}, []Local{}, LocalG{}, unsafe.Pointer(nil), time.Second, [0]func(){},
		struct{ _ struct{} }{}, [2]struct {
			a int8
			b int64
			c struct{}
		}{},
	} {
		describe(reflect.TypeOf(x))
	}
	describe(reflect.TypeFor[Shape]())
	describe(reflect.TypeFor[error]())
	describe(reflect.TypeFor[any]())
	describe(reflect.TypeFor[interface {
		io.Reader
		Close() error
	}]())
	fmt.Println(reflect.TypeOf(nil), reflect.TypeFor[int]() == reflect.TypeOf(3))

	// Relations.
	types := []reflect.Type{
		reflect.TypeFor[int](), reflect.TypeFor[Celsius](), reflect.TypeFor[float64](), reflect.TypeFor[string](), reflect.TypeFor[[]byte](), reflect.TypeFor[[]rune](),
		reflect.TypeFor[error](), reflect.TypeFor[any](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[*Celsius](), reflect.TypeFor[MyInts](), reflect.TypeFor[[]int](),
		reflect.TypeFor[[4]int](), reflect.TypeFor[*[2]int](), reflect.TypeFor[chan int](), reflect.TypeFor[chan<- int](), reflect.TypeFor[MyChan](), reflect.TypeFor[MyFunc](),
		reflect.TypeFor[func(int) string](), reflect.TypeFor[struct{ X int }](), reflect.TypeFor[struct {
			X int `t:"1"`
		}](), reflect.TypeFor[complex64](), reflect.TypeFor[uint8](), reflect.TypeFor[*Outer](), reflect.TypeFor[unsafe.Pointer](),
	}
	for _, t := range types {
		var row strings.Builder
		for _, u := range types {
			c := byte('.')
			if t.AssignableTo(u) {
				c = 'a'
			} else if t.ConvertibleTo(u) {
				c = 'c'
			}
			if u.Kind() == reflect.Interface && t.Implements(u) {
				c -= 32
			}
			row.WriteByte(c)
		}
		fmt.Println(row.String(), t)
	}

	// Fields by name, promotion, tags.
	ot := reflect.TypeFor[Outer]()
	for _, name := range []string{"Name", "ID", "X", "Z", "Deep", "private", "Inner", "_", "none"} {
		f, ok := ot.FieldByName(name)
		fmt.Println(name, ok, f.Index, f.Type)
	}
	f, ok := ot.FieldByNameFunc(func(s string) bool { return strings.ToLower(s) == "y" })
	fmt.Println(f.Name, ok, f.Index)
	for _, f := range reflect.VisibleFields(ot) {
		fmt.Println("visible", f.Name, f.Index, f.Type)
	}
	fmt.Println(ot.FieldByIndex([]int{1, 2, 0}).Name)
	tag := reflect.StructTag(`a:"1" b:"x\ty" c:"" bad d:"2"`)
	for _, k := range []string{"a", "b", "c", "d", "e"} {
		v, ok := tag.Lookup(k)
		fmt.Printf("%s %q %v %q\n", k, v, ok, tag.Get(k))
	}

	// Made types are the program's own where it has them.
	i, s := reflect.TypeFor[int](), reflect.TypeFor[string]()
	fmt.Println(reflect.SliceOf(i) == reflect.TypeFor[[]int](), reflect.ArrayOf(4, i) == reflect.TypeFor[[4]int](), reflect.MapOf(s, reflect.TypeFor[[]byte]()) == reflect.TypeFor[map[string][]byte](),
		reflect.ChanOf(reflect.SendDir, i) == reflect.TypeFor[chan<- int](), reflect.PointerTo(reflect.PointerTo(ot)) == reflect.TypeFor[**Outer](),
		reflect.FuncOf([]reflect.Type{i}, []reflect.Type{s}, false) == reflect.TypeFor[func(int) string](),
		reflect.StructOf([]reflect.StructField{{Name: "X", Type: i}}) == reflect.TypeFor[struct{ X int }]())
	made := []reflect.Type{
		reflect.SliceOf(reflect.MapOf(i, ot)), reflect.ArrayOf(7, reflect.SliceOf(ot)), reflect.ChanOf(reflect.BothDir, reflect.ChanOf(reflect.RecvDir, ot)),
		reflect.FuncOf([]reflect.Type{i, reflect.SliceOf(s)}, []reflect.Type{i, reflect.TypeFor[error]()}, true), reflect.PointerTo(reflect.SliceOf(reflect.ArrayOf(2, ot))),
		reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[int8](), Tag: `x:"y"`}, {Name: "B", Type: s}, {Name: "C", Type: reflect.TypeFor[struct{}]()}}),
		reflect.MapOf(reflect.ArrayOf(2, s), i),
	}
	for _, t := range made {
		describe(t)
		v := reflect.New(t).Elem()
		fmt.Printf("   zero %v %T\n", v.Interface(), v.Interface())
	}
	fmt.Println(reflect.SliceOf(reflect.MapOf(i, ot)) == made[0])
	m := reflect.MakeMap(made[6])
	key := reflect.New(made[6].Key()).Elem()
	key.Index(0).SetString("a")
	m.SetMapIndex(key, reflect.ValueOf(5))
	fmt.Println(m.Interface(), m.MapIndex(key))
	st := reflect.New(made[5]).Elem()
	st.Field(0).SetInt(3)
	st.Field(1).SetString("t")
	fmt.Printf("%+v %v\n", st.Interface(), st.Interface() == st.Interface())

	var kinds []string
	for k := reflect.Invalid; k <= reflect.UnsafePointer+1; k++ {
		kinds = append(kinds, k.String())
	}
	fmt.Println(kinds, reflect.RecvDir, reflect.SendDir, reflect.BothDir, reflect.ChanDir(9))
	names := []string{}
	for i := range reflect.TypeFor[*Outer]().NumMethod() {
		names = append(names, reflect.TypeFor[*Outer]().Method(i).Name)
	}
	sort.Strings(names)
	fmt.Println(names)
	mutex := reflect.TypeFor[sync.Mutex]() // its fields are in error messages about literals
	fmt.Println(mutex.NumField(), mutex.Field(0).Name, mutex.Field(1).Name)
}
