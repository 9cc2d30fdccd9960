package p

type clS struct {
	a int
	b string
}
type clE struct{ clS }

func _(n int) {
	_ = clS{1/* ERROR "too few values in struct literal of type clS" */ }
	_ = clS{1, "", /* ERROR "too many values in struct literal of type clS" */ 3}
	_ = clS{/* ERROR `cannot use "" (untyped string constant) as int value in struct literal` */ "", /* ERROR "cannot use 1 (untyped int constant) as string value in struct literal" */ 1}
	_ = clS{a: /* ERROR `cannot use "" (untyped string constant) as int value in struct literal` */ ""}
	_ = clS{/* ERROR "unknown field c in struct literal of type clS" */ c: 1}
	_ = clS{/* ERROR "unknown field A in struct literal of type clS, but does have a" */ A: 1}
	_ = clS{a: 1, /* ERROR "mixture of field:value and value elements in struct literal" */ ""}
	_ = clS{1, /* ERROR "mixture of field:value and value elements in struct literal" */ b: ""}
	_ = clE{a: /* ERROR `cannot use "" (untyped string constant) as int value in struct literal` */ ""}
	_ = clS{/* ERROR "invalid field name 1 in struct literal" */ 1: 2}
	_ = []int{/* ERROR `cannot use "a" (untyped string constant) as int value in array or slice literal` */ "a"}
	_ = []int{/* ERROR "invalid argument: index -1 (constant of type int) must not be negative" */ -1: 1}
	_ = []int{/* ERROR "index n must be integer constant" */ n: 1}
	_ = []int{/* ERROR `cannot convert "a" (untyped string constant) to type int` */ "a": 1}
	_ = [2]int{1, 2, /* ERROR "index 2 is out of bounds (>= 2)" */ 3}
	_ = [2]int{/* ERROR "invalid argument: index 5 out of bounds [0:2]" */ 5: 1}
	_ = map[string]int{/* ERROR "cannot use 1 (untyped int constant) as string value in map literal" */ 1: 1}
	_ = map[string]int{/* ERROR "missing key in map literal" */ "a"}
	_ = map[string]int{"a": /* ERROR `cannot use "b" (untyped string constant) as int value in map literal` */ "b"}
	_ = /* ERROR "invalid composite literal type int" */ int{}
	_ = /* ERROR "undefined: undefinedLit" */ undefinedLit{1}
	_ = []clS{{1, ""}, {/* ERROR `cannot use "a" (untyped string constant) as int value in struct literal` */ "a"/* ERROR "too few values in struct literal of type clS" */ }}
	_ = clE{clS: /* ERROR "missing type in composite literal" */ {1, ""}}
	_ = &[]int{/* ERROR "cannot use 1.5 (untyped float constant) as int value in array or slice literal (truncated)" */ 1.5}
	_ = [...]int{1}[/* ERROR "invalid argument: index 5 out of bounds [0:1]" */ 5]
	_ = struct{}{/* ERROR "too many values in struct literal of type struct{}" */ 1}
	var _ /* ERROR "invalid use of [...] array (outside a composite literal)" */ [...]int
	_ = map[/* ERROR "invalid map key type []int" */ []int]int{}
}

var _ = clE{a: 1, /* ERROR "cannot specify embedded field clS and enclosed promoted field a" */ clS: clS{}}
var _ = clE{clS: clS{}, /* ERROR "cannot specify promoted field b and enclosing embedded field clS" */ b: ""}
var _ = struct{ *clS }{/* ERROR "invalid implicit pointer indirection to reach a" */ a: 1}
