package p

func _(n int, s string, a [3]int, p *[3]int, m map[string]int, sl []int, f float64, pp *[]int) {
	_ = n/* ERROR "cannot index n (variable of type int)" */ [0]
	_ = s[/* ERROR `cannot convert "a" (untyped string constant) to type int` */ "a"]
	_ = s[/* ERROR "1.5 (untyped float constant) truncated to int" */ 1.5]
	_ = s[/* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */ -1]
	_ = "abc"[/* ERROR "invalid argument: index 3 out of bounds [0:3]" */ 3]
	_ = a[/* ERROR "invalid argument: index 3 out of bounds [0:3]" */ 3]
	_ = a[/* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */ -1]
	_ = p[/* ERROR "invalid argument: index 3 out of bounds [0:3]" */ 3]
	_ = m[/* ERROR "cannot use 1 (untyped int constant) as string value in map index" */ 1]
	_ = sl[/* ERROR "invalid argument: index f (variable of type float64) must be integer" */ f]
	_ = sl[/* ERROR "invalid argument: index s (variable of type string) must be integer" */ s]
	_ = pp/* ERROR "cannot index pp (variable of type *[]int)" */ [0]
	_ = sl[1:/* ERROR "invalid slice indices: 0 < 1" */ 0]
	_ = a[1:/* ERROR "invalid argument: index 5 out of bounds [0:4]" */ 5]
	_ = a[2:/* ERROR "invalid slice indices: 1 < 2" */ 1]
	_ = s[1:2:/* ERROR "invalid operation: 3-index slice of string" */ 3]
	_ = /* ERROR "cannot slice m (variable of type map[string]int)" */ m[1:2]
	_ = /* ERROR "cannot slice n (variable of type int)" */ n[:]
	_ = /* ERROR "cannot slice unaddressable value [3]int{} (value of type [3]int)" */ [3]int{}[:]
	_ = sl[3:/* ERROR "invalid slice indices: 2 < 3" */ 2:1]
	_ = sl[/* ERROR `cannot convert "a" (untyped string constant) to type int` */ "a":]
	_ = n./* ERROR "n.x undefined (type int has no field or method x)" */ x
	_ = sl./* ERROR "sl.len undefined (type []int has no field or method len)" */ len
	_ = sl[/* ERROR "cannot convert nil to type int" */ nil]
}
