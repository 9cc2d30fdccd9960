// SPDX-License-Identifier: BSD-3-Clause

// The format string of Printf.
package fmt

import (
	"internal/rtype"
	"unicode/utf8"
)

// tooLarge is the bound for widths, precisions and argument indexes.
func tooLarge(x int) bool { return x > 1000000 || x < -1000000 }

// parseNum reads digits of s[start:end]. A number too large is none, and reading goes on at end.
func parseNum(s string, start, end int) (num int, isNum bool, next int) {
	for next = start; next < end && '0' <= s[next] && s[next] <= '9'; next++ {
		if tooLarge(num) {
			return 0, false, end
		}
		num = num*10 + int(s[next]-'0')
		isNum = true
	}
	return num, isNum, next
}

// intArg gets a width or precision from a[argNum], which may be of any integer type.
func intArg(a []any, argNum int) (num int, isInt bool, next int) {
	if argNum >= len(a) {
		return 0, false, argNum
	}
	next = argNum + 1
	num, isInt = a[argNum].(int)
	if !isInt {
		switch v := rtype.ValueAt(&a[argNum]); v.Kind() {
		case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
			n := v.Int()
			if int64(int(n)) == n {
				num, isInt = int(n), true
			}
		case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
			n := v.Uint()
			if int64(n) >= 0 && uint64(int(n)) == n {
				num, isInt = int(n), true
			}
		}
	}
	if tooLarge(num) {
		num, isInt = 0, false
	}
	return num, isInt, next
}

// argNumber handles an argument index [n] at format[i]: it returns the argument to use next, where reading
// goes on, and whether an index was there. A bad index clears p.goodArgNum.
func (p *printer) argNumber(argNum int, format string, i, numArgs int) (newArgNum, newi int, found bool) {
	if i >= len(format) || format[i] != '[' {
		return argNum, i, false
	}
	p.reordered = true
	if len(format)-i < 3 {
		p.goodArgNum = false
		return argNum, i + 1, false
	}
	close := i + 1
	for close < len(format) && format[close] != ']' {
		close++
	}
	if close == len(format) {
		p.goodArgNum = false
		return argNum, i + 1, false
	}
	index, ok, next := parseNum(format, i+1, close)
	if ok && next == close && index >= 1 && index <= numArgs {
		return index - 1, close + 1, true
	}
	p.goodArgNum = false
	return argNum, close + 1, ok && next == close
}

// badArg prints %!verb(text).
func (p *printer) badArg(verb rune, text string) {
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, text...)
}

func (p *printer) doPrintf(format string, a []any) {
	end := len(format)
	argNum := 0
	afterIndex := false // the latest item was an index [n]
	p.reordered = false
formatLoop:
	for i := 0; i < end; {
		p.goodArgNum = true
		last := i
		for i < end && format[i] != '%' {
			i++
		}
		if i > last {
			p.buf = append(p.buf, format[last:i]...)
		}
		if i >= end {
			break
		}
		i++ // the %
		p.flags = flags{}
	flagLoop:
		for ; i < end; i++ {
			c := format[i]
			switch c {
			case '#':
				p.sharp = true
			case '0':
				p.zero = true
			case '+':
				p.plus = true
			case '-':
				p.minus = true
			case ' ':
				p.space = true
			default:
				// A plain verb needs nothing of what follows.
				if 'a' <= c && c <= 'z' && argNum < len(a) {
					switch c {
					case 'w':
						p.wrappedErrs = append(p.wrappedErrs, argNum)
						fallthrough
					case 'v':
						p.sharpV, p.sharp = p.sharp, false
						p.plusV, p.plus = p.plus, false
					}
					p.printArg(a[argNum], rune(c))
					argNum++
					i++
					continue formatLoop
				}
				break flagLoop
			}
		}

		argNum, i, afterIndex = p.argNumber(argNum, format, i, len(a))
		if i < end && format[i] == '*' {
			i++
			p.wid, p.widPresent, argNum = intArg(a, argNum)
			if !p.widPresent {
				p.buf = append(p.buf, "%!(BADWIDTH)"...)
			}
			if p.wid < 0 { // a negative width is a flag - and a width
				p.wid = -p.wid
				p.minus = true
				p.zero = false
			}
			afterIndex = false
		} else {
			p.wid, p.widPresent, i = parseNum(format, i, end)
			if afterIndex && p.widPresent { // "%[3]2d"
				p.goodArgNum = false
			}
		}

		if i+1 < end && format[i] == '.' {
			i++
			if afterIndex { // "%[3].2d"
				p.goodArgNum = false
			}
			argNum, i, afterIndex = p.argNumber(argNum, format, i, len(a))
			if i < end && format[i] == '*' {
				i++
				p.prec, p.precPresent, argNum = intArg(a, argNum)
				if p.prec < 0 { // a negative precision is none
					p.prec = 0
					p.precPresent = false
				}
				if !p.precPresent {
					p.buf = append(p.buf, "%!(BADPREC)"...)
				}
				afterIndex = false
			} else {
				p.prec, p.precPresent, i = parseNum(format, i, end)
				if !p.precPresent {
					p.prec = 0
					p.precPresent = true
				}
			}
		}
		if !afterIndex {
			argNum, i, afterIndex = p.argNumber(argNum, format, i, len(a))
		}
		if i >= end {
			p.buf = append(p.buf, "%!(NOVERB)"...)
			break
		}
		verb, size := rune(format[i]), 1
		if verb >= utf8.RuneSelf {
			verb, size = utf8.DecodeRuneInString(format[i:])
		}
		i += size
		switch {
		case verb == '%': // flags, width and precision mean nothing here
			p.buf = append(p.buf, '%')
		case !p.goodArgNum:
			p.badArg(verb, "(BADINDEX)")
		case argNum >= len(a):
			p.badArg(verb, "(MISSING)")
		default:
			if verb == 'w' {
				p.wrappedErrs = append(p.wrappedErrs, argNum)
			}
			if verb == 'v' || verb == 'w' {
				p.sharpV, p.sharp = p.sharp, false
				p.plusV, p.plus = p.plus, false
			}
			p.printArg(a[argNum], verb)
			argNum++
		}
	}

	// Unused arguments are a mistake, unless the format chose arguments by index.
	if !p.reordered && argNum < len(a) {
		p.flags = flags{}
		p.buf = append(p.buf, "%!(EXTRA "...)
		for i, arg := range a[argNum:] {
			if i > 0 {
				p.buf = append(p.buf, ", "...)
			}
			if arg == nil {
				p.buf = append(p.buf, "<nil>"...)
			} else {
				p.buf = append(p.buf, rtype.TypeOf(arg).String()...)
				p.buf = append(p.buf, '=')
				p.printArg(arg, 'v')
			}
		}
		p.buf = append(p.buf, ')')
	}
}
