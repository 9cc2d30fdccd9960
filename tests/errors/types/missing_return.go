package p

func _() int {
/* ERROR "missing return" */ }

func _() int {
	for {
		break
	}
/* ERROR "missing return" */ }

func _() int {
L:
	for {
		for {
			break L
		}
	}
/* ERROR "missing return" */ }

func _(b bool) int {
	if b {
		return 1
	} else if !b {
		return 2
	}
/* ERROR "missing return" */ }

func _(n int) int {
	switch n {
	case 1:
		return 1
	}
/* ERROR "missing return" */ }

func _(n int) int {
	switch n {
	case 1:
		return 1
	default:
		if n > 3 {
			break
		}
		return 3
	}
/* ERROR "missing return" */ }

func _(c chan int) int {
	select {
	case <-c:
	}
/* ERROR "missing return" */ }

func _() int { panic("no return needed") }
func _() int { for {} }
func _() int { select {} }
func _() int { goto L; L: return 1 }
var _ = func() int { println() /* ERROR "missing return" */ }
