package p

var a = 1 +
/* ERROR "syntax error: unexpected keyword var, expected expression" */ var b = *
var c = (1, 2/* ERROR "syntax error: unexpected ) after top level declaration" */ )
var d = []int{1 /* ERROR "syntax error: unexpected literal 2 in composite literal; possibly missing comma or }" */ 2}
var e = map[int]/* ERROR "syntax error: unexpected {, expected type" */ {1: 2}
var f = func(a int /* ERROR "syntax error: unexpected name b in parameter list; possibly missing comma or )" */ b int) {}
var g = func() { return 1 }()()
var h = struct{a int}{1}
var i = &
/* ERROR "syntax error: unexpected keyword var, expected expression" */ var j = !
var k = a[1 2/* ERROR "syntax error: unexpected ] after top level declaration" */ ]
var l = f(/* ERROR "syntax error: unexpected ..., expected expression" */ ...)
var m = f(a..., /* ERROR "syntax error: unexpected name b, expected )" */ b)
var n = a.b.
/* ERROR "syntax error: unexpected keyword var, expected name or (" */ var o = if true { 1 }
var p = x /* ERROR "invalid character U+003F '?'" */ ? /* ERROR "syntax error: unexpected literal 1 after top level declaration" */ 1 : 2
var q = x/* ERROR "syntax error: unexpected ++ after top level declaration" */ ++
var r = <-
/* ERROR "syntax error: unexpected keyword var, expected expression" */ var s = chan
var t = interface{/* ERROR "syntax error: unexpected } after top level declaration" */ }
var u = (T)/* ERROR "syntax error: cannot parenthesize type in composite literal" */ {1}
var v = [...]int
var w = []/* ERROR "syntax error: unexpected newline, expected type" */
var y = map[string/* ERROR "syntax error: unexpected newline, expected ]" */
/* ERROR "syntax error: unexpected keyword var, expected type" */ var z = 1 2
