package p

func returnsTwo() (int, string) { return 1, "" }
func returnsNone()              {}

func _() { return /* ERROR "too many return values" */ 1 }
func _() int { /* ERROR "not enough return values" */ return }
func _() int { return 1, /* ERROR "too many return values" */ 2 }
func _() (int, string) { return /* ERROR "not enough return values" */ 1 }
func _() (int, string) { return returnsTwo() }
func _() (int, int, int) { return /* ERROR "not enough return values" */ returnsTwo() }
func _() int { return /* ERROR `cannot use "a" (untyped string constant) as int value in return statement` */ "a" }
func _() { return /* ERROR "returnsNone() (no value) used as value" */ returnsNone() }
func _() int { return /* ERROR "returnsNone() (no value) used as value" */ returnsNone() }
func _() (n int) {
	{
		n := 1
		_ = n
		/* ERROR "result parameter n not in scope at return" */ return
	}
}
