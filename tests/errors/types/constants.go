package p

const (
	coA int8    = /* ERROR "cannot use 128 (untyped int constant) as int8 value in constant declaration (overflows)" */ 128
	coB uint    = /* ERROR "cannot use -1 (untyped int constant) as uint value in constant declaration (overflows)" */ -1
	coC         = 1 / /* ERROR "invalid operation: division by zero" */ 0
	coD         = coA
	coE float32 = /* ERROR "cannot use 1e40 (untyped float constant 1e+40) as float32 value in constant declaration (overflows)" */ 1e40
	coF         = /* ERROR "len([]int{…}) (value of type int) is not constant" */ len([]int{1})
	coG         = /* ERROR `invalid operation: "a" * 2 (mismatched types untyped string and untyped int)` */ "a" * 2
	coH /* ERROR "invalid constant type []int" */ []int   = nil
	coI         = /* ERROR "coVariable (variable of type int) is not constant" */ coVariable
	coJ         = /* ERROR "coFunction() (value of type int) is not constant" */ coFunction()
	coK int     = /* ERROR "cannot use 1.5 (untyped float constant) as int value in constant declaration (truncated)" */ 1.5
	coL         = /* ERROR "uint8(255) + 1 (constant 256 of type uint8) overflows uint8" */ uint8(255) + 1
	coM         = /* ERROR "int8(-128) / -1 (constant 128 of type int8) overflows int8" */ int8(-128) / -1
	coN         = /* ERROR "^uint8(0) << 1 (constant 510 of type uint8) overflows uint8" */ ^uint8(0) << 1
	/* ERROR "^uint8(0) << 1 (constant 510 of type uint8) overflows uint8" */ coO
	coP, /* ERROR "missing init expr for coQ" */ coQ = 1
	coR      = 1, /* ERROR "extra init expr 2" */ 2
	coS rune = /* ERROR "cannot use 1 << 40 (untyped int constant 1099511627776) as rune value in constant declaration (overflows)" */ 1 << 40
	coT      = 1 /* ERROR "constant shift overflow" */ << 512
	coU      = -1 % /* ERROR "invalid operation: division by zero" */ 0
	coV      = /* ERROR "invalid operation: operator % not defined on 5.0 (untyped float constant 5)" */ 5.0 % 2
	coW int  = 1i * 1i
	coX      = /* ERROR "nil is not constant" */ nil
	coY      = /* ERROR "undefined: coUndefined" */ coUndefined
	coZ bool = /* ERROR "cannot use 1 (untyped int constant) as bool value in constant declaration" */ 1
)

var coVariable = 1

func coFunction() int { return 1 }
func _() {
	_ = int8(/* ERROR "constant 200 overflows int8" */ 200)
	_ = uint(/* ERROR "constant -1 overflows uint" */ -1)
	_ = int(/* ERROR "cannot convert 1.5 (untyped float constant) to type int" */ 1.5)
	_ = string(/* ERROR "cannot convert 1.5 (untyped float constant) to type string" */ 1.5)
	_ = /* ERROR "cannot use iota outside constant declaration" */ iota
	const x int = /* ERROR `cannot use "a" (untyped string constant) as int value in constant declaration` */ "a"
	var /* ERROR "declared and not used: a" */ a [/* ERROR "invalid array length coVariable" */ coVariable]int
	var /* ERROR "declared and not used: b" */ b [/* ERROR "invalid array length -1 (untyped int constant)" */ -1]int
	var /* ERROR "declared and not used: c" */ c [/* ERROR "array length 1.5 (untyped float constant) must be integer" */ 1.5]int
	var /* ERROR "declared and not used: d" */ d [/* ERROR `array length "a" (untyped string constant) must be integer` */ "a"]int
	_ = /* ERROR "1 << 63 (untyped int constant 9223372036854775808) overflows int" */ 1<<63 + coVariable
}
