// SPDX-License-Identifier: BSD-3-Clause

package time

// The calendar: the proleptic Gregorian one. Days are counted from January 1 of year 1. The conversions follow
// H. Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that leap days come last.

// Month is a month of the year; January is 1.
type Month int

// The months.
const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

// String is the month's English name.
func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return badName("Month", uint64(m))
}

// Weekday is a day of the week; Sunday is 0.
type Weekday int

// The days of the week.
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

// String is the day's English name.
func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return badName("Weekday", uint64(d))
}

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December"}

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// badName is how a value without a name is shown; negative ones as Go shows them.
func badName(typ string, v uint64) string {
	var buf [20]byte
	return "%!" + typ + "(" + string(buf[putInt(buf[:], v):]) + ")"
}

func isLeap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

func daysIn(m Month, year int) int {
	switch m {
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	case April, June, September, November:
		return 30
	}
	return 31
}

// daysSinceYear1 counts the days from January 1, year 1; month is 1 to 12, day may be anything.
func daysSinceYear1(year, month, day int) int64 {
	y := int64(year)
	if month <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	monthFromMarch := int64(month+9) % 12
	dayOfYear := (153*monthFromMarch+2)/5 + int64(day) - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146097 + dayOfEra - 306 // March 1 of year 0 is day -306
}

// civil returns the date of a day, and the day of the year from 1.
func civil(days int64) (year int, month Month, day, yearDay int) {
	days += 306
	era := floorDiv(days, 146097)
	dayOfEra := days - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayFromMarch := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	monthFromMarch := (5*dayFromMarch + 2) / 153
	day = int(dayFromMarch - (153*monthFromMarch+2)/5 + 1)
	year = int(yearOfEra + era*400)
	if monthFromMarch < 10 {
		month = Month(monthFromMarch + 3)
		yearDay = int(dayFromMarch) + 60
		if isLeap(year) {
			yearDay++
		}
	} else {
		month = Month(monthFromMarch - 9)
		year++
		yearDay = int(dayFromMarch) - 305
	}
	return year, month, day, yearDay
}

// local is the number of seconds since year 1 that a clock at t's location shows.
func (t Time) local() int64 {
	if t.loc == nil {
		return t.sec
	}
	_, offset, _ := t.loc.lookup(t.Unix())
	return t.sec + int64(offset)
}

// Date returns year, month and day of t.
func (t Time) Date() (year int, month Month, day int) {
	year, month, day, _ = civil(floorDiv(t.local(), secondsPerDay))
	return
}

// Year returns the year of t.
func (t Time) Year() int {
	year, _, _ := t.Date()
	return year
}

// Month returns the month of t.
func (t Time) Month() Month {
	_, month, _ := t.Date()
	return month
}

// Day returns the day of the month of t.
func (t Time) Day() int {
	_, _, day := t.Date()
	return day
}

// YearDay returns the day of the year of t, from 1.
func (t Time) YearDay() int {
	_, _, _, day := civil(floorDiv(t.local(), secondsPerDay))
	return day
}

// Weekday returns the day of the week of t.
func (t Time) Weekday() Weekday {
	days := floorDiv(t.local(), secondsPerDay) + 1 // day 0 was a Monday
	return Weekday(days - floorDiv(days, 7)*7)
}

// ISOWeek returns the year and the week of ISO 8601: week 1 is the one with the year's first Thursday.
func (t Time) ISOWeek() (year, week int) {
	days := floorDiv(t.local(), secondsPerDay)
	thursday := days - (days - floorDiv(days, 7)*7) + 3
	year, _, _, day := civil(thursday)
	return year, (day-1)/7 + 1
}

// Clock returns hour, minute and second of t.
func (t Time) Clock() (hour, min, sec int) {
	s := t.local()
	s -= floorDiv(s, secondsPerDay) * secondsPerDay
	return int(s / 3600), int(s / 60 % 60), int(s % 60)
}

// Hour returns the hour of t, 0 to 23.
func (t Time) Hour() int {
	hour, _, _ := t.Clock()
	return hour
}

// Minute returns the minute of t, 0 to 59.
func (t Time) Minute() int {
	_, min, _ := t.Clock()
	return min
}

// Second returns the second of t, 0 to 59.
func (t Time) Second() int {
	_, _, sec := t.Clock()
	return sec
}

// Nanosecond returns the nanosecond within the second, 0 to 999,999,999.
func (t Time) Nanosecond() int { return int(t.nsec) }

// Date returns the Time of a date and clock reading at a location. Values outside the usual range are normalised: October 32 is
// November 1.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	years := int(floorDiv(int64(m), 12))
	year += years
	m -= years * 12
	seconds := int64(sec)
	extra := floorDiv(int64(nsec), 1e9)
	seconds += extra
	nanos := int64(nsec) - extra*1e9
	seconds += daysSinceYear1(year, m+1, 1)*secondsPerDay + int64(day-1)*secondsPerDay + int64(hour)*3600 + int64(min)*60
	t := Time{seconds, nanos, 0, loc}
	if loc == UTC {
		t.loc = nil
		return t
	}
	// The offset depends on the time in UTC, which depends on the offset.
	_, offset, _ := loc.lookup(t.Unix())
	_, offset, _ = loc.lookup(t.Unix() - int64(offset))
	t.sec -= int64(offset)
	return t
}
