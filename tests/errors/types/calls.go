package p

func caF(a int, b string)    {}
func caG() (int, string)     { return 1, "" }
func caV(a int, b ...string) {}
func caN()                   {}

type caT struct{}

func (caT) m(int) {}

func _(t caT, n int, ss []string) {
	/* ERROR "not enough arguments in call to caF" */ caF()
	caF(/* ERROR "not enough arguments in call to caF" */ 1)
	caF(1, "", /* ERROR "too many arguments in call to caF" */ 3)
	caF(/* ERROR `cannot use "" (untyped string constant) as int value in argument to caF` */ "", /* ERROR "cannot use 1 (untyped int constant) as string value in argument to caF" */ 1)
	caF(caG())
	caF(/* ERROR "multiple-value caG() (value of type (int, string)) in single-value context" */ caG(), /* ERROR "cannot use 1 (untyped int constant) as string value in argument to caF" */ 1)
	caF(/* ERROR "not enough arguments in call to caF" */ caG)
	/* ERROR "not enough arguments in call to caV" */ caV()
	caV(/* ERROR `cannot use "" (untyped string constant) as int value in argument to caV` */ "")
	caV(1, /* ERROR "cannot use 2 (untyped int constant) as string value in argument to caV" */ 2)
	caV(1, ss...)
	caV(1, "", /* ERROR "too many arguments in call to caV" */ ss...)
	caV(1, /* ERROR "cannot use n (variable of type int) as []string value in argument to caV" */ n...)
	/* ERROR "cannot use ... in call to non-variadic caF" */ caF(1, ss...)
	caF(/* ERROR "caN() (no value) used as value" */ caN(), "")
	/* ERROR "not enough arguments in call to t.m" */ t.m()
	t.m("", /* ERROR "too many arguments in call to t.m" */ 1)
	caT.m(/* ERROR "not enough arguments in call to caT.m" */ t)
	/* ERROR "invalid operation: cannot call n (variable of type int): int is not a function" */ n()
	/* ERROR "invalid operation: cannot call nil: untyped nil is not a function" */ nil()
	/* ERROR `invalid operation: cannot call "a" (untyped string constant): untyped string is not a function` */ "a"()
	/* ERROR "missing argument in conversion to caT" */ caT()
	caT(/* ERROR "cannot convert 1 (untyped int constant) to type caT" */ 1)
	t./* ERROR "t.missing undefined (type caT has no field or method missing)" */ missing()
	t./* ERROR "t.M undefined (type caT has no field or method M, but does have method m)" */ M(1)
	t./* ERROR "t.f undefined (type caT has no field or method f)" */ f = 1
	(*caT)./* ERROR "(*caT).x undefined (type *caT has no field or method x)" */ x()
	/* ERROR "caN (value of type func()) is not used" */ caN
	caG()
	/* ERROR "n (variable of type int) is not used" */ n
	/* ERROR "n + 1 (value of type int) is not used" */ n + 1
	/* ERROR "caN() (no value) used as value" */ caN() + 1
	_ = caG
	println(caN)
	func() int { return 1 }()
	/* ERROR "func() {} (value of type func()) is not used" */ func() {}
	go /* ERROR "expression in go must be function call" */ caN
	go /* ERROR "expression in go must be function call" */ func() {}
	defer /* ERROR "defer requires function call, not conversion int(n) (value of type int)" */ int(n)
	defer /* ERROR "expression in defer must be function call" */ n
	go /* ERROR "go discards result of len(ss) (value of type int)" */ len(ss)
	defer /* ERROR `defer discards result of append(ss, "") (value of type []string)` */ append(ss, "")
}
