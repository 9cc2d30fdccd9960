package p

func _(n int, s string, m map[string]int, c chan int, sc chan<- int, f func(), st struct{}, a, b string) {
	for range /* ERROR "cannot range over f (variable of type func()): func must be func(yield func(...) bool): wrong argument count" */ f {
	}
	for range /* ERROR "cannot range over st (variable of type struct{})" */ st {
	}
	for range /* ERROR "cannot range over sc (variable of type chan<- int): receive from send-only channel chan<- int" */ sc {
	}
	for range /* ERROR "cannot range over 1.5 (untyped float constant)" */ 1.5 {
	}
	for range /* ERROR "cannot range over nil" */ nil {
	}
	for /* ERROR "declared and not used: i" */ i, /* ERROR "range over 10 (untyped int constant) permits only one iteration variable" */ j := range 10 {
	}
	for /* ERROR "declared and not used: i" */ i, /* ERROR "range over c (variable of type chan int) permits only one iteration variable" */ j := range c {
	}
	for a, /* ERROR "cannot use b (value of type int) as string value in assignment" */ b = range m {
	}
	for /* ERROR "cannot use a (value of type int) as string value in assignment" */ a = range s {
	}
	for /* ERROR "declared and not used: i" */ i, /* ERROR "declared and not used: j" */ j, /* ERROR "range clause permits at most two iteration variables" */ k := range m {
	}
	for i := range /* ERROR "cannot range over func(yield func(int)) {} (value of type func(yield func(int))): func must be func(yield func(...) bool): yield func does not return bool" */ func(yield func(int)) {} {
	}
	for i := range /* ERROR "cannot range over func(yield func(int) bool) bool {…} (value of type func(yield func(int) bool) bool): func must be func(yield func(...) bool): unexpected results" */ func(yield func(int) bool) bool { return true } {
	}
	for /* ERROR "declared and not used: i" */ i, /* ERROR "range over func(yield func(int) bool) {} (value of type func(yield func(int) bool)) permits only one iteration variable" */ j := range func(yield func(int) bool) {} {
	}
	for range /* ERROR "undefined: undefinedRange" */ undefinedRange {
	}
	for i := range /* ERROR "cannot range over &s (value of type *string)" */ &s {
	}
}
