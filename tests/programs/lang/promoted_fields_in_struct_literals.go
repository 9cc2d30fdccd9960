package main

import "fmt"

type point struct{ x, y int }
type shape struct {
	point
	name string
}
type circle struct {
	shape
	r float64
}
type box[T any] struct {
	inner[T]
	n int
}
type inner[T any] struct{ v T }

var calls []string

func called(s string, n int) int {
	calls = append(calls, s)
	return n
}

func main() {
	fmt.Printf("%+v\n", shape{x: 1, name: "dot"})
	fmt.Printf("%+v\n", shape{name: "dot", y: 2, x: 1})
	fmt.Printf("%+v\n", circle{r: 1.5, name: "c", x: called("x", 3), y: called("y", 4)})
	fmt.Printf("%+v\n", &circle{x: 7})
	fmt.Printf("%+v\n", box[string]{v: "generic", n: 1})
	fmt.Printf("%+v\n", []circle{{x: 1}, {name: "two", point: point{1, 2}}})
	fmt.Println(calls)
}

// Output:
// {point:{x:1 y:0} name:dot}
// {point:{x:1 y:2} name:dot}
// {shape:{point:{x:3 y:4} name:c} r:1.5}
// &{shape:{point:{x:7 y:0} name:} r:0}
// {inner:{v:generic} n:1}
// [{shape:{point:{x:1 y:0} name:} r:0} {shape:{point:{x:1 y:2} name:two} r:0}]
// [x y]
