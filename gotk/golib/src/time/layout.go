// SPDX-License-Identifier: BSD-3-Clause

package time

// Layouts: a format is shown by how it writes the reference time, Mon Jan 2 15:04:05 MST 2006.

// Layouts for Format and Parse.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// element is a kind of element of a layout.
type element uint8

const (
	elemNone element = iota
	elemLongMonth
	elemMonth
	elemNumMonth
	elemZeroMonth
	elemLongWeekday
	elemWeekday
	elemDay
	elemUnderDay
	elemZeroDay
	elemUnderYearDay
	elemZeroYearDay
	elemHour
	elemHour12
	elemZeroHour12
	elemMinute
	elemZeroMinute
	elemSecond
	elemZeroSecond
	elemLongYear
	elemYear
	elemPM
	elempm
	elemTZ        // MST
	elemOffset    // with flags in chunk
	elemFraction0 // .000: that many digits
	elemFraction9 // .999: up to that many, without trailing zeros
)

// chunk is an element of a layout with what stands before and after it.
type chunk struct {
	prefix string
	elem   element
	text   string
	suffix string

	zulu    bool // offset: Z for UTC
	colons  bool
	parts   int  // offset: 1 hours, 2 and minutes, 3 and seconds
	digits  int  // fraction
	comma   bool // fraction: after a comma
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// offsetForms are the forms of an offset, longest first.
var offsetForms = [...]struct {
	text   string
	colons bool
	parts  int
}{{"07:00:00", true, 3}, {"070000", false, 3}, {"07:00", true, 2}, {"0700", false, 2}, {"07", false, 1}}

// nextChunk finds the first element of a layout.
func nextChunk(layout string) chunk {
	for i := 0; i < len(layout); i++ {
		s := layout[i:]
		var c chunk
		n := 0 // length of the element
		found := func(e element, length int) {
			c.elem = e
			n = length
		}
		// A name of three letters that goes on in lower case is another word.
		short := len(s) <= 3 || s[3] < 'a' || s[3] > 'z'
		switch s[0] {
		case 'J':
			if hasPrefix(s, "January") {
				found(elemLongMonth, 7)
			} else if hasPrefix(s, "Jan") && short {
				found(elemMonth, 3)
			}
		case 'M':
			if hasPrefix(s, "Monday") {
				found(elemLongWeekday, 6)
			} else if hasPrefix(s, "Mon") && short {
				found(elemWeekday, 3)
			} else if hasPrefix(s, "MST") {
				found(elemTZ, 3)
			}
		case '0':
			if len(s) >= 2 {
				switch s[1] {
				case '1':
					found(elemZeroMonth, 2)
				case '2':
					found(elemZeroDay, 2)
				case '3':
					found(elemZeroHour12, 2)
				case '4':
					found(elemZeroMinute, 2)
				case '5':
					found(elemZeroSecond, 2)
				case '6':
					found(elemYear, 2)
				case '0':
					if hasPrefix(s, "002") {
						found(elemZeroYearDay, 3)
					}
				}
			}
		case '1':
			if hasPrefix(s, "15") {
				found(elemHour, 2)
			} else {
				found(elemNumMonth, 1)
			}
		case '2':
			if hasPrefix(s, "2006") {
				found(elemLongYear, 4)
			} else {
				found(elemDay, 1)
			}
		case '_':
			if hasPrefix(s, "_2006") {
				i++ // the underscore is plain text
				s = s[1:]
				found(elemLongYear, 4)
			} else if hasPrefix(s, "_2") {
				found(elemUnderDay, 2)
			} else if hasPrefix(s, "__2") {
				found(elemUnderYearDay, 3)
			}
		case '3':
			found(elemHour12, 1)
		case '4':
			found(elemMinute, 1)
		case '5':
			found(elemSecond, 1)
		case 'P':
			if hasPrefix(s, "PM") {
				found(elemPM, 2)
			}
		case 'p':
			if hasPrefix(s, "pm") {
				found(elempm, 2)
			}
		case '-', 'Z':
			for _, f := range offsetForms {
				if hasPrefix(s[1:], f.text) {
					found(elemOffset, 1+len(f.text))
					c.zulu = s[0] == 'Z'
					c.colons = f.colons
					c.parts = f.parts
					break
				}
			}
		case '.', ',':
			if len(s) > 1 && (s[1] == '0' || s[1] == '9') {
				j := 1
				for j < len(s) && s[j] == s[1] {
					j++
				}
				if !isDigit(s, j) {
					if s[1] == '0' {
						found(elemFraction0, j)
					} else {
						found(elemFraction9, j)
					}
					c.digits = j - 1
					c.comma = s[0] == ','
				}
			}
		}
		if c.elem != elemNone {
			c.prefix = layout[:i]
			c.text = s[:n]
			c.suffix = s[n:]
			return c
		}
	}
	return chunk{prefix: layout}
}
