package p

func duF()     {}
func /* ERROR "duF redeclared in this block" */ duF(int)  {}
var duV = 1
var /* ERROR "duV redeclared in this block" */ duV = 2
type duT int
type /* ERROR "duT redeclared in this block" */ duT string
const /* ERROR "duF redeclared in this block" */ duF = 1
type duS struct {
	a int
	/* ERROR "a redeclared" */ a string
	b, /* ERROR "b redeclared" */ b int
}
type duI interface {
	m()
	/* ERROR "duplicate method m" */ m(int)
}

func (duT) m() {}
func (*duT) /* ERROR "method duT.m already declared at duplicates.go:20:12" */ m() {}
func (duS) /* ERROR "field and method with the same name a" */ a() {}
func _(a int, /* ERROR "a redeclared in this block" */ a string) {}
func _(a int) (/* ERROR "a redeclared in this block" */ a int) { return 1 }
func _[T, /* ERROR "T redeclared in this block" */ T any]() {}
func (r duT) n(/* ERROR "r redeclared in this block" */ r int) {}

func _(n int, x any) {
	var /* ERROR "n redeclared in this block" */ n int
	a := 1
	var /* ERROR "a redeclared in this block" */ a int
	_ = a
	switch n {
	case 1, 2, /* ERROR "duplicate case 1 (constant of type int) in expression switch" */ 1:
	case /* ERROR "duplicate case 2 (constant of type int) in expression switch" */ 2:
	default:
	/* ERROR "multiple defaults (first at duplicates.go:36:2)" */ default:
	}
	switch x.(type) {
	case int, string, /* ERROR "duplicate case int in type switch" */ int:
	case nil:
	case /* ERROR "duplicate case nil in type switch" */ nil:
	}
	switch x {
	case 1:
	case /* ERROR "duplicate case 1 (constant of type int) in expression switch" */ 1, "a":
	case /* ERROR `duplicate case "a" (constant of type string) in expression switch` */ "a":
	}
	switch {
	case true:
	case true:
	}
	select {
	default:
	/* ERROR "multiple defaults (first at duplicates.go:54:2)" */ default:
	}
	_ = map[string]int{"a": 1, /* ERROR `duplicate key "a" in map literal` */ "a": 2}
	_ = []int{0: 1, /* ERROR "duplicate index 0 in array or slice literal" */ 0: 2}
	_ = [...]int{5: 1, 4: 1, /* ERROR "duplicate index 5 in array or slice literal" */ 2}
	_ = duS{b: 1, /* ERROR "duplicate field name b in struct literal" */ b: 2}
}
