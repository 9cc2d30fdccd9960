package p

type naS struct{ f int }

func naF() int { return 1 }

func _(m map[string]naS, s string, a [2]int, c <-chan int) {
	/* ERROR `cannot assign to struct field m["a"].f in map` */ m["a"].f = 1
	/* ERROR "cannot assign to s[0] (neither addressable nor a map index expression)" */ s[0] = 'a'
	/* ERROR "cannot assign to naF() (neither addressable nor a map index expression)" */ naF() = 1
	/* ERROR "cannot assign to 1 (neither addressable nor a map index expression)" */ 1 = 2
	/* ERROR "cannot assign to nil (neither addressable nor a map index expression)" */ nil = m
	/* ERROR "cannot assign to naF (neither addressable nor a map index expression)" */ naF = nil
	/* ERROR "int (type) is not an expression" */ int = 3
	/* ERROR "cannot use iota outside constant declaration" */ iota = 1
	/* ERROR "len (built-in) must be called" */ len = 1
	/* ERROR `cannot assign to "a"[0] (neither addressable nor a map index expression)` */ "a"[0] = 'b'
	/* ERROR "cannot assign to [2]int{}[0] (neither addressable nor a map index expression)" */ [2]int{}[0] = 1
	/* ERROR "invalid operation: cannot send to receive-only channel <-chan int c (variable of type <-chan int)" */ c <- 1
	s/* ERROR "cannot assign to s[1:2] (neither addressable nor a map index expression)" */ [1:2] = ""
	/* ERROR "cannot assign to naF() (neither addressable nor a map index expression)" */ naF()++
	const k = 1
	/* ERROR "cannot assign to k (neither addressable nor a map index expression)" */ k = 2
	/* ERROR "cannot assign to k (neither addressable nor a map index expression)" */ k++
	_ = &/* ERROR "invalid operation: cannot take address of naF() (value of type int)" */ naF()
	_ = &/* ERROR `invalid operation: cannot take address of m["a"] (map index expression of struct type naS)` */ m["a"]
	_ = &/* ERROR "invalid operation: cannot take address of s[0] (value of type byte)" */ s[0]
	_ = &/* ERROR "invalid operation: cannot take address of 1 (untyped int constant)" */ 1
	_ = &a[0]
	_ = naS{}.f
	/* ERROR "cannot assign to naS{}.f (neither addressable nor a map index expression)" */ naS{}.f = 1
}
