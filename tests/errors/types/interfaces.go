package p

import "io"

type ifA interface {
	m()
	/* ERROR "duplicate method m" */ m()
}
type ifB interface {
	/* ERROR "duplicate method m" */ ifC
	m(int)
}
type ifC interface{ m() }
type ifD interface{ /* ERROR "undefined: ifNotThere" */ ifNotThere }
type ifE interface{ /* ERROR "methods must have a unique non-blank name" */ _() }
type ifF interface{ ifG }
type ifG struct{}
type ifH struct{}

func (ifH) Read([]byte) int { return 0 }

var _ io.Reader = /* ERROR "cannot use ifH{} (value of struct type ifH) as io.Reader value in variable declaration: ifH does not implement io.Reader (wrong type for method Read)" */ ifH{}
var _ io.Reader = /* ERROR "cannot use &ifH{} (value of type *ifH) as io.Reader value in variable declaration: *ifH does not implement io.Reader (wrong type for method Read)" */ &ifH{}
var _ io.ReadWriter = /* ERROR "cannot use io.Reader(nil) (value of interface type io.Reader) as io.ReadWriter value in variable declaration: io.Reader does not implement io.ReadWriter (missing method Write)" */ io.Reader(nil)
var _ ifC = /* ERROR "cannot use ifG{} (value of struct type ifG) as ifC value in variable declaration: ifG does not implement ifC (missing method m)" */ ifG{}
var _ = /* ERROR "invalid operation: ifG{} (value of struct type ifG) is not an interface" */ ifG{}.(ifC)
var _ /* ERROR "cannot use type ifF outside a type constraint: interface contains type constraints" */ ifF
var _ = /* ERROR "impossible type assertion: ifC(nil).(ifG)" */ ifC(nil).(ifG)
var _ = /* ERROR "impossible type assertion: ifC(nil).(*ifG)" */ ifC(nil).(*ifG)
var _ = /* ERROR "ifC(nil).m() (no value) used as value or type" */ ifC(nil).m().x
var _ = struct{ ifC; int; /* ERROR "embedded field type cannot be a pointer to an interface" */ */* ERROR "ifC redeclared" */ ifC }{}
