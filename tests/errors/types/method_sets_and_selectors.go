package p

type msI interface{ M() }
type msT struct{ f int; msE; *msP }
type msE struct{ f, g int }
type msP struct{ g int }
type msQ *msT

func (msT) V()  {}
func (*msT) M() {}
func (msE) D()  {}
func (msP) D()  {}

func msMake() msT { return msT{} }

func _(t msT, p *msT, pp **msT, i *msI, q msQ) {
	var _ msI = /* ERROR "cannot use t (variable of struct type msT) as msI value in variable declaration: msT does not implement msI (method M has pointer receiver)" */ t
	var _ msI = p
	msMake()./* ERROR "cannot call pointer method M on msT" */ M()
	msT{}./* ERROR "cannot call pointer method M on msT" */ M()
	t./* ERROR "ambiguous selector t.g" */ g = 1
	t./* ERROR "ambiguous selector t.D" */ D()
	t./* ERROR "t.x undefined (type msT has no field or method x)" */ x = 1
	t./* ERROR "t.v undefined (type msT has no field or method v, but does have method V)" */ v()
	t./* ERROR "t.F undefined (type msT has no field or method F, but does have field f)" */ F = 1
	pp./* ERROR "pp.V undefined (type **msT has no field or method V)" */ V()
	i./* ERROR "i.M undefined (type *msI is pointer to interface, not interface)" */ M()
	q./* ERROR "q.V undefined (type msQ has no field or method V)" */ V()
	msT./* ERROR "invalid method expression msT.M (needs pointer receiver (*msT).M)" */ M(t)
	(*msT).M(/* ERROR "cannot use t (variable of struct type msT) as *msT value in argument to (*msT).M" */ t)
	/* ERROR "operand for field selector f must be value of type msT" */ msT.f
	_ = /* ERROR "operand for field selector f must be value of type msT" */ msT.f
	_ = t./* ERROR "t._ undefined (type msT has no field or method _)" */ _
	_ = msI./* ERROR "msI.X undefined (type msI has no field or method X)" */ X
	_ = t.M == nil
	/* ERROR "invalid operation: cannot call p.f (variable of type int): int is not a function" */ p.f()
	_ = int./* ERROR "int.x undefined (type int has no field or method x)" */ x
	_ = nil./* ERROR "nil.x undefined (type untyped nil has no field or method x)" */ x
	_ = "a"./* ERROR `"a".x undefined (type untyped string has no field or method x)` */ x
	_ = len/* ERROR "invalid use of len (built-in) in selector expression" */ .x
	var _ interface{ m() } = /* ERROR "cannot use t (variable of struct type msT) as interface{m()} value in variable declaration: msT does not implement interface{m()} (missing method m)" */ t
}
