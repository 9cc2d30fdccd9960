package p

type fnI interface{}
type fnP *int

func /* ERROR "func init must have no arguments and no return values" */ init() int { return 1 }
func /* ERROR "func init must have no arguments and no return values" */ init(int)  {}
var /* ERROR "cannot declare init - must be func" */ init = 1
func (/* ERROR "cannot define new methods on non-local type int" */ int) m1()        {}
func (/* ERROR "invalid receiver type fnI (pointer or interface type)" */ fnI) m2()        {}
func (*/* ERROR "invalid receiver type fnI (pointer or interface type)" */ fnI) m3()       {}
func (/* ERROR "invalid receiver type fnP (pointer or interface type)" */ fnP) m4()         {}
func (/* ERROR "invalid receiver type []int" */ []int) m()       {}
func (/* ERROR "undefined: undefinedRecv" */ undefinedRecv) m() {}
func (a, b /* ERROR "invalid receiver type fnI (pointer or interface type)" */ fnI) /* ERROR "method has multiple receivers" */ m5()    {}
func () /* ERROR "method has no receiver" */ m()            {}
func _(a /* ERROR "can only use ... with final parameter" */ ...int, b int) {}
func _(a, b /* ERROR "can only use ... with final parameter" */ ...int)    {}
func _() (a /* ERROR "invalid use of ..." */ ...int)    { return }
func _(a /* ERROR "undefined: undefinedParam" */ undefinedParam) {}
func _(a /* ERROR "fnVariable (package-level variable) is not a type" */ fnVariable)   {}

var fnVariable int

func _() {
	_ = /* ERROR "undefined: init" */ init
	/* ERROR "undefined: init" */ init()
	type /* ERROR "invalid recursive type: T refers to itself" */ T struct{ T }
}
