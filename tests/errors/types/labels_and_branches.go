package p

func _(n int) {
	/* ERROR "break is not in a loop, switch, or select" */ break
	/* ERROR "continue is not in a loop" */ continue
	/* ERROR "fallthrough statement out of place" */ fallthrough
	goto /* ERROR "label undefinedLabel not defined" */ undefinedLabel
	break /* ERROR "break label not defined: undefinedLabel" */ undefinedLabel
	continue /* ERROR "continue label not defined: undefinedLabel" */ undefinedLabel
/* ERROR "label unused defined and not used" */ unused:
	n++
used:
	for {
		break used
		continue used
	}
twice:
	for {
		break twice
	}
/* ERROR "label twice already defined at labels_and_branches.go:17:1" */ twice:
	n++
notALoop:
	switch n {
	case 1:
		continue /* ERROR "invalid continue label notALoop" */ notALoop
	case 2:
		fallthrough
	case 3:
		{
			/* ERROR "fallthrough statement out of place" */ fallthrough
		}
	case 4:
		/* ERROR "cannot fallthrough final case in switch" */ fallthrough
	}
	break /* ERROR "invalid break label used" */ used
	func() { break /* ERROR "break label not defined: used" */ used; goto /* ERROR "label used not defined" */ used }()
	goto /* ERROR "goto overVariable jumps over declaration of x at labels_and_branches.go:39:4" */ overVariable
	x := 1
overVariable:
	goto /* ERROR "goto overVariables jumps over declaration of y at labels_and_branches.go:42:6" */ overVariables
	var y, z int
overVariables:
	_, _, _ = x, y, z
	goto /* ERROR "goto intoBlock jumps into block starting at labels_and_branches.go:46:2" */ intoBlock
	{
	intoBlock:
		n++
	}
	switch any(n).(type) {
	case int:
		/* ERROR "cannot fallthrough in type switch" */ fallthrough
	case string:
	}
	select {
	default:
		/* ERROR "fallthrough statement out of place" */ fallthrough
	}
	if n > 0 {
		/* ERROR "break is not in a loop, switch, or select" */ break
	}
}
