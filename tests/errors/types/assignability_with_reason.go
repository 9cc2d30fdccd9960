package p

type asI interface{ M(int) }
type asJ interface{ M(string); N() }
type asT struct{}
type asP struct{}
type asC chan int
type asM map[string]int

func (asT) M(string) {}
func (*asP) M(int)   {}

func _(i asI, j asJ, t asT, p asP, pi *asI, n int, f func(int) string, e error, c chan<- int, r <-chan int) {
	i = /* ERROR "cannot use t (variable of struct type asT) as asI value in assignment: asT does not implement asI (wrong type for method M)" */ t
	i = /* ERROR "cannot use p (variable of struct type asP) as asI value in assignment: asP does not implement asI (method M has pointer receiver)" */ p
	i = /* ERROR "cannot use n (variable of type int) as asI value in assignment: int does not implement asI (missing method M)" */ n
	i = /* ERROR "cannot use j (variable of interface type asJ) as asI value in assignment: asJ does not implement asI (wrong type for method M)" */ j
	i = /* ERROR "cannot use pi (variable of type *asI) as asI value in assignment: *asI does not implement asI (type *asI is pointer to interface, not interface)" */ pi
	j = /* ERROR "cannot use i (variable of interface type asI) as asJ value in assignment: asI does not implement asJ (wrong type for method M)" */ i
	t = /* ERROR "cannot use i (variable of interface type asI) as asT value in assignment" */ i
	n = /* ERROR "cannot use e (variable of interface type error) as int value in assignment" */ e
	n = /* ERROR `cannot use "a" (untyped string constant) as int value in assignment` */ "a"
	n = /* ERROR "cannot use 1.5 (untyped float constant) as int value in assignment (truncated)" */ 1.5
	n = /* ERROR "cannot use nil as int value in assignment" */ nil
	n = /* ERROR "cannot use 'a' + 0.5 (untyped float constant 97.5) as int value in assignment (truncated)" */ 'a' + 0.5
	f = /* ERROR "cannot use func(string) string {…} (value of type func(string) string) as func(int) string value in assignment" */ func(string) string { return "" }
	c = /* ERROR "cannot use r (variable of type <-chan int) as chan<- int value in assignment" */ r
	var _ chan int = /* ERROR "cannot use c (variable of type chan<- int) as chan int value in variable declaration" */ c
	var _ asC = /* ERROR "cannot use make(chan string) (value of type chan string) as asC value in variable declaration" */ make(chan string)
	var _ asM = /* ERROR "cannot use map[string]string{} (value of type map[string]string) as asM value in variable declaration" */ map[string]string{}
	var _ []any = /* ERROR "cannot use []int{} (value of type []int) as []any value in variable declaration" */ []int{}
	var _ *int = /* ERROR "cannot use n (variable of type int) as *int value in variable declaration" */ n
	var _ int32 = /* ERROR "cannot use n (variable of type int) as int32 value in variable declaration" */ n
	var _ uint8 = /* ERROR "cannot use 256 (untyped int constant) as uint8 value in variable declaration (overflows)" */ 256
	var _ int8 = /* ERROR "cannot use -129 (untyped int constant) as int8 value in variable declaration (overflows)" */ -129
	var _ uint = /* ERROR "cannot use -1 (untyped int constant) as uint value in variable declaration (overflows)" */ -1
	var _ float32 = /* ERROR "cannot use 1e39 (untyped float constant 1e+39) as float32 value in variable declaration (overflows)" */ 1e39
	var _ string = /* ERROR "cannot use 'a' (untyped rune constant 97) as string value in variable declaration" */ 'a'
	var _ bool = /* ERROR "cannot use 1 (untyped int constant) as bool value in variable declaration" */ 1
	var _ rune = /* ERROR `cannot use "a" (untyped string constant) as rune value in variable declaration` */ "a"
	var _ [2]int = /* ERROR "cannot use [3]int{} (value of type [3]int) as [2]int value in variable declaration" */ [3]int{}
	var _ struct{ a int } = /* ERROR "cannot use struct{b int}{} (value of type struct{b int}) as struct{a int} value in variable declaration" */ struct{ b int }{}
	var _ error = /* ERROR `cannot use "text" (constant of type string) as error value in variable declaration: string does not implement error (missing method Error)` */ "text"
	var _ any = n
	n, f = /* ERROR `cannot use "" (untyped string constant) as int value in multiple assignment` */ "", /* ERROR "cannot use 1 (untyped int constant) as func(int) string value in multiple assignment" */ 1
	/* ERROR `invalid operation: n += "a" (mismatched types int and untyped string)` */ n += "a"
	n <<= /* ERROR "1.5 (untyped float constant) truncated to uint" */ 1.5
}
