package p

func _(a int, b string) {
	a /* ERROR "no new variables on left side of :=" */ := 2
	a, /* ERROR "declared and not used: c" */ c := 1, 2
	c, /* ERROR "c repeated on left side of :=" */ c := 1, 2
	/* ERROR "declared and not used: d" */ d, /* ERROR "d repeated on left side of :=" */ d := 1, 2
	_ /* ERROR "no new variables on left side of :=" */ := 1
	/* ERROR "declared and not used: e" */ e := /* ERROR "use of untyped nil in assignment" */ nil
	/* ERROR "declared and not used: f" */ f := /* ERROR "undefined: undefinedShort" */ undefinedShort
	const g = 1
	/* ERROR "cannot assign to g" */ g := 2
	a, /* ERROR "declared and not used: h" */ h := /* ERROR `cannot use "" (untyped string constant) as int value in multiple assignment` */ "", 1
}
