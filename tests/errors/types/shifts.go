package p

func _(n int, s string, f float64, u uint8) {
	_ = n << /* ERROR "invalid operation: negative shift count -1 (untyped int constant)" */ -1
	_ = n << /* ERROR "1.5 (untyped float constant) truncated to uint" */ 1.5
	_ = n << /* ERROR "invalid operation: shift count s (variable of type string) must be integer" */ s
	_ = n << /* ERROR "invalid operation: shift count f (variable of type float64) must be integer" */ f
	_ = /* ERROR "invalid operation: shifted operand f (variable of type float64) must be integer" */ f << 1
	_ = /* ERROR "invalid operation: shifted operand s (variable of type string) must be integer" */ s << 1
	_ = /* ERROR "invalid operation: shifted operand 1.5 (untyped float constant) must be integer" */ 1.5 << 1
	_ = /* ERROR `invalid operation: shifted operand "a" (untyped string constant) must be integer` */ "a" << 1
	_ = 1 << /* ERROR "invalid operation: invalid shift count 10000 (untyped int constant)" */ 10000
	_ = /* ERROR "invalid operation: shifted operand 1.0 (type float64) must be integer" */ 1.0 << n
	_ = /* ERROR "invalid operation: shifted operand 1.5 (untyped float constant) must be integer" */ 1.5 << n
	var _ float64 = /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */ 1 << n
	var _ = /* ERROR "invalid operation: shifted operand 1.0 (type float64) must be integer" */ 1.0<<n + 1.0
	_ = make([]int, 1.0<<n)
	_ = u << 2.0
	_ = /* ERROR "uint8(1) << 8 (constant 256 of type uint8) overflows uint8" */ uint8(1) << 8
	const _ = 1 /* ERROR "constant shift overflow" */ << 600
	const _ int = /* ERROR "cannot use 1 << 63 (untyped int constant 9223372036854775808) as int value in constant declaration (overflows)" */ 1 << 63
	_ = /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */ 1<<n == 1.5
	_ = n << /* ERROR "cannot convert true (untyped bool constant) to type uint" */ true
}
