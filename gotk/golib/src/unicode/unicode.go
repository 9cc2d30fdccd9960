// SPDX-License-Identifier: BSD-3-Clause

// Package unicode tests properties of runes and maps their case.
//
// All properties live in a few constant strings of fixed-width base-64 digits (tables.go), searched in
// place: no start-up cost, and one binary search answers every question about a rune's category.
// Therefore the R16 and R32 lists of the exported tables are empty (Is, In and IsOneOf work with them,
// and with tables made by a program), and there are no CaseRanges and no maps from names to tables.
package unicode

// Limits.
const (
	MaxRune         = '\U0010FFFF' // the last code point
	ReplacementChar = '\uFFFD'     // stands for a rune that is not valid
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

// Which case To maps to, and the index of a CaseRange's delta.
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower as a CaseRange's delta means that upper and lower case alternate in the range.
const UpperLower = MaxRune + 1

// RangeTable is a set of runes.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int

	mask uint32 // categories, 1 << category each
	runs string // first and last runes, 4 digits each
}

// Range16 is the runes Lo, Lo+Stride, … Hi below 1<<16.
type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

// Range32 is the runes Lo, Lo+Stride, … Hi.
type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// CaseRange says how runes Lo to Hi map to the cases.
type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta d
}

type d [MaxCase]rune

// General categories, in the numbering of tables.go.
const (
	cLu = iota
	cLl
	cLt
	cLm
	cLo
	cMn
	cMc
	cMe
	cNd
	cNl
	cNo
	cPc
	cPd
	cPs
	cPe
	cPi
	cPf
	cPo
	cSm
	cSc
	cSk
	cSo
	cZs
	cZl
	cZp
	cCc
	cCf
	cCs
	cCo
	cCn
)

const (
	maskL = 1<<cLu | 1<<cLl | 1<<cLt | 1<<cLm | 1<<cLo
	maskM = 1<<cMn | 1<<cMc | 1<<cMe
	maskN = 1<<cNd | 1<<cNl | 1<<cNo
	maskP = 1<<cPc | 1<<cPd | 1<<cPs | 1<<cPe | 1<<cPi | 1<<cPf | 1<<cPo
	maskS = 1<<cSm | 1<<cSc | 1<<cSk | 1<<cSo
	maskZ = 1<<cZs | 1<<cZl | 1<<cZp
	maskC = 1<<cCc | 1<<cCf | 1<<cCs | 1<<cCo | 1<<cCn

	maskPrint = maskL | maskM | maskN | maskP | maskS
)

// Categories, under their short and long names.
var (
	Cc     = &RangeTable{mask: 1 << cCc}
	Cf     = &RangeTable{mask: 1 << cCf}
	Cn     = &RangeTable{mask: 1 << cCn}
	Co     = &RangeTable{mask: 1 << cCo}
	Cs     = &RangeTable{mask: 1 << cCs}
	Digit  = &RangeTable{mask: 1 << cNd}
	Nd     = &RangeTable{mask: 1 << cNd}
	Letter = &RangeTable{mask: maskL}
	L      = &RangeTable{mask: maskL}
	LC     = &RangeTable{mask: 1<<cLu | 1<<cLl | 1<<cLt}
	Lm     = &RangeTable{mask: 1 << cLm}
	Lo     = &RangeTable{mask: 1 << cLo}
	Lower  = &RangeTable{mask: 1 << cLl}
	Ll     = &RangeTable{mask: 1 << cLl}
	Mark   = &RangeTable{mask: maskM}
	M      = &RangeTable{mask: maskM}
	Mc     = &RangeTable{mask: 1 << cMc}
	Me     = &RangeTable{mask: 1 << cMe}
	Mn     = &RangeTable{mask: 1 << cMn}
	Nl     = &RangeTable{mask: 1 << cNl}
	No     = &RangeTable{mask: 1 << cNo}
	Number = &RangeTable{mask: maskN}
	N      = &RangeTable{mask: maskN}
	Other  = &RangeTable{mask: maskC}
	C      = &RangeTable{mask: maskC}
	Pc     = &RangeTable{mask: 1 << cPc}
	Pd     = &RangeTable{mask: 1 << cPd}
	Pe     = &RangeTable{mask: 1 << cPe}
	Pf     = &RangeTable{mask: 1 << cPf}
	Pi     = &RangeTable{mask: 1 << cPi}
	Po     = &RangeTable{mask: 1 << cPo}
	Ps     = &RangeTable{mask: 1 << cPs}
	Punct  = &RangeTable{mask: maskP}
	P      = &RangeTable{mask: maskP}
	Sc     = &RangeTable{mask: 1 << cSc}
	Sk     = &RangeTable{mask: 1 << cSk}
	Sm     = &RangeTable{mask: 1 << cSm}
	So     = &RangeTable{mask: 1 << cSo}
	Space  = &RangeTable{mask: maskZ}
	Z      = &RangeTable{mask: maskZ}
	Symbol = &RangeTable{mask: maskS}
	S      = &RangeTable{mask: maskS}
	Title  = &RangeTable{mask: 1 << cLt}
	Lt     = &RangeTable{mask: 1 << cLt}
	Upper  = &RangeTable{mask: 1 << cLu}
	Lu     = &RangeTable{mask: 1 << cLu}
	Zl     = &RangeTable{mask: 1 << cZl}
	Zp     = &RangeTable{mask: 1 << cZp}
	Zs     = &RangeTable{mask: 1 << cZs}
)

// GraphicRanges are the tables of what IsGraphic accepts.
var GraphicRanges = []*RangeTable{L, M, N, P, S, Zs}

// PrintRanges are the tables of what IsPrint accepts, but for the space.
var PrintRanges = []*RangeTable{L, M, N, P, S}

// digits4 reads a number of four base-64 digits.
func digits4(s string, at int) uint32 {
	s = s[at : at+4]
	return uint32(s[0]-32)<<18 | uint32(s[1]-32)<<12 | uint32(s[2]-32)<<6 | uint32(s[3]-32)
}

// category returns r's general category as a bit: 1 << category.
func category(r rune) uint32 {
	if uint32(r) <= MaxLatin1 {
		return 1 << (latin1[r] - 'A')
	}
	if uint32(r) > MaxRune {
		return 0
	}
	// Find the last run that begins at or before r; run lo always does.
	lo, hi := 0, len(categoryRuns)/5
	for hi-lo > 1 {
		m := int(uint(lo+hi) / 2)
		if first := digits4(categoryRuns, 5*m)<<1 | uint32(categoryRuns[5*m+4]-32)>>5; first <= uint32(r) {
			lo = m
		} else {
			hi = m
		}
	}
	return 1 << ((categoryRuns[5*lo+4] - 32) & 31)
}

// inRuns reports whether r lies in one of the runs.
func inRuns(runs string, r rune) bool {
	lo, hi := 0, len(runs)/8
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		switch {
		case uint32(r) < digits4(runs, 8*m):
			hi = m
		case uint32(r) > digits4(runs, 8*m+4):
			lo = m + 1
		default:
			return true
		}
	}
	return false
}

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool {
	if rangeTab.mask != 0 {
		return category(r)&rangeTab.mask != 0
	}
	if rangeTab.runs != "" {
		return inRuns(rangeTab.runs, r)
	}
	if r < 0 {
		return false
	}
	r16 := rangeTab.R16
	if n := len(r16); n > 0 && uint32(r) <= uint32(r16[n-1].Hi) {
		lo, hi := 0, n
		for lo < hi {
			m := int(uint(lo+hi) / 2)
			x := r16[m]
			switch {
			case uint16(r) < x.Lo:
				hi = m
			case uint16(r) > x.Hi:
				lo = m + 1
			default:
				return x.Stride == 1 || (uint16(r)-x.Lo)%x.Stride == 0
			}
		}
		return false
	}
	r32 := rangeTab.R32
	lo, hi := 0, len(r32)
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		x := r32[m]
		switch {
		case uint32(r) < x.Lo:
			hi = m
		case uint32(r) > x.Hi:
			lo = m + 1
		default:
			return x.Stride == 1 || (uint32(r)-x.Lo)%x.Stride == 0
		}
	}
	return false
}

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool { return IsOneOf(ranges, r) }

// IsOneOf reports whether r is in one of the tables.
func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}

// IsLetter reports whether r is a letter (category L).
func IsLetter(r rune) bool { return category(r)&maskL != 0 }

// IsUpper reports whether r is an upper case letter (Lu).
func IsUpper(r rune) bool { return category(r)&(1<<cLu) != 0 }

// IsLower reports whether r is a lower case letter (Ll).
func IsLower(r rune) bool { return category(r)&(1<<cLl) != 0 }

// IsTitle reports whether r is a title case letter (Lt).
func IsTitle(r rune) bool { return category(r)&(1<<cLt) != 0 }

// IsDigit reports whether r is a decimal digit (Nd).
func IsDigit(r rune) bool { return category(r)&(1<<cNd) != 0 }

// IsNumber reports whether r is a number (N).
func IsNumber(r rune) bool { return category(r)&maskN != 0 }

// IsMark reports whether r is a mark (M).
func IsMark(r rune) bool { return category(r)&maskM != 0 }

// IsPunct reports whether r is punctuation (P).
func IsPunct(r rune) bool { return category(r)&maskP != 0 }

// IsSymbol reports whether r is a symbol (S).
func IsSymbol(r rune) bool { return category(r)&maskS != 0 }

// IsControl reports whether r is a control character (Cc).
func IsControl(r rune) bool { return category(r)&(1<<cCc) != 0 }

// IsGraphic reports whether r is a letter, mark, number, punctuation, symbol or space (Zs).
func IsGraphic(r rune) bool { return category(r)&(maskPrint|1<<cZs) != 0 }

// IsPrint is IsGraphic with U+0020 as the only space.
func IsPrint(r rune) bool { return r == ' ' || category(r)&maskPrint != 0 }

// IsSpace reports whether r is white space (the property White_Space).
func IsSpace(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return r == ' ' || '\t' <= r && r <= '\r' || r == 0x85 || r == 0xA0
	}
	return 0x2000 <= r && r <= 0x200A || r == 0x1680 || r == 0x2028 || r == 0x2029 ||
		r == 0x202F || r == 0x205F || r == 0x3000
}
