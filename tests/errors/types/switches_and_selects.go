package p

type swI interface{ M() }
type swT struct{}

func _(n int, s string, f func(), i swI, x any, c chan int, sc chan<- int) {
	switch n {
	case /* ERROR `cannot convert "a" (untyped string constant) to type int` */ "a",
		/* ERROR "1.5 (untyped float constant) truncated to int" */ 1.5,
		/* ERROR "invalid case s in switch on n (mismatched types string and int)" */ s,
		/* ERROR "cannot convert nil to type int" */ nil:
	}
	switch f {
	}
	switch f {
	case nil, /* ERROR "invalid case f in switch on f (func can only be compared to nil)" */ f:
	}
	switch {
	case /* ERROR "invalid case n in switch on true (mismatched types int and bool)" */ n:
	case n > 1, /* ERROR "invalid case s in switch on true (mismatched types string and bool)" */ s:
	}
	switch /* ERROR "n (variable of type int) is not an interface" */ n.(type) {
	}
	switch i.(type) {
	case /* ERROR "impossible type switch case: swT" */ swT, /* ERROR "impossible type switch case: int" */ int:
	case /* ERROR "undefined: undefinedCase" */ undefinedCase:
	case /* ERROR "n (parameter) is not a type" */ n:
	}
	switch y := x.(type) {
	case int, string:
		y./* ERROR "y.z undefined (type any has no field or method z)" */ z()
	}
	switch /* ERROR "use of untyped nil in switch expression" */ nil {
	}
	switch n = 1; n {
	}
	select {
	case /* ERROR "select case must be send or receive (possibly with assignment)" */ n:
	case /* ERROR "select case must be send or receive (possibly with assignment)" */ n = 1:
	case c <- /* ERROR `cannot use "a" (untyped string constant) as int value in send` */ "a":
	case <-/* ERROR "invalid operation: cannot receive from send-only channel chan<- int sc (variable of type chan<- int)" */ sc:
	case s := <-c:
		_ = s + 1
	case n, s = /* ERROR "cannot use ok value of (comma, ok) expression (untyped bool value) as string value in multiple assignment" */ <-c:
	}
	if /* ERROR "non-boolean condition in if statement" */ n {
	}
	for /* ERROR "non-boolean condition in for statement" */ n {
	}
	if n = 1; /* ERROR "non-boolean condition in if statement" */ n {
	}
	for i := 0; /* ERROR "non-boolean condition in for statement" */ i; i++ {
	}
}
