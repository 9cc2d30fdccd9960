package p

type opT int
type opS struct{ f []int }

func _(n int, f float64, s string, b bool, t opT, st opS, m map[int]int, fn func(), e error, p *int, a any) {
	_ = /* ERROR "invalid operation: n + f (mismatched types int and float64)" */ n + f
	_ = /* ERROR "invalid operation: n + s (mismatched types int and string)" */ n + s
	_ = /* ERROR "invalid operation: n + t (mismatched types int and opT)" */ n + t
	_ = /* ERROR `invalid operation: "a" + 1 (mismatched types untyped string and untyped int)` */ "a" + 1
	_ = /* ERROR "invalid operation: operator - not defined on s (variable of type string)" */ s - s
	_ = /* ERROR "invalid operation: operator + not defined on b (variable of type bool)" */ b + b
	_ = /* ERROR "invalid operation: operator % not defined on f (variable of type float64)" */ f % f
	_ = /* ERROR "invalid operation: operator & not defined on f (variable of type float64)" */ f & f
	_ = /* ERROR "invalid operation: n && b (mismatched types int and bool)" */ n && b
	_ = n == /* ERROR "invalid operation: n == s (mismatched types int and string)" */ s
	_ = s == /* ERROR "invalid operation: s == nil (mismatched types string and untyped nil)" */ nil
	_ = n == /* ERROR "invalid operation: n == nil (mismatched types int and untyped nil)" */ nil
	_ = /* ERROR "invalid operation: m == m (map can only be compared to nil)" */ m == m
	_ = /* ERROR "invalid operation: fn == fn (func can only be compared to nil)" */ fn == fn
	_ = /* ERROR "invalid operation: st == st (struct containing []int cannot be compared)" */ st == st
	_ = /* ERROR "invalid operation: b < b (operator < not defined on bool)" */ b < b
	_ = /* ERROR "invalid operation: e < e (operator < not defined on interface)" */ e < e
	_ = /* ERROR "invalid operation: p < p (operator < not defined on pointer)" */ p < p
	_ = /* ERROR "invalid operation: m < nil (operator < not defined on map)" */ m < nil
	_ = nil == /* ERROR "invalid operation: nil == nil (operator == not defined on untyped nil)" */ nil
	_ = /* ERROR "invalid operation: operator + not defined on nil" */ nil + nil
	_ = !/* ERROR "invalid operation: operator ! not defined on n (variable of type int)" */ n
	_ = -/* ERROR "invalid operation: operator - not defined on s (variable of type string)" */ s
	_ = +/* ERROR "invalid operation: operator + not defined on b (variable of type bool)" */ b
	_ = ^/* ERROR "invalid operation: operator ^ not defined on f (variable of type float64)" */ f
	_ = /* ERROR "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)" */ ~n
	_ = */* ERROR "invalid operation: cannot indirect n (variable of type int)" */ n
	_ = */* ERROR "invalid operation: cannot indirect nil" */ nil
	_ = <-/* ERROR "invalid operation: cannot receive from non-channel int n (variable of type int)" */ n
	_ = n / /* ERROR "invalid operation: division by zero" */ 0
	_ = n % /* ERROR "invalid operation: division by zero" */ 0
	_ = f / 0
	_ = 1 / /* ERROR "invalid operation: division by zero" */ 0
	_ = 1.0 / /* ERROR "invalid operation: division by zero" */ 0.0
	_ = /* ERROR "invalid operation: a < 1 (operator < not defined on interface)" */ a < 1
	_ = a == /* ERROR "invalid operation: a == m (map can only be compared to nil)" */ m
	_ = e == /* ERROR "invalid operation: e == n (mismatched types error and int)" */ n
	/* ERROR "invalid operation: b++ (non-numeric type bool)" */ b++
	/* ERROR "invalid operation: s-- (non-numeric type string)" */ s--
	/* ERROR "invalid operation: n += s (mismatched types int and string)" */ n += s
}
