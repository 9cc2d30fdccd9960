package p

type /* ERROR "invalid recursive type: rtA refers to itself" */ rtA struct{ a rtA }
type /* ERROR "invalid recursive type rtB" */ rtB struct{ c rtC }
type rtC struct{ b [2]rtB }
type /* ERROR "invalid recursive type: rtD refers to itself" */ rtD rtD
type /* ERROR "invalid recursive type rtE" */ rtE rtF
type rtF rtE
type /* ERROR "invalid recursive type: rtG refers to itself" */ rtG = rtG
type /* ERROR "invalid recursive type: rtH refers to itself" */ rtH [2]rtH
type /* ERROR "invalid recursive type: rtI refers to itself" */ rtI interface{ rtI }
type /* ERROR "invalid recursive type rtJ" */ rtJ interface{ rtK }
type rtK interface{ rtJ }
type /* ERROR "invalid recursive type rtL" */ rtL [len(rtM)]int

var rtM rtL

type rtFine struct {
	p *rtFine
	s []rtFine
	m map[string]rtFine
	f func(rtFine) rtFine
}

func _() {
	type /* ERROR "invalid recursive type: local refers to itself" */ local struct{ l local }
}

type rtGen[P any] struct{ f P }
type /* ERROR "invalid recursive type rtN" */ rtN rtGen[rtN]
type /* ERROR "invalid recursive type rtO" */ rtO [2]rtGen[rtO]
type rtFineToo rtGen[*rtFineToo]
