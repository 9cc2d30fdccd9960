// SPDX-License-Identifier: BSD-3-Clause

package time

// appendPadded appends v with at least width digits.
func appendPadded(b []byte, v int, width int) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	var buf [20]byte
	w := putInt(buf[:], uint64(v))
	for len(buf)-w < width {
		w--
		buf[w] = '0'
	}
	return append(b, buf[w:]...)
}

// appendSpaced appends v in a field of that width.
func appendSpaced(b []byte, v int, width int) []byte {
	limit := 1
	for i := 1; i < width; i++ {
		limit *= 10
		if v < limit {
			for ; i < width; i++ {
				b = append(b, ' ')
			}
			break
		}
	}
	return appendPadded(b, v, 0)
}

func appendFraction(b []byte, nsec int64, c *chunk) []byte {
	digits := c.digits
	var buf [9]byte
	for i := 8; i >= 0; i-- {
		buf[i] = byte('0' + nsec%10)
		nsec /= 10
	}
	if digits > 9 {
		digits = 9
	}
	if c.elem == elemFraction9 {
		for digits > 0 && buf[digits-1] == '0' {
			digits--
		}
		if digits == 0 {
			return b
		}
	}
	if c.comma {
		b = append(b, ',')
	} else {
		b = append(b, '.')
	}
	return append(b, buf[:digits]...)
}

func appendOffset(b []byte, offset int, colons bool, parts int) []byte {
	if offset < 0 {
		b = append(b, '-')
		offset = -offset
	} else {
		b = append(b, '+')
	}
	b = appendPadded(b, offset/3600, 2)
	if parts >= 2 {
		if colons {
			b = append(b, ':')
		}
		b = appendPadded(b, offset/60%60, 2)
	}
	if parts >= 3 {
		if colons {
			b = append(b, ':')
		}
		b = appendPadded(b, offset%60, 2)
	}
	return b
}

// Format returns t as text in the given layout.
func (t Time) Format(layout string) string {
	return string(t.AppendFormat(make([]byte, 0, 64), layout))
}

// AppendFormat appends t as text in the given layout.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	name, offset := t.Zone()
	local := t.sec + int64(offset)
	days := floorDiv(local, secondsPerDay)
	year, month, day, yearDay := civil(days)
	clock := int(local - days*secondsPerDay)
	hour, min, sec := clock/3600, clock/60%60, clock%60
	for layout != "" {
		c := nextChunk(layout)
		b = append(b, c.prefix...)
		if c.elem == elemNone {
			break
		}
		layout = c.suffix
		switch c.elem {
		case elemYear:
			y := year
			if y < 0 {
				y = -y
			}
			b = appendPadded(b, y%100, 2)
		case elemLongYear:
			b = appendPadded(b, year, 4)
		case elemMonth:
			b = append(b, monthNames[month-1][:3]...)
		case elemLongMonth:
			b = append(b, monthNames[month-1]...)
		case elemNumMonth:
			b = appendPadded(b, int(month), 0)
		case elemZeroMonth:
			b = appendPadded(b, int(month), 2)
		case elemWeekday:
			b = append(b, dayNames[t.Weekday()][:3]...)
		case elemLongWeekday:
			b = append(b, dayNames[t.Weekday()]...)
		case elemDay:
			b = appendPadded(b, day, 0)
		case elemUnderDay:
			b = appendSpaced(b, day, 2)
		case elemZeroDay:
			b = appendPadded(b, day, 2)
		case elemUnderYearDay:
			b = appendSpaced(b, yearDay, 3)
		case elemZeroYearDay:
			b = appendPadded(b, yearDay, 3)
		case elemHour:
			b = appendPadded(b, hour, 2)
		case elemHour12:
			b = appendPadded(b, (hour+11)%12+1, 0)
		case elemZeroHour12:
			b = appendPadded(b, (hour+11)%12+1, 2)
		case elemMinute:
			b = appendPadded(b, min, 0)
		case elemZeroMinute:
			b = appendPadded(b, min, 2)
		case elemSecond:
			b = appendPadded(b, sec, 0)
		case elemZeroSecond:
			b = appendPadded(b, sec, 2)
		case elemPM:
			if hour >= 12 {
				b = append(b, "PM"...)
			} else {
				b = append(b, "AM"...)
			}
		case elempm:
			if hour >= 12 {
				b = append(b, "pm"...)
			} else {
				b = append(b, "am"...)
			}
		case elemOffset:
			if c.zulu && offset == 0 {
				b = append(b, 'Z')
			} else {
				b = appendOffset(b, offset, c.colons, c.parts)
			}
		case elemTZ:
			if name != "" {
				b = append(b, name...)
				break
			}
			b = appendOffset(b, offset, false, 2) // no abbreviation
		case elemFraction0, elemFraction9:
			b = appendFraction(b, t.nsec, &c)
		}
	}
	return b
}

// String formats t for debugging: "2006-01-02 15:04:05.999999999 -0700 MST", and the reading of the monotonic clock as "m=±" and
// the seconds since the program started.
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.mono == 0 {
		return s
	}
	m := t.mono - startNano
	sign := byte('+')
	if m < 0 {
		sign = '-'
		m = -m
	}
	b := append([]byte(s), " m="...)
	b = append(b, sign)
	b = appendPadded(b, int(m/1e9), 0)
	b = append(b, '.')
	b = appendPadded(b, int(m%1e9), 9)
	return string(b)
}

// GoString formats t as a call of Date.
func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	b := []byte("time.Date(")
	b = appendPadded(b, year, 0)
	if January <= month && month <= December {
		b = append(b, ", time."...)
		b = append(b, month.String()...)
	} else {
		b = append(b, ", "...)
		b = appendPadded(b, int(month), 0)
	}
	for _, v := range [...]int{day, hour, min, sec, int(t.nsec)} {
		b = append(b, ", "...)
		b = appendPadded(b, v, 0)
	}
	b = append(b, ", "...)
	switch t.loc {
	case nil, UTC:
		b = append(b, "time.UTC"...)
	case Local:
		b = append(b, "time.Local"...)
	default:
		b = append(b, "time.Location("...)
		b = append(b, quote(t.loc.name)...)
		b = append(b, ')')
	}
	return string(append(b, ')'))
}

// marshalError is the error of the Marshal methods.
type marshalError string

func (e marshalError) Error() string { return string(e) }

func (t Time) appendStrict(b []byte, method string) ([]byte, error) {
	if y := t.Year(); y < 0 || y > 9999 {
		return nil, marshalError(method + ": year outside of range [0,9999]")
	}
	if _, offset := t.Zone(); offset <= -24*3600 || offset >= 24*3600 {
		return nil, marshalError(method + ": timezone hour outside of range [0,23]")
	}
	return t.AppendFormat(b, RFC3339Nano), nil
}

// MarshalText formats t by RFC 3339.
func (t Time) MarshalText() ([]byte, error) { return t.appendStrict(nil, "Time.MarshalText") }

// AppendText appends t formatted by RFC 3339.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.appendStrict(b, "Time.AppendText") }

// UnmarshalText reads a time in the format of RFC 3339.
func (t *Time) UnmarshalText(data []byte) error {
	var err error
	*t, err = Parse(RFC3339, string(data))
	return err
}

// MarshalJSON formats t as a JSON string, by RFC 3339.
func (t Time) MarshalJSON() ([]byte, error) {
	b, err := t.appendStrict([]byte{'"'}, "Time.MarshalJSON")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// UnmarshalJSON reads a JSON string in the format of RFC 3339; null changes nothing.
func (t *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return marshalError("Time.UnmarshalJSON: input is not a JSON string")
	}
	var err error
	*t, err = Parse(RFC3339, string(data[1:len(data)-1]))
	return err
}
