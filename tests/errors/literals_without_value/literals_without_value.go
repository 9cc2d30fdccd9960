package p

const lwA = /* ERROR "more than one character in rune literal" */ 'ab'
const lwC = 1 + lwA
var lwD int = lwA
