package p

func _() {
	/* ERROR "declared and not used: a" */ a := 1
	var /* ERROR "declared and not used: b" */ b, /* ERROR "declared and not used: c" */ c int
	d, /* ERROR "declared and not used: e" */ e := 1, 2
	_ = d
	for /* ERROR "declared and not used: i" */ i := range 3 {
	}
	if /* ERROR "declared and not used: f" */ f := 1; true {
	}
	switch /* ERROR "g declared and not used" */ g := any(nil).(type) {
	}
	switch /* ERROR "h declared and not used" */ h := any(nil).(type) {
	case int:
	}
	/* ERROR "declared and not used: j" */ j := 1
	j = 2
	/* ERROR "declared and not used: k" */ k := func() {
		/* ERROR "declared and not used: l" */ l := 1
	}
	const unusedConstantsAreFine = 1
	type unusedTypesToo int
	/* ERROR "declared and not used: m" */ m := /* ERROR "undefined: undefinedUnused" */ undefinedUnused
}

func _(parameters int) (results int) { return }
