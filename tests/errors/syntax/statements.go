package p

func _() {
	if /* ERROR "syntax error: missing condition in if statement" */ {
	}
	if x /* ERROR "syntax error: cannot use x := 1 as value" */ := 1 {
	}
	if x /* ERROR "syntax error: cannot use assignment x = 1 as value" */ = 1 {
	}
	if true/* ERROR "syntax error: missing condition in if statement" */ ; {
	}
	if true/* ERROR "syntax error: unexpected newline, expected { after if clause" */
	{
	}
	for i := 0; i < 10 /* ERROR "syntax error: unexpected {, expected semicolon or newline" */ {
	/* ERROR "syntax error: unexpected }, expected expression" */ }
	for i := 0; i < 10; i /* ERROR "syntax error: cannot declare in post statement of for loop" */ := 1 {
	}
	for var /* ERROR "syntax error: var declaration not allowed in for initializer" */ i = 0; i < 1; i++ {
	}
	for x; y; {
	}
	switch x /* ERROR "syntax error: cannot use x := 1 as value" */ := 1 {
	}
	switch {
	/* ERROR "syntax error: unexpected name foo, expected case or default or }" */ foo()
	/* ERROR "syntax error: unexpected keyword case, expected :" */ case 1 {
	}
	}
	/* ERROR "syntax error: non-declaration statement outside function body" */ select {
	case
	}
	x y
	a, b
	a, b += 1
	a++ + 1
	go func()/* ERROR "method has no receiver" */ /* ERROR "syntax error: unexpected newline, expected name" */
	/* ERROR "syntax error: non-declaration statement outside function body" */ defer
	return return
	else {
	}
	if true {} else foo()
	case 1:
	break 1
	goto
	L:
	var x int =
	x /* ERROR "syntax error: unexpected = after top level declaration" */ = = 1
	x := [3]int{1, 2
	f(1 2)
	f(1,, 2)
	a[1
	a[]
	a[1:2:]
	a[::]
	(1
	{ 1 }
	/* ERROR "syntax error: imports must appear before other declarations" */ import "x"
	func h() {}
	/* ERROR "syntax error: non-declaration statement outside function body" */ a.1
	a.(type/* ERROR "syntax error: unexpected ), expected name" */ )
	/* ERROR "syntax error: non-declaration statement outside function body" */ x.()
	-
	type T/* ERROR "syntax error: unexpected newline in type declaration" */
	const c
/* ERROR "syntax error: non-declaration statement outside function body" */ }
