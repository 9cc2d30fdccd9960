package p

func _() {
	for {
		if true {
			x()
	}
}

func /* ERROR "syntax error: unexpected name _, expected (" */ _() {
	y(
}

func _() {
	z([]int{1,
		2/* ERROR "syntax error: unexpected newline in composite literal; possibly missing comma or }" */
	})
	w(1,
		2/* ERROR "syntax error: unexpected newline in argument list; possibly missing comma or )" */
	)
}
