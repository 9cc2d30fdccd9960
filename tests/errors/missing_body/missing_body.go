package p

func /* ERROR "missing function body" */ mbA()
func mbB() {}
