// SPDX-License-Identifier: BSD-3-Clause
package difftest

import (
	"testing"
	"unicode"

	lib "gotk.test/lib/unicode"
)

func TestUnicodePredicatesAndCase(t *testing.T) {
	preds := []struct {
		name      string
		want, got func(rune) bool
	}{
		{"IsLetter", unicode.IsLetter, lib.IsLetter}, {"IsUpper", unicode.IsUpper, lib.IsUpper},
		{"IsLower", unicode.IsLower, lib.IsLower}, {"IsTitle", unicode.IsTitle, lib.IsTitle},
		{"IsDigit", unicode.IsDigit, lib.IsDigit}, {"IsNumber", unicode.IsNumber, lib.IsNumber},
		{"IsMark", unicode.IsMark, lib.IsMark}, {"IsPunct", unicode.IsPunct, lib.IsPunct},
		{"IsSymbol", unicode.IsSymbol, lib.IsSymbol}, {"IsControl", unicode.IsControl, lib.IsControl},
		{"IsGraphic", unicode.IsGraphic, lib.IsGraphic}, {"IsPrint", unicode.IsPrint, lib.IsPrint},
		{"IsSpace", unicode.IsSpace, lib.IsSpace},
	}
	for r := rune(-2); r < 0x110010; r++ {
		for _, p := range preds {
			if w, g := p.want(r), p.got(r); w != g {
				t.Fatalf("%s(%U) = %v, want %v", p.name, r, g, w)
			}
		}
		for c := -1; c < 4; c++ {
			if w, g := unicode.To(c, r), lib.To(c, r); w != g {
				t.Fatalf("To(%d, %U) = %U, want %U", c, r, g, w)
			}
		}
		if w, g := unicode.SimpleFold(r), lib.SimpleFold(r); w != g {
			t.Fatalf("SimpleFold(%U) = %U, want %U", r, g, w)
		}
	}
}

func TestUnicodeTables(t *testing.T) {
	tabs := []struct {
		name      string
		want      *unicode.RangeTable
		got       *lib.RangeTable
	}{
		{"Han", unicode.Han, lib.Han}, {"Latin", unicode.Latin, lib.Latin}, {"Greek", unicode.Greek, lib.Greek},
		{"White_Space", unicode.White_Space, lib.White_Space}, {"Hex_Digit", unicode.Hex_Digit, lib.Hex_Digit},
		{"Letter", unicode.Letter, lib.Letter}, {"C", unicode.C, lib.C}, {"Cn", unicode.Cn, lib.Cn},
		{"LC", unicode.LC, lib.LC}, {"Space", unicode.Space, lib.Space}, {"Other", unicode.Other, lib.Other},
		{"Nd", unicode.Nd, lib.Nd}, {"Sm", unicode.Sm, lib.Sm},
	}
	own := &lib.RangeTable{R16: []lib.Range16{{'a', 'z', 1}, {0x100, 0x200, 2}}, R32: []lib.Range32{{0x10000, 0x10100, 4}}}
	own2 := &unicode.RangeTable{R16: []unicode.Range16{{'a', 'z', 1}, {0x100, 0x200, 2}}, R32: []unicode.Range32{{0x10000, 0x10100, 4}}}
	tabs = append(tabs, struct {
		name string
		want *unicode.RangeTable
		got  *lib.RangeTable
	}{"own", own2, own})
	for _, x := range tabs {
		for r := rune(-1); r <= 0x10FFFF; r++ {
			if w, g := unicode.Is(x.want, r), lib.Is(x.got, r); w != g {
				t.Fatalf("Is(%s, %U) = %v, want %v", x.name, r, g, w)
			}
		}
	}
	for r := rune(0); r < 0x400; r++ {
		if unicode.TurkishCase.ToUpper(r) != lib.TurkishCase.ToUpper(r) ||
			unicode.TurkishCase.ToLower(r) != lib.TurkishCase.ToLower(r) ||
			unicode.TurkishCase.ToTitle(r) != lib.TurkishCase.ToTitle(r) {
			t.Fatalf("TurkishCase %U", r)
		}
	}
	if unicode.Version != lib.Version {
		t.Errorf("Version %s, want %s", lib.Version, unicode.Version)
	}
}
