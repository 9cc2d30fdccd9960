package p

func amTwo() (int, string) { return 1, "" }
func amOne() int           { return 1 }
func amNone()              {}

func _(a int, b string) {
	a, b = /* ERROR "assignment mismatch: 2 variables but 1 value" */ 1
	a, b = /* ERROR "assignment mismatch: 2 variables but amOne returns 1 value" */ amOne()
	a, b = /* ERROR "multiple-value amTwo() (value of type (int, string)) in single-value context" */ amTwo(), /* ERROR "cannot use 1 (untyped int constant) as string value in multiple assignment" */ 1
	a = /* ERROR "assignment mismatch: 1 variable but amTwo returns 2 values" */ amTwo()
	a, b = /* ERROR "assignment mismatch: 2 variables but 3 values" */ 1, "", 3
	a, b, a = /* ERROR "assignment mismatch: 3 variables but amTwo returns 2 values" */ amTwo()
	/* ERROR "declared and not used: x" */ x, /* ERROR "declared and not used: y" */ y := /* ERROR "assignment mismatch: 2 variables but 1 value" */ 1
	/* ERROR "declared and not used: z" */ z, /* ERROR "declared and not used: w" */ w := /* ERROR "assignment mismatch: 2 variables but amOne returns 1 value" */ amOne()
	/* ERROR "declared and not used: t" */ t := /* ERROR "assignment mismatch: 1 variable but amTwo returns 2 values" */ amTwo()
	/* ERROR "declared and not used: s" */ s := /* ERROR "amNone() (no value) used as value" */ amNone()
	var /* ERROR "declared and not used: n" */ n = /* ERROR "multiple-value amTwo() (value of type (int, string)) in single-value context" */ amTwo()
	var /* ERROR "declared and not used: m" */ m int = /* ERROR "multiple-value amTwo() (value of type (int, string)) in single-value context" */ amTwo()
	var /* ERROR "declared and not used: l" */ l, /* ERROR "declared and not used: k" */ k int = /* ERROR "cannot use 2nd function result (value of type string) as int value in multiple assignment" */ amTwo()
	var /* ERROR "declared and not used: j" */ j, /* ERROR "declared and not used: i" */ i = 1, 2, /* ERROR "extra init expr 3" */ 3
	var /* ERROR "declared and not used: h" */ h, /* ERROR "declared and not used: g" */ g, /* ERROR "declared and not used: f" */ /* ERROR "missing init expr for f" */ f = 1, 2
	a = /* ERROR "amNone() (no value) used as value" */ amNone()
}
