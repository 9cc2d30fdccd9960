package p

type /* ERROR "type [1125899906842624]byte larger than address space" */ tlA [1 << 50]byte

var /* ERROR "channel element type too large (>64kB)" */ tlB chan [1 << 16]byte
var tlFine chan [1<<16 - 1]byte

func tlC() { /* ERROR "channel element type too large (>64kB)" */ d := make(chan [1 << 18]byte); _ = d }
