// SPDX-License-Identifier: BSD-3-Clause

package time

// ParseError tells what Parse could not read.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

// Error describes the problem.
func (e *ParseError) Error() string {
	if e.Message == "" {
		return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " +
			quote(e.LayoutElem)
	}
	return "parsing time " + quote(e.Value) + e.Message
}

// Parse reads a time in the given layout. What the value leaves out is zero, or January 1, year 0; without a zone the time is in UTC.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is Parse, but a value without a zone is at loc, and abbreviations of zones are those of loc.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// parsed gathers what the elements of a layout have said; -1 where nothing was said yet.
type parsed struct {
	year, month, day, yearDay int
	hour, min, sec, nsec      int
	pm, am                    bool
	zone                      *Location
	hasOffset                 bool
	offset                    int
	zoneName                  string
}

// number reads a number of one or two digits; exactly two if fixed.
func number(s string, fixed bool) (v int, rest string, ok bool) {
	if !isDigit(s, 0) {
		return 0, s, false
	}
	if !isDigit(s, 1) {
		if fixed {
			return 0, s, false
		}
		return int(s[0] - '0'), s[1:], true
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), s[2:], true
}

// digitsOf reads exactly n digits.
func digitsOf(s string, n int) (v int, rest string, ok bool) {
	if len(s) < n {
		return 0, s, false
	}
	for i := 0; i < n; i++ {
		if !isDigit(s, i) {
			return 0, s, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, s[n:], true
}

// nameIn finds which of the names s begins with, in any case; short compares three letters.
func nameIn(names []string, s string, short bool) (index int, rest string, ok bool) {
	for i, name := range names {
		if short {
			name = name[:3]
		}
		if len(s) < len(name) {
			continue
		}
		same := true
		for j := 0; j < len(name); j++ {
			a, b := s[j], name[j]
			if a != b && (a|0x20 != b|0x20 || a|0x20 < 'a' || a|0x20 > 'z') {
				same = false
				break
			}
		}
		if same {
			return i, s[len(name):], true
		}
	}
	return 0, s, false
}

// fraction reads the n bytes of a point and a number as nanoseconds; what comes after nine digits is dropped. Like Go's it takes a
// sign, and then finds a negative number out of range.
func fraction(s string, n int) (nsec int, problem string, ok bool) {
	if s[0] != '.' && s[0] != ',' {
		return 0, "", false
	}
	if n > 10 {
		n = 10
	}
	nsec, ok = signed(s[1:n])
	if !ok {
		return 0, "", false
	}
	if nsec < 0 {
		return 0, "fractional second", true
	}
	for ; n < 10; n++ {
		nsec *= 10
	}
	return nsec, "", true
}

// signed reads a whole string as a number that may have a sign.
func signed(s string) (v int, ok bool) {
	negative := s != "" && s[0] == '-'
	if negative || (s != "" && s[0] == '+') {
		s = s[1:]
	}
	v, rest, ok := digitsOf(s, len(s))
	if negative {
		v = -v
	}
	return v, ok && rest == "" && s != ""
}

// skipText takes the plain text of a layout from the value; a space stands for any number of them.
func skipText(value, text string) (rest string, ok bool) {
	for text != "" {
		if text[0] == ' ' {
			if value != "" && value[0] != ' ' {
				return value, false
			}
			for text != "" && text[0] == ' ' {
				text = text[1:]
			}
			for value != "" && value[0] == ' ' {
				value = value[1:]
			}
			continue
		}
		if value == "" || value[0] != text[0] {
			return value, false
		}
		text = text[1:]
		value = value[1:]
	}
	return value, true
}

// element reads one element. problem names a value that is out of range.
func (p *parsed) element(c *chunk, value string) (rest string, problem string, ok bool) {
	var v int
	switch c.elem {
	case elemYear:
		if len(value) < 2 {
			return value, "", false
		}
		if v, ok = signed(value[:2]); ok {
			value = value[2:]
			p.year = v + 1900
			if v < 69 {
				p.year += 100
			}
		}
	case elemLongYear:
		if v, rest, ok = digitsOf(value, 4); ok {
			p.year, value = v, rest
		}
	case elemMonth, elemLongMonth:
		v, value, ok = nameIn(monthNames[:], value, c.elem == elemMonth)
		p.month = v + 1
	case elemNumMonth, elemZeroMonth:
		p.month, value, ok = number(value, c.elem == elemZeroMonth)
		if ok && (p.month <= 0 || p.month > 12) {
			problem = "month"
		}
	case elemWeekday, elemLongWeekday:
		_, value, ok = nameIn(dayNames[:], value, c.elem == elemWeekday)
	case elemDay, elemUnderDay, elemZeroDay:
		if c.elem == elemUnderDay && value != "" && value[0] == ' ' {
			value = value[1:]
		}
		p.day, value, ok = number(value, c.elem == elemZeroDay)
	case elemUnderYearDay, elemZeroYearDay:
		for i := 0; i < 2 && c.elem == elemUnderYearDay && value != "" && value[0] == ' '; i++ {
			value = value[1:]
		}
		n := 0
		for n < 3 && isDigit(value, n) {
			n++
		}
		if n > 0 && (n == 3 || c.elem == elemUnderYearDay) {
			p.yearDay, value, ok = digitsOf(value, n)
		}
	case elemHour:
		p.hour, value, ok = number(value, false)
		if p.hour >= 24 {
			problem = "hour"
		}
	case elemHour12, elemZeroHour12:
		p.hour, value, ok = number(value, c.elem == elemZeroHour12)
		if p.hour > 12 {
			problem = "hour"
		}
	case elemMinute, elemZeroMinute:
		p.min, value, ok = number(value, c.elem == elemZeroMinute)
		if p.min >= 60 {
			problem = "minute"
		}
	case elemSecond, elemZeroSecond:
		p.sec, value, ok = number(value, c.elem == elemZeroSecond)
		if p.sec >= 60 {
			problem = "second"
			break
		}
		// A fraction may follow even if the layout has none.
		if ok && len(value) >= 2 && (value[0] == '.' || value[0] == ',') && isDigit(value, 1) {
			next := nextChunk(c.suffix)
			if next.elem == elemFraction0 || next.elem == elemFraction9 {
				break
			}
			n := 2
			for isDigit(value, n) {
				n++
			}
			p.nsec, problem, ok = fraction(value, n)
			value = value[n:]
		}
	case elemPM, elempm:
		if len(value) >= 2 {
			ok = true
			up, low := "PM", "AM"
			if c.elem == elempm {
				up, low = "pm", "am"
			}
			switch value[:2] {
			case up:
				p.pm = true
			case low:
				p.am = true
			default:
				return value, "", false
			}
			value = value[2:]
		}
	case elemOffset:
		if c.zulu && value != "" && value[0] == 'Z' {
			p.zone = UTC
			return value[1:], "", true
		}
		return p.numericOffset(c, value)
	case elemTZ:
		if hasPrefix(value, "UTC") {
			p.zone = UTC
			return value[3:], "", true
		}
		n := abbreviation(value)
		if n == 0 {
			return value, "", false
		}
		p.zoneName = value[:n]
		return value[n:], "", true
	case elemFraction0:
		n := 1 + c.digits
		if len(value) < n {
			return value, "", false
		}
		if p.nsec, problem, ok = fraction(value, n); ok {
			value = value[n:]
		}
	case elemFraction9:
		ok = true
		if len(value) < 2 || (value[0] != '.' && value[0] != ',') || !isDigit(value, 1) {
			break // left out
		}
		n := 1
		for isDigit(value, n) {
			n++
		}
		p.nsec, problem, ok = fraction(value, n)
		value = value[n:]
	}
	return value, problem, ok
}

func (p *parsed) numericOffset(c *chunk, value string) (rest string, problem string, ok bool) {
	if value == "" {
		return value, "", false
	}
	s := value[1:]
	limits := [3]int{24, 60, 60}
	names := [3]string{"time zone offset hour", "time zone offset minute", "time zone offset second"}
	if len(s) < 2*c.parts || (c.colons && len(s) < 3*c.parts-1) {
		return value, "", false
	}
	for i := 1; c.colons && i < c.parts; i++ {
		if s[3*i-1] != ':' {
			return value, "", false
		}
	}
	total, unit := 0, 3600
	for i := 0; i < c.parts; i++ {
		if i > 0 && c.colons {
			s = s[1:]
		}
		var v int
		v, s, ok = digitsOf(s, 2)
		if !ok {
			return value, problem, false
		}
		if v > limits[i] {
			problem = names[i]
		}
		total += v * unit
		unit /= 60
	}
	switch value[0] { // after the ranges, whose error comes first in Go
	case '+':
	case '-':
		total = -total
	default:
		return value, problem, false
	}
	p.hasOffset = true
	p.offset = total
	return s, problem, true
}

// abbreviation returns the length of the zone's abbreviation that s begins with, or 0: three or four capitals that end in T, GMT with an
// offset, a signed offset, and a few odd ones.
func abbreviation(s string) int {
	if len(s) < 3 {
		return 0
	}
	if len(s) >= 4 && (s[:4] == "ChST" || s[:4] == "MeST") {
		return 4
	}
	if s[:3] == "GMT" {
		return 3 + signedHours(s[3:])
	}
	if s[0] == '+' || s[0] == '-' {
		return signedHours(s)
	}
	n := 0
	for n < 6 && n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	switch n {
	case 3:
		return 3
	case 4:
		if s[3] == 'T' || s[:4] == "WITA" {
			return 4
		}
	case 5:
		if s[4] == 'T' {
			return 5
		}
	}
	return 0
}

// signedHours returns the length of an offset such as +3 or -11, or 0.
func signedHours(s string) int {
	if s == "" || (s[0] != '+' && s[0] != '-') {
		return 0
	}
	v, n := 0, 1
	for isDigit(s, n) {
		v = v*10 + int(s[n]-'0')
		if v > 23 {
			return 0
		}
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

func parse(layout, value string, defaultZone, local *Location) (Time, error) {
	wholeLayout, wholeValue := layout, value
	fail := func(layoutElem, valueElem, message string) (Time, error) {
		return Time{}, &ParseError{wholeLayout, wholeValue, layoutElem, valueElem, message}
	}
	p := parsed{month: -1, day: -1, yearDay: -1}
	for {
		c := nextChunk(layout)
		rest, ok := skipText(value, c.prefix)
		if !ok {
			return fail(c.prefix, rest, "")
		}
		value = rest
		if c.elem == elemNone {
			if value != "" {
				return fail("", value, ": extra text: "+quote(value))
			}
			break
		}
		layout = c.suffix
		rest, problem, ok := p.element(&c, value)
		if problem != "" {
			return fail(c.text, rest, ": "+problem+" out of range")
		}
		if !ok {
			return fail(c.text, value, "")
		}
		value = rest
	}
	if p.pm && p.hour < 12 {
		p.hour += 12
	} else if p.am && p.hour == 12 {
		p.hour = 0
	}
	if p.yearDay >= 0 {
		limit := 365
		if isLeap(p.year) {
			limit++
		}
		if p.yearDay < 1 || p.yearDay > limit {
			return fail("", value, ": day-of-year out of range")
		}
		_, month, day, _ := civil(daysSinceYear1(p.year, 1, 1) + int64(p.yearDay-1))
		if p.month >= 0 && p.month != int(month) {
			return fail("", value, ": day-of-year does not match month")
		}
		if p.day >= 0 && p.day != day {
			return fail("", value, ": day-of-year does not match day")
		}
		p.month, p.day = int(month), day
	}
	if p.month < 0 {
		p.month = 1
	}
	if p.day < 0 {
		p.day = 1
	}
	if p.day < 1 || p.day > daysIn(Month(p.month), p.year) {
		return fail("", value, ": day out of range")
	}
	at := func(zone *Location) Time {
		return Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nsec, zone)
	}
	if p.zone != nil {
		return at(p.zone), nil
	}
	if p.hasOffset {
		t := at(UTC)
		t.sec -= int64(p.offset)
		// Seen in the local zone if that is what was meant.
		if name, offset, _ := local.lookup(t.Unix()); offset == p.offset && (p.zoneName == "" || name == p.zoneName) {
			return t.In(local), nil
		}
		return t.In(FixedZone(p.zoneName, p.offset)), nil
	}
	if p.zoneName != "" {
		t := at(UTC)
		if offset, ok := local.offsetOf(p.zoneName, t.Unix()); ok {
			t.sec -= int64(offset)
			return t.In(local), nil
		}
		offset := 0
		if len(p.zoneName) > 3 && p.zoneName[:3] == "GMT" {
			for _, c := range p.zoneName[4:] {
				offset = offset*10 + int(c-'0')
			}
			if p.zoneName[3] == '-' {
				offset = -offset
			}
			offset *= 3600
		}
		zone := FixedZone(p.zoneName, offset)
		return t.In(zone), nil
	}
	return at(defaultZone), nil
}
