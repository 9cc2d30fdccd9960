// SPDX-License-Identifier: BSD-3-Clause

package time

// Duration is a span of time in nanoseconds.
type Duration int64

// Common durations. Count them with a division: d / time.Millisecond; convert a number with a multiplication.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// String formats the duration like "72h3m0.5s"; below a second with a smaller unit, like "1.5ms".
func (d Duration) String() string {
	// The longest is "-2562047h47m16.854775808s". Written from the right.
	var buf [32]byte
	w := len(buf)
	u := uint64(d)
	if d < 0 {
		u = -u
	}
	w--
	buf[w] = 's'
	switch {
	case u == 0:
		return "0s"
	case u < uint64(Second):
		digits := 0
		w--
		switch {
		case u < uint64(Microsecond):
			buf[w] = 'n'
		case u < uint64(Millisecond):
			digits = 3
			w-- // µ takes two bytes
			copy(buf[w:], "µ")
		default:
			digits = 6
			buf[w] = 'm'
		}
		w, u = putFraction(buf[:w], u, digits)
		w = putInt(buf[:w], u)
	default:
		w, u = putFraction(buf[:w], u, 9)
		w = putInt(buf[:w], u%60)
		if u /= 60; u > 0 {
			w--
			buf[w] = 'm'
			w = putInt(buf[:w], u%60)
			if u /= 60; u > 0 {
				w--
				buf[w] = 'h'
				w = putInt(buf[:w], u)
			}
		}
	}
	if d < 0 {
		w--
		buf[w] = '-'
	}
	return string(buf[w:])
}

// putFraction writes the lowest digits of v as a fraction to the end of buf, without trailing zeros, and returns where it
// begins and what is left of v.
func putFraction(buf []byte, v uint64, digits int) (int, uint64) {
	w := len(buf)
	any := false
	for i := 0; i < digits; i++ {
		digit := v % 10
		any = any || digit != 0
		if any {
			w--
			buf[w] = byte('0' + digit)
		}
		v /= 10
	}
	if any {
		w--
		buf[w] = '.'
	}
	return w, v
}

func putInt(buf []byte, v uint64) int {
	w := len(buf)
	for {
		w--
		buf[w] = byte('0' + v%10)
		v /= 10
		if v == 0 {
			return w
		}
	}
}

// Nanoseconds is the duration in nanoseconds.
func (d Duration) Nanoseconds() int64 { return int64(d) }

// Microseconds is the duration in whole microseconds.
func (d Duration) Microseconds() int64 { return int64(d / Microsecond) }

// Milliseconds is the duration in whole milliseconds.
func (d Duration) Milliseconds() int64 { return int64(d / Millisecond) }

// Seconds is the duration in seconds.
func (d Duration) Seconds() float64 { return inUnits(d, Second) }

// Minutes is the duration in minutes.
func (d Duration) Minutes() float64 { return inUnits(d, Minute) }

// Hours is the duration in hours.
func (d Duration) Hours() float64 { return inUnits(d, Hour) }

// inUnits divides apart the whole and the rest, which is more precise than one division of large numbers.
func inUnits(d, unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

// Truncate rounds d toward zero to a multiple of m; it returns d if m <= 0.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds d to the nearest multiple of m, halves away from zero; it returns d if m <= 0. What does not fit becomes the largest
// or smallest Duration.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	rest := d % m
	if d < 0 {
		rest = -rest
		if rest < m-rest {
			return d + rest
		}
		if low := d - m + rest; low < d {
			return low
		}
		return minDuration
	}
	if rest < m-rest {
		return d - rest
	}
	if high := d + m - rest; high > d {
		return high
	}
	return maxDuration
}

// Abs is the magnitude of d; that of the smallest Duration is the largest one.
func (d Duration) Abs() Duration {
	if d >= 0 {
		return d
	}
	if d == minDuration {
		return maxDuration
	}
	return -d
}

// durationError is the error of ParseDuration.
type durationError string

func (e durationError) Error() string { return string(e) }

func unitOf(name string) (unit uint64, ok bool) {
	switch name {
	case "ns":
		return uint64(Nanosecond), true
	case "us", "µs", "μs": // with either micro sign
		return uint64(Microsecond), true
	case "ms":
		return uint64(Millisecond), true
	case "s":
		return uint64(Second), true
	case "m":
		return uint64(Minute), true
	case "h":
		return uint64(Hour), true
	}
	return 0, false
}

// ParseDuration reads a duration such as "300ms", "-1.5h" or "2h45m".
func ParseDuration(s string) (Duration, error) {
	whole := s
	invalid := func() (Duration, error) {
		return 0, durationError("time: invalid duration " + quote(whole))
	}
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return invalid()
	}
	const limit = 1 << 63
	var total uint64
	for s != "" {
		var value, fraction uint64
		scale := 1.0
		digits := 0
		for s != "" && isDigit(s, 0) {
			if value > limit/10 {
				return invalid()
			}
			value = value*10 + uint64(s[0]-'0')
			if value > limit {
				return invalid()
			}
			s = s[1:]
			digits++
		}
		if s != "" && s[0] == '.' {
			s = s[1:]
			full := false
			for s != "" && isDigit(s, 0) {
				digits++
				if !full {
					if fraction > (limit-1)/10 || fraction*10+uint64(s[0]-'0') > limit {
						full = true // more digits cannot matter
					} else {
						fraction = fraction*10 + uint64(s[0]-'0')
						scale *= 10
					}
				}
				s = s[1:]
			}
		}
		if digits == 0 {
			return invalid()
		}
		n := 0
		for n < len(s) && s[n] != '.' && !isDigit(s, n) {
			n++
		}
		if n == 0 {
			return 0, durationError("time: missing unit in duration " + quote(whole))
		}
		unit, ok := unitOf(s[:n])
		if !ok {
			return 0, durationError("time: unknown unit " + quote(s[:n]) + " in duration " + quote(whole))
		}
		s = s[n:]
		if value > limit/unit {
			return invalid()
		}
		value *= unit
		if fraction > 0 {
			value += uint64(float64(fraction) * (float64(unit) / scale))
			if value > limit {
				return invalid()
			}
		}
		total += value
		if total > limit {
			return invalid()
		}
	}
	if negative {
		return -Duration(total), nil
	}
	if total > limit-1 {
		return invalid()
	}
	return Duration(total), nil
}

func isDigit(s string, i int) bool {
	return i < len(s) && '0' <= s[i] && s[i] <= '9'
}

// quote quotes s for an error; it escapes what is not printable ASCII.
func quote(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c >= 0x80:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
