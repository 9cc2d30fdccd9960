// SPDX-License-Identifier: BSD-3-Clause
//
// Strings and byte slices that a frame makes for itself may live in it; whatever keeps one must not see it change.
package main

import "fmt"

var (
	kept  string
	bytes []byte
	count = map[string]int{}
	list  []string
	empty = ""
)

type pair struct{ key, value string }

func keep(s string)            { kept = s + empty }
func first(s, t string) string { return s + t }
func part(s string) string     { return s[1:] }
func same(s string) string     { return s }

func build(i int) string {
	s := "k" + fmt.Sprint(i)
	return s + empty // the only operand that is not empty
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func scratch(s string) int { // writes over the stack where callees' frames were
	var room [40]string
	for i := range room {
		room[i] = s + "#"
	}
	return len(room[39])
}

func main() {
	for i := range 3 {
		x := fmt.Sprint(i)
		keep("keep" + x)
		f := first("a"+x, empty)
		p := part("-" + x + "+")
		q := pair{"k" + x, same("v" + x)}
		scratch("zzzzzzzz")
		list = append(list, kept, f, p, q.key, q.value, build(i), reverse("abc"+x))
		count["n"+x]++
		count["n"+x] += 2
		count[string([]byte{'b', byte('0' + i)})] = i
		bytes = append(bytes, []byte("<"+x+">")...)
		scratch("yyyyyyyy")
	}
	fmt.Println(list, count, string(bytes))

	b := []byte("key1")
	m := map[string]int{"key1": 1, "key2": 2}
	fmt.Print(m[string(b)], " ")
	b[3] = '2'
	v, ok := m[string(b)]
	fmt.Println(v, ok, string(b) == "key2", string(b) < "key3", "x"+string(b)+"y")

	s := empty + string(b) // not b's own bytes
	t := string(b) + empty
	b[0] = 'K'
	fmt.Println(s, t, string(b))

	change := func() string { b[0] = '!'; return "" }
	fmt.Println(len(string(b)+change()), string(b))

	total := 0
	for i, c := range []byte("sum" + string(b[1:])) {
		total += i * int(c)
	}
	for i := range []byte("four") {
		total += i
	}
	fmt.Println(total)

	last := ""
	for i := range 4 {
		last = fmt.Sprint(i) + "," + last
	}
	for s, i := "", 0; i < 3; s, i = "("+s+")", i+1 {
		last += s
	}
	fmt.Println(last)

	var fs []func() string
	for i := range 3 {
		w := "w" + fmt.Sprint(i)
		fs = append(fs, func() string { return w + "." })
	}
	scratch("xxxxxxxx")
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	var e any = "in " + fmt.Sprint(7)
	c := make(chan string, 1)
	c <- "sent " + fmt.Sprint(8)
	defer func(s string) { fmt.Println(s, recover()) }("deferred " + fmt.Sprint(9))
	scratch("uuuuuuuu")
	fmt.Println(e, <-c)
	panic("p" + fmt.Sprint(1))
}
