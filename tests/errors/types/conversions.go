package p

type cvT struct{ a int }
type cvU struct{ a string }

func _(n int, s string, f float64, p *int, t cvT, a any, e error, sl []int, fn func(), c complex128) {
	_ = int(/* ERROR "cannot convert s (variable of type string) to type int" */ s)
	_ = string(/* ERROR "cannot convert f (variable of type float64) to type string" */ f)
	_ = string(/* ERROR "cannot convert p (variable of type *int) to type string" */ p)
	_ = []byte(/* ERROR "cannot convert n (variable of type int) to type []byte" */ n)
	_ = []string(/* ERROR "cannot convert s (variable of type string) to type []string" */ s)
	_ = cvU(/* ERROR "cannot convert t (variable of struct type cvT) to type cvU" */ t)
	_ = *int(/* ERROR "cannot convert p (variable of type *int) to type int" */ p)
	_ = (*string)(/* ERROR "cannot convert p (variable of type *int) to type *string" */ p)
	_ = int(/* ERROR "cannot convert a (variable of interface type any) to type int: need type assertion" */ a)
	_ = error(/* ERROR "cannot convert n (variable of type int) to type error: int does not implement error (missing method Error)" */ n)
	_ = cvT(/* ERROR "cannot convert 1 (untyped int constant) to type cvT" */ 1)
	_ = float64(/* ERROR "cannot convert c (variable of type complex128) to type float64" */ c)
	_ = complex128(/* ERROR "cannot convert f (variable of type float64) to type complex128" */ f)
	_ = [2]int(sl)
	_ = [2]string(/* ERROR "cannot convert sl (variable of type []int) to type [2]string" */ sl)
	_ = bool(/* ERROR "cannot convert n (variable of type int) to type bool" */ n)
	_ = int(/* ERROR "cannot convert true (untyped bool constant) to type int" */ true)
	_ = func/* ERROR "func() n (type) is not an expression" */ ()(/* ERROR "n (parameter) is not a type" */ n)
	_ = uint8(/* ERROR "constant 256 overflows uint8" */ 256)
	_ = int8(/* ERROR "cannot convert 1.5 (untyped float constant) to type int8" */ 1.5)
	_ = /* ERROR "missing argument in conversion to int" */ int()
	_ = int(1, /* ERROR "too many arguments in conversion to int" */ 2)
	_ = int(/* ERROR "invalid use of ... in conversion to int" */ sl...)
	_ = a.(/* ERROR "undefined: undefinedAssert" */ undefinedAssert)
	_ = /* ERROR "invalid operation: n (variable of type int) is not an interface" */ n.(int)
	_ = /* ERROR "impossible type assertion: e.(cvT)" */ e.(cvT)
	_ = e.(interface{ Error() int })
	_ = map[string]int(nil)
	_ = chan int(/* ERROR "cannot convert n (variable of type int) to type chan int" */ n)
}
