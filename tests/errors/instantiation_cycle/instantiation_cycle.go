package p

func icGrow[/* ERROR "instantiation cycle:" */ T any](n int) {
	if n > 0 {
		icGrow[*T](n - 1)
	}
}

func icSame[T any](n int) { icSame[T](n); icSame[int](n) }
