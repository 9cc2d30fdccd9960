package p

var /* ERROR "initialization cycle for icA" */ icA = icB
var icB = icA
var /* ERROR "initialization cycle for icC" */ icC = icF()
func icF() int { return icC }
const /* ERROR "initialization cycle for icD" */ icD = icE
const icE = icD
var /* ERROR "initialization cycle: icG refers to itself" */ icG = icG
var /* ERROR "initialization cycle for icX" */ icX, icY = icZ, 1
var icZ = icX
var icFine = func() int { return 1 }()
var /* ERROR "initialization cycle for icM" */ icM = icT{}.m()

type icT struct{}

func (icT) m() int { return icM }
