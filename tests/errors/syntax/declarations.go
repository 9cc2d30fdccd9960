package p

/* ERROR "syntax error: non-declaration statement outside function body" */ x := 1
if true {}
func
/* ERROR "syntax error: unexpected keyword func, expected name or (" */ func f( {
}
func f()
/* ERROR "syntax error: unexpected semicolon or newline before {" */ {
}
var
/* ERROR "syntax error: unexpected keyword var, expected name" */ var a
var b /* ERROR "syntax error: unexpected :=, expected =" */ := 1
const /* ERROR "syntax error: unexpected =, expected name" */ = 1
type
/* ERROR "syntax error: unexpected keyword type, expected name" */ type T
type T struct { a int /* ERROR "syntax error: unexpected name b in struct type; possibly missing semicolon or newline or }" */ b int }
type T struct { /* ERROR "syntax error: unexpected literal 1, expected field name or embedded type" */ 1 }
type T interface { /* ERROR "syntax error: unexpected literal 1, expected ~ term or type" */ 1 }
/* ERROR "syntax error: imports must appear before other declarations" */ import "late"
func (T) /* ERROR "syntax error: unexpected (, expected name" */ () {}
func (T f/* ERROR "syntax error: unexpected ( in parameter list; possibly missing comma or )" */ () {}
var c = [
/* ERROR "syntax error: unexpected keyword var, expected expression" */ var d int =
func g(/* ERROR "syntax error: unexpected ), expected ]" */ ) int, string {}
type U[T any, ] = int
type V[] int
var e, /* ERROR "syntax error: unexpected =, expected name" */ = 1
/* ERROR "syntax error: non-declaration statement outside function body" */ }
