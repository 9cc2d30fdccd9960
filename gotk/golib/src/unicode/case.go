// SPDX-License-Identifier: BSD-3-Clause

// Case mapping and simple folding.
package unicode

// SpecialCase is a language's own case mapping, which comes before the general one.
type SpecialCase []CaseRange

// TurkishCase maps the dotted and the dotless i as Turkish does.
var TurkishCase SpecialCase = SpecialCase{
	CaseRange{0x0049, 0x0049, d{0, 0x131 - 0x49, 0}},
	CaseRange{0x0069, 0x0069, d{0x130 - 0x69, 0, 0x130 - 0x69}},
	CaseRange{0x0130, 0x0130, d{0, 0x69 - 0x130, 0}},
	CaseRange{0x0131, 0x0131, d{0x49 - 0x131, 0, 0x49 - 0x131}},
}

// AzeriCase is TurkishCase.
var AzeriCase SpecialCase = TurkishCase

// alternate maps r in a range of alternating upper, lower, … that begins at lo.
func alternate(_case int, r, lo rune) rune {
	if _case == LowerCase {
		return lo + (r-lo)&^1 + 1
	}
	return lo + (r-lo)&^1
}

// To maps r to the case.
func To(_case int, r rune) rune {
	if _case < 0 || _case >= MaxCase {
		return ReplacementChar
	}
	if uint32(r) <= MaxASCII {
		switch {
		case _case == LowerCase && 'A' <= r && r <= 'Z':
			return r + ('a' - 'A')
		case _case != LowerCase && 'a' <= r && r <= 'z':
			return r - ('a' - 'A')
		}
		return r
	}
	lo, hi := 0, len(caseRuns)/20
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		first := digits4(caseRuns, 20*m)
		switch {
		case uint32(r) < first:
			hi = m
		case uint32(r) > digits4(caseRuns, 20*m+4):
			lo = m + 1
		default:
			delta := digits4(caseRuns, 20*m+8+4*_case)
			if delta == 1<<24-1 {
				return alternate(_case, r, rune(first))
			}
			return r + rune(delta) - 1<<22
		}
	}
	return r
}

// ToUpper maps r to upper case.
func ToUpper(r rune) rune { return To(UpperCase, r) }

// ToLower maps r to lower case.
func ToLower(r rune) rune { return To(LowerCase, r) }

// ToTitle maps r to title case.
func ToTitle(r rune) rune { return To(TitleCase, r) }

// to maps r by the special ranges only, and says whether one held it.
func (special SpecialCase) to(_case int, r rune) (mapped rune, found bool) {
	for i := range special {
		c := &special[i]
		if c.Lo <= uint32(r) && uint32(r) <= c.Hi {
			if c.Delta[_case] > MaxRune {
				return alternate(_case, r, rune(c.Lo)), true
			}
			return r + c.Delta[_case], true
		}
	}
	return r, false
}

// ToUpper maps r to upper case, the special mapping first.
func (special SpecialCase) ToUpper(r rune) rune {
	r1, found := special.to(UpperCase, r)
	if r1 == r && !found {
		r1 = ToUpper(r)
	}
	return r1
}

// ToTitle maps r to title case, the special mapping first.
func (special SpecialCase) ToTitle(r rune) rune {
	r1, found := special.to(TitleCase, r)
	if r1 == r && !found {
		r1 = ToTitle(r)
	}
	return r1
}

// ToLower maps r to lower case, the special mapping first.
func (special SpecialCase) ToLower(r rune) rune {
	r1, found := special.to(LowerCase, r)
	if r1 == r && !found {
		r1 = ToLower(r)
	}
	return r1
}

// SimpleFold returns the next rune in the circle of runes that are equal to r but for case:
// the smallest one above r, or else the smallest of all; r itself if it has no company.
func SimpleFold(r rune) rune {
	if r < 0 || r > MaxRune {
		return r
	}
	lo, hi := 0, len(foldRuns)/8
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		x := rune(digits4(foldRuns, 8*m))
		switch {
		case r < x:
			hi = m
		case r > x:
			lo = m + 1
		default:
			return rune(digits4(foldRuns, 8*m+4))
		}
	}
	if l := ToLower(r); l != r {
		return l
	}
	return ToUpper(r)
}
