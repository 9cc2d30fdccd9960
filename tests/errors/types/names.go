package p

import (
	"fmt"
	"os"
	"strings"
)

type nmT struct{}

func _(fmt int) {
	fmt./* ERROR "fmt.Println undefined (type int has no field or method Println)" */ Println()
}

func _() {
	_ = /* ERROR "undefined: undefinedName" */ undefinedName
	/* ERROR "undefined: undefinedCall" */ undefinedCall(/* ERROR "undefined: undefinedArgument" */ undefinedArgument)
	var x /* ERROR "undefined: undefinedType" */ undefinedType
	_ = x.y.z
	_ = strings./* ERROR "undefined: strings.NoSuchFunction" */ NoSuchFunction
	_ = strings./* ERROR "undefined: strings.toLower (but have ToLower)" */ toLower
	_ = strings./* ERROR "undefined: strings.TOUPPER (but have ToUpper)" */ TOUPPER
	_ = /* ERROR "use of package strings not in selector" */ strings
	_ = os.Args./* ERROR "os.Args.x undefined (type []string has no field or method x)" */ x
	_ = /* ERROR "nmT (type) is not an expression" */ nmT
	_ = /* ERROR "int (type) is not an expression" */ int
	var /* ERROR "declared and not used: t" */ t /* ERROR "nmFunc (function) is not a type" */ nmFunc
	var /* ERROR "declared and not used: u" */ u /* ERROR "fmt (package name) is not a type" */ fmt
	var /* ERROR "declared and not used: v" */ v /* ERROR "strings.Index (value of type func(s string, substr string) int) is not a type" */ strings.Index
	_ = /* ERROR "cannot use _ as value or type" */ _
	_ = /* ERROR "cannot use _ as value or type" */ _ + 1
	/* ERROR "cannot use _ as value or type" */ _()
	/* ERROR "cannot assign to true (neither addressable nor a map index expression)" */ true = false
	var int = 1
	var _ /* ERROR "int (local variable) is not a type" */ int
	_ = nmT./* ERROR "nmT.x undefined (type nmT has no field or method x)" */ x
	_ = "a" + /* ERROR "undefined: undefinedInSum" */ undefinedInSum + undefinedInSum
	nmFunc./* ERROR "nmFunc.x undefined (type func() has no field or method x)" */ x()
	fmt.Println(/* ERROR "undefined: undefinedName" */ undefinedName)
}

func nmFunc() {}
