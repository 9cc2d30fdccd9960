package p

type geNum interface{ ~int | ~float64 }
type geStr interface{ String() string }
type geBox[T any] struct{ v T }
type gePair[K comparable, V any] struct{}
type geInt int

func geMap[A, B any](a []A, f func(A) B) []B { return nil }
func geSum[T geNum](a ...T) (s T)            { return }
func geMake[T any]() (t T)                   { return }
func geShow[T geStr](t T)                    {}
func geTwo[T any](a, b T)                    {}

func (b geBox[T]) get() T        { return b.v }
func (b geBox[int]) wrong() int  { return b.v }
func (b /* ERROR "cannot use generic type geBox[T any] without instantiation" */ geBox) missing()         {}
func (b /* ERROR "receiver declares 2 type parameters, but receiver base type declares 1" */ geBox[A, B]) tooMany()   {}

func _[T any, N geNum, P *int](t T, n N, i int) {
	geSum/* ERROR "string does not satisfy geNum (string missing in ~int | ~float64)" */ ("a")
	geSum[/* ERROR "string does not satisfy geNum (string missing in ~int | ~float64)" */ string]()
	geSum(1, 2.5)
	geSum(i, /* ERROR "cannot use 2.5 (untyped float constant) as int value in argument to geSum (truncated)" */ 2.5)
	geShow/* ERROR "in call to geShow, T (type int) does not satisfy geStr (missing method String)" */ (i)
	geMake/* ERROR "in call to geMake, cannot infer T (declared at generics.go:11:13)" */ ()
	geMake[int, /* ERROR "got 2 type arguments but want 1" */ string]()
	geMap/* ERROR "in call to geMap, cannot infer B (declared at generics.go:9:15)" */ ([]int{}, 1)
	geTwo(1, /* ERROR "in call to geTwo, mismatched types untyped int and untyped string (cannot infer T)" */ "a")
	geTwo(i, /* ERROR `cannot use "a" (untyped string constant) as int value in argument to geTwo` */ "a")
	var _ /* ERROR "cannot use generic type geBox[T any] without instantiation" */ geBox
	var _ /* ERROR "too many type arguments for type geBox: have 2, want 1" */ geBox[int, string]
	var _ /* ERROR "not enough type arguments for type gePair: have 1, want 2" */ gePair[int]
	var _ gePair[/* ERROR "[]int does not satisfy comparable" */ []int, int]
	var _ geBox[/* ERROR "undefined: undefinedArg" */ undefinedArg]
	var _ /* ERROR "cannot use type geNum outside a type constraint: interface contains type constraints" */ geNum
	var _ /* ERROR "cannot use type comparable outside a type constraint: interface is (or embeds) comparable" */ comparable
	var _ /* ERROR "invalid operation: geInt[int] (geInt is not a generic type)" */ geInt[int]
	_ = /* ERROR "invalid operation: operator + not defined on t (variable of type T constrained by any)" */ t + t
	_ = /* ERROR "invalid operation: t == t (incomparable types in type set)" */ t == t
	_ = n + n
	_ = /* ERROR `invalid operation: n + "a" (mismatched types N and untyped string)` */ n + "a"
	_ = n + /* ERROR "cannot convert 1.5 (untyped float constant) to type N" */ 1.5
	_ = /* ERROR "invalid operation: operator & not defined on n (variable of type N constrained by geNum)" */ n & n
	t./* ERROR "t.foo undefined (type T has no field or method foo)" */ foo()
	_ = /* ERROR "invalid operation: cannot use type assertion on type parameter value t (variable of type T constrained by any)" */ t.(int)
	switch /* ERROR "cannot use type switch on type parameter value t (variable of type T constrained by any)" */ t.(type) {
	}
	_ = /* ERROR "cannot use generic function geMap without instantiation" */ geMap
	_ = geMake[int]
	var _ func(int) = /* ERROR "type func(int) of _ does not match func() (t T) (cannot infer T)" */ geMake
	_ = string(/* ERROR "cannot convert n (variable of type N constrained by geNum) to type string: cannot convert float64 (in N) to type string" */ n)
	_ = T(/* ERROR "cannot convert i (variable of type int) to type T" */ i)
	var _ T = /* ERROR "cannot use i (variable of type int) as T value in variable declaration" */ i
	var _ T = /* ERROR "cannot use nil as T value in variable declaration" */ nil
	for range /* ERROR "cannot range over t (variable of type T constrained by any): no specific type" */ t {
	}
	_ = len(/* ERROR "invalid argument: t (variable of type T constrained by any) for built-in len" */ t)
	_ = t/* ERROR "cannot index t (variable of type T constrained by any)" */ [0]
	type local[Q any] struct{}
	var _ local[int]
}

type geA[T any] interface{ /* ERROR "term cannot be a type parameter" */ T }

type geC interface{ /* ERROR "invalid use of ~ (underlying type of geInt is int)" */ ~geInt }
type geD interface{ int | /* ERROR "overlapping terms int and int" */ int }
type geE interface{ int | /* ERROR "overlapping terms ~int and int" */ ~int }
type geF[T int | string] struct{}
type geG[T any] /* ERROR "cannot use a type parameter as RHS in type declaration" */ T

var _ geF[/* ERROR "bool does not satisfy int | string (bool missing in int | string)" */ bool]
