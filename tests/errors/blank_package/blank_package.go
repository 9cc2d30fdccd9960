package /* ERROR "invalid package name _" */ _

func bpA() int {/* ERROR "missing return" */ }
