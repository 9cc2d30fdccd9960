// SPDX-License-Identifier: BSD-3-Clause

// Package time measures and shows time, and has timers.
package time

// A Time is a point in time, to the nanosecond. The zero Time is January 1, year 1, 00:00:00 UTC.
//
// What Now returns also carries a reading of the monotonic clock, which comparisons and subtractions use, so that a change of
// the system's clock does not disturb a measurement. Methods that change what is shown (In, Round, …) drop it.
// gotk/native/src/timer.c has the same layout.
type Time struct {
	sec  int64 // seconds since year 1, UTC
	nsec int64 // 0 to 999,999,999
	mono int64 // monotonic clock, ns; 0: none
	loc  *Location // nil: UTC
}

const (
	unixToYear1   = 62135596800 // seconds from year 1 to 1970
	secondsPerDay = 86400
)

// timenow stores the seconds and nanoseconds since 1970, and nanotime.
//
//gotk:native timenow
//gotk:noescape
func timenow(out *[3]int64)

//gotk:native nanotime
func nanotime() int64

// startNano is a little before the program starts: no reading of the monotonic clock is shown as zero.
var startNano = nanotime() - 1

// Now returns the current time.
func Now() Time {
	var v [3]int64
	timenow(&v)
	return Time{v[0] + unixToYear1, v[1], v[2], Local}
}

// Unix returns the local Time of so many seconds and nanoseconds since January 1, 1970 UTC.
func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= 1e9 {
		n := floorDiv(nsec, 1e9)
		sec += n
		nsec -= n * 1e9
	}
	return Time{sec + unixToYear1, nsec, 0, Local}
}

// UnixMilli is Unix for milliseconds.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, (msec%1e3)*1e6) }

// UnixMicro is Unix for microseconds.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, (usec%1e6)*1e3) }

// Since is the time that has passed since t.
func Since(t Time) Duration {
	if t.mono != 0 {
		return subMono(nanotime(), t.mono)
	}
	return Now().Sub(t)
}

// Until is the time that passes until t.
func Until(t Time) Duration {
	if t.mono != 0 {
		return subMono(t.mono, nanotime())
	}
	return t.Sub(Now())
}

func subMono(a, b int64) Duration {
	d := Duration(a - b)
	if d < 0 && a > b {
		return maxDuration
	}
	if d > 0 && a < b {
		return minDuration
	}
	return d
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// After reports whether t is after u.
func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

// Before reports whether t is before u.
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }

// Equal reports whether t and u are the same point in time, whatever their locations.
func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }

// Compare returns -1 if t is before u, +1 if it is after, 0 if they are the same point in time.
func (t Time) Compare(u Time) int {
	a, b := t.sec, u.sec
	if t.mono != 0 && u.mono != 0 {
		a, b = t.mono, u.mono
	} else if a == b {
		a, b = t.nsec, u.nsec
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// IsZero reports whether t is the zero point in time.
func (t Time) IsZero() bool { return t.sec == 0 && t.nsec == 0 }

// Add returns t + d.
func (t Time) Add(d Duration) Time {
	t.sec += int64(d / 1e9)
	t.nsec += int64(d % 1e9)
	if t.nsec >= 1e9 {
		t.sec++
		t.nsec -= 1e9
	} else if t.nsec < 0 {
		t.sec--
		t.nsec += 1e9
	}
	if t.mono != 0 {
		mono := t.mono + int64(d)
		if (d < 0 && mono > t.mono) || (d > 0 && mono < t.mono) || mono == 0 {
			mono = 0 // out of range: the clock's reading is given up
		}
		t.mono = mono
	}
	return t
}

// Sub returns t - u, or the nearest Duration if that does not fit.
func (t Time) Sub(u Time) Duration {
	if t.mono != 0 && u.mono != 0 {
		return subMono(t.mono, u.mono)
	}
	d := Duration(t.sec-u.sec)*Second + Duration(t.nsec-u.nsec)
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

// AddDate adds years, months and days to the date; what does not exist is normalised, as by Date.
func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, int(t.nsec), t.Location())
}

// Truncate rounds t down to a multiple of d since the zero time.
func (t Time) Truncate(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	return t.Add(-t.modulo(d))
}

// Round rounds t to the nearest multiple of d since the zero time, halves up.
func (t Time) Round(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	rest := t.modulo(d)
	if rest < d-rest {
		return t.Add(-rest)
	}
	return t.Add(d - rest)
}

// modulo is the time since the zero time modulo d, computed with the parts of t so that nothing overflows.
func (t Time) modulo(d Duration) Duration {
	m := uint64(d)
	negative := t.sec < 0
	sec, nsec := t.sec, t.nsec
	if negative { // magnitude of sec + nsec/1e9
		sec, nsec = -sec, -nsec
		if nsec < 0 {
			sec--
			nsec += 1e9
		}
	}
	// (sec * 1e9 + nsec) mod m by shifts: the product may take 94 bits.
	rest := mulMod(uint64(sec), 1e9, m) + uint64(nsec)%m
	if rest >= m {
		rest -= m
	}
	if negative && rest != 0 {
		rest = m - rest
	}
	return Duration(rest)
}

func mulMod(a, b, m uint64) uint64 {
	a %= m
	b %= m
	var r uint64
	for b > 0 { // all values below m < 2^63
		if b&1 != 0 {
			r += a
			if r >= m {
				r -= m
			}
		}
		a += a
		if a >= m {
			a -= m
		}
		b >>= 1
	}
	return r
}

// UTC returns t as seen in UTC.
func (t Time) UTC() Time { return t.In(UTC) }

// Local returns t as seen in the system's zone.
func (t Time) Local() Time { return t.In(Local) }

// In returns t as seen at a location.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == UTC {
		loc = nil
	}
	t.loc = loc
	t.mono = 0
	return t
}

// Location returns the location t is seen at.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// Zone returns the name and the offset (seconds east of UTC) of the zone in use at t.
func (t Time) Zone() (name string, offset int) {
	name, offset, _ = t.loc.lookup(t.Unix())
	return
}

// IsDST reports whether t is in daylight saving time.
func (t Time) IsDST() bool {
	_, _, dst := t.loc.lookup(t.Unix())
	return dst
}

// Unix is the number of seconds since January 1, 1970 UTC.
func (t Time) Unix() int64 { return t.sec - unixToYear1 }

// UnixMilli is the number of milliseconds since January 1, 1970 UTC.
func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + t.nsec/1e6 }

// UnixMicro is the number of microseconds since January 1, 1970 UTC.
func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + t.nsec/1e3 }

// UnixNano is the number of nanoseconds since January 1, 1970 UTC, for the years 1678 to 2262.
func (t Time) UnixNano() int64 { return t.Unix()*1e9 + t.nsec }
