// SPDX-License-Identifier: BSD-3-Clause
//
// Strings: concatenation, comparison, indexing, conversions, range by code points with invalid bytes.
package main

import "fmt"

type text string

func join(a, b, c string) string { return a + "-" + b + "-" + c }

func main() {
	s := "héllo, 世界\xff!"
	for i, r := range s {
		fmt.Print(i, ":", string(r), "(", r, ") ")
	}
	fmt.Println(len(s), s[1], s[3:5])
	b := []byte(s)
	b[0] = 'H'
	fmt.Printf("%q %d ", b, len([]rune(s)))
	fmt.Println(string([]rune{0x4e16, -1, 65}), string(rune(0x10ffff+1)))
	fmt.Println(join("a", "b", "c"), "abc" < "abd", "ab" < "abc", "b" > "abc", "x" == "x", "x" != "y", "" < "a")
	t := text("named") + "!"
	t += "?"
	fmt.Println(t, len(t), string(t[0]), t[1:3])
	switch t {
	case "other":
		fmt.Println("no")
	case "named!?":
		fmt.Println("yes")
	}
	const c = "const" + "ant"
	fmt.Println(c, len(c), c[2], c[1:4])
	var sum int
	for i := range "abc" {
		sum += i
	}
	for range "xyz" {
		sum++
	}
	raw := `back\slash`
	fmt.Println(sum, raw, '\'', "\u00e9\t\x41\101")
	fmt.Println(min("b", "a", "c"), max("b", "a", "c"))
}

// Output:
// 0:h(104) 1:é(233) 3:l(108) 4:l(108) 5:o(111) 6:,(44) 7: (32) 8:世(19990) 11:界(30028) 14:�(65533) 15:!(33) 16 195 ll
// "Héllo, 世界\xff!" 11 世�A �
// a-b-c true true true true true true
// named!? 7 n am
// yes
// constant 8 110 ons
// 6 back\slash 39 é	AA
// a c
