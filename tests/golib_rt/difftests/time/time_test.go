// SPDX-License-Identifier: BSD-3-Clause

package time

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"testing"
	std "time"
)

func seeded(t *testing.T) *rand.Rand {
	seed := std.Now().UnixNano()
	if s := os.Getenv("GOTK_TEST_SEED"); s != "" {
		seed, _ = strconv.ParseInt(s, 10, 64)
	}
	t.Logf("seed %d", seed)
	return rand.New(rand.NewSource(seed))
}

var zones = []string{"UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns",
	"Pacific/Apia", "Africa/Casablanca", "Asia/Tehran", "America/Sao_Paulo"}

type pair struct {
	ours   *Location
	theirs *std.Location
}

func locations(t *testing.T) []pair {
	var all []pair
	for _, name := range zones {
		theirs, err := std.LoadLocation(name)
		if err != nil {
			continue // no zone database here
		}
		ours, err := LoadLocation(name)
		if err != nil {
			t.Fatal(name, err)
		}
		all = append(all, pair{ours, theirs})
	}
	return append(all, pair{FixedZone("X", -12345), std.FixedZone("X", -12345)}, pair{FixedZone("", 19800), std.FixedZone("", 19800)},
		pair{FixedZone("", 3600), std.FixedZone("", 3600)})
}

func anySecond(r *rand.Rand) int64 {
	switch r.Intn(4) {
	case 0:
		return r.Int63n(4e9) - 1e9
	case 1:
		return r.Int63n(4e11) - 2e11
	case 2:
		return r.Int63n(253402300800+62135596800) - 62135596800
	}
	return 1.7e9 + r.Int63n(1e8)
}

func anyTime(r *rand.Rand, all []pair) (Time, std.Time) {
	sec, nsec := anySecond(r), r.Int63n(1e9)
	if r.Intn(3) == 0 {
		nsec = nsec / 1e6 * 1e6
	}
	l := all[r.Intn(len(all))]
	return Unix(sec, nsec).In(l.ours), std.Unix(sec, nsec).In(l.theirs)
}

var layouts = []string{Layout, ANSIC, UnixDate, RubyDate, RFC822, RFC822Z, RFC850, RFC1123, RFC1123Z, RFC3339, RFC3339Nano, Kitchen,
	Stamp, StampMilli, StampMicro, StampNano, DateTime, DateOnly, TimeOnly, "2006-01-02 15:04:05.999999999 -0700 MST",
	"02/01/06 3:4:5.000pm", "Monday January _2 2006", "__2 002 2006", "_2006", "Jan Jane Mon Mond 1 2", "15h04m05s,999", "Z0700 Z07 Z07:00:00 Z070000 -07:00:00 -070000 -07",
	"20060102T150405Z", "05.00x", "5,000000000000", ".9 .99x .000 .0001", "3PM", "03:04 PM", "MST", "Januaryx", "0 00 000", "06-1-2", "2006-002", "-", ""}

func TestFormat(t *testing.T) {
	r := seeded(t)
	all := locations(t)
	for i := 0; i < 20000; i++ {
		a, b := anyTime(r, all)
		layout := layouts[r.Intn(len(layouts))]
		if got, want := a.Format(layout), b.Format(layout); got != want {
			t.Fatalf("%v Format(%q) = %q, want %q", b, layout, got, want)
		}
		if got, want := fmt.Sprint(a, a.GoString()), fmt.Sprint(b, b.GoString()); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		ay, aw := a.ISOWeek()
		by, bw := b.ISOWeek()
		if ay != by || aw != bw || a.YearDay() != b.YearDay() || int(a.Weekday()) != int(b.Weekday()) || a.IsDST() != b.IsDST() {
			t.Fatalf("%v: week %d-%d %d-%d, day %d %d, %v %v, dst %v %v", b, ay, aw, by, bw, a.YearDay(), b.YearDay(), a.Weekday(), b.Weekday(), a.IsDST(), b.IsDST())
		}
		ah, am, as := a.Clock()
		bh, bm, bs := b.Clock()
		if ah != bh || am != bm || as != bs {
			t.Fatal(a, b)
		}
	}
}

func same(t *testing.T, what string, a Time, b std.Time) {
	t.Helper()
	if a.Unix() != b.Unix() || a.Nanosecond() != b.Nanosecond() || a.String() != b.String() {
		t.Fatalf("%s: %s, want %s", what, a, b)
	}
}

func TestArithmetic(t *testing.T) {
	r := seeded(t)
	all := locations(t)
	for i := 0; i < 20000; i++ {
		a, b := anyTime(r, all)
		c, d := anyTime(r, all)
		n := Duration(r.Uint64())
		if r.Intn(2) == 0 {
			n = Duration(r.Int63n(1e13))
		}
		m := std.Duration(n)
		same(t, "Add", a.Add(n), b.Add(m))
		same(t, fmt.Sprint(b, " Round ", m), a.Round(n), b.Round(m))
		same(t, fmt.Sprint(b, " Truncate ", m), a.Truncate(n), b.Truncate(m))
		y, mo, da := r.Intn(9)-4, r.Intn(31)-15, r.Intn(91)-45
		same(t, fmt.Sprint(b, " AddDate ", y, mo, da), a.AddDate(y, mo, da), b.AddDate(y, mo, da))
		if int64(a.Sub(c)) != int64(b.Sub(d)) || a.Before(c) != b.Before(d) || a.After(c) != b.After(d) || a.Compare(c) != b.Compare(d) {
			t.Fatal(a, c)
		}
		if a.UnixNano() != b.UnixNano() || a.UnixMilli() != b.UnixMilli() || a.UnixMicro() != b.UnixMicro() {
			t.Fatal(a, b)
		}
		l := all[r.Intn(len(all))]
		v := [7]int{r.Intn(4000) - 500, r.Intn(40) - 12, r.Intn(100) - 40, r.Intn(80) - 30, r.Intn(200) - 80, r.Intn(200) - 80, r.Intn(4e9) - 2e9}
		same(t, fmt.Sprint("Date ", v, l.theirs), Date(v[0], Month(v[1]), v[2], v[3], v[4], v[5], v[6], l.ours),
			std.Date(v[0], std.Month(v[1]), v[2], v[3], v[4], v[5], v[6], l.theirs))
	}
	ms := []int64{0, 1, -1, 999, -999, 1000, -1001, 1234567890123, -1234567890123}
	for _, v := range ms {
		same(t, "UnixMilli", UnixMilli(v).UTC(), std.UnixMilli(v).UTC())
		same(t, "UnixMicro", UnixMicro(v).UTC(), std.UnixMicro(v).UTC())
		same(t, "Unix", Unix(v, v*1e6).UTC(), std.Unix(v, v*1e6).UTC())
	}
}

func compareParse(t *testing.T, layout, value string, l pair) {
	t.Helper()
	a, aerr := ParseInLocation(layout, value, l.ours)
	b, berr := std.ParseInLocation(layout, value, l.theirs)
	if fmt.Sprint(aerr) != fmt.Sprint(berr) {
		t.Fatalf("Parse(%q, %q): error %v, want %v", layout, value, aerr, berr)
	}
	same(t, fmt.Sprintf("Parse(%q, %q) in %s", layout, value, l.theirs), a, b)
}

func TestParse(t *testing.T) {
	r := seeded(t)
	all := locations(t)
	for i := 0; i < 40000; i++ {
		_, b := anyTime(r, all)
		if b.Year() < 0 || b.Year() > 9999 {
			continue
		}
		layout := layouts[r.Intn(len(layouts))]
		if layout == "Jan Jane Mon Mond 1 2" || layout == "_2006" {
			continue
		}
		value := b.Format(layout)
		if r.Intn(2) == 0 && value != "" { // damage it
			c := []byte(value)
			for n := r.Intn(2); n >= 0; n-- {
				switch j := r.Intn(len(c)); r.Intn(4) {
				case 0:
					c[j] = "0123456789 :-+.TZabP"[r.Intn(20)]
				case 1:
					c = c[:j+1]
				case 2:
					c = append(c, "0123456789 :-+.TZabP"[r.Intn(20)])
				case 3:
					c[j]++
				}
			}
			value = string(c)
		}
		compareParse(t, layout, value, all[r.Intn(len(all))])
	}
	utc := pair{UTC, std.UTC}
	for _, c := range [][2]string{{"MST", "GMT+3"}, {"MST", "GMT-11"}, {"MST", "GMT+24"}, {"MST", "+03"}, {"MST", "ABC"}, {"MST", "ABCDT"}, {"MST", "WITA"}, {"MST", "ChST"},
		{"MST", "ABCDEF"}, {"MST", "Ab"}, {"2006-01-02", "2023-02-29"}, {"2006-01-02", "2024-02-29"}, {"2006 002 Jan", "2024 060 Mar"}, {"2006 002 2", "2024 060 28"},
		{"2006 002", "2023 366"}, {"15:04:05", "12:34:56.789"}, {"15:04:05 Mon", "12:34:56,789 Sun"}, {"15:04:05.999", "12:34:56"}, {"3PM", "13PM"}, {"3PM", "12AM"}, {"3PM", "0PM"},
		{"-0700", "+2500"}, {"-0700", "+0061"}, {"-07:00:00", "+01:02:61"}, {"Z07:00", "Z"}, {"Z07:00", "z"}, {"", "x"}, {"x", ""}, {"Jan  _2", "Feb 3"}, {"Jan _2", "feb  3"},
		{"2006", "99"}, {"06", "68"}, {"06", "69"}, {"2006-01-02T15:04:05Z07:00", "2023-04-05T06:07:08.123456789123+01:00"}, {"MST -0700", "CET +0100"}, {"é", "é"}, {"é 1", "e\x01"}} {
		compareParse(t, c[0], c[1], utc)
	}
}

func TestDuration(t *testing.T) {
	r := seeded(t)
	values := []Duration{0, 1, -1, 999, 1000, 1001, 1100, 999999, 1000000, 1e9, 1e9 + 1, 59e9, 60e9, 3600e9, -3600e9, minDuration, maxDuration, 1500e6, 100 * Hour}
	for i := 0; i < 50000; i++ {
		values = append(values, Duration(r.Uint64()>>uint(r.Intn(64))), -Duration(r.Uint64()>>uint(r.Intn(64))))
	}
	for i, d := range values {
		e := std.Duration(d)
		if d.String() != e.String() {
			t.Fatal(d.String(), e.String())
		}
		m := values[(i*7+3)%len(values)]
		if int64(d.Round(m)) != int64(e.Round(std.Duration(m))) || int64(d.Truncate(m)) != int64(e.Truncate(std.Duration(m))) || int64(d.Abs()) != int64(e.Abs()) {
			t.Fatal(d, m)
		}
		if d.Seconds() != e.Seconds() || d.Minutes() != e.Minutes() || d.Hours() != e.Hours() {
			t.Fatal(d)
		}
		checkDuration(t, e.String())
	}
	for _, s := range []string{"", "0", "+0", "-0", "1", "1x", ".s", ".", "1.s", ".5s", "1h1h", "1µs", "1μs", "3000000h", "9223372036854775807ns", "9223372036854775808ns",
		"-9223372036854775808ns", "-9223372036854775809ns", "9223372036854775.807us", "0.3333333333333333333h", "0.100000000000000000000h", "1.00000000000000000000000001s", "--1s", "1 s", "é", "1h-1m", "\"1"} {
		checkDuration(t, s)
	}
	units := []string{"ns", "us", "ms", "s", "m", "h", "d", ""}
	for i := 0; i < 20000; i++ {
		s := ""
		for n := r.Intn(3); n >= 0; n-- {
			s += strconv.FormatFloat(float64(r.Intn(1e6))/float64(1+r.Intn(1000)), 'f', r.Intn(8), 64) + units[r.Intn(len(units))]
		}
		checkDuration(t, s)
	}
}

func checkDuration(t *testing.T, s string) {
	t.Helper()
	a, aerr := ParseDuration(s)
	b, berr := std.ParseDuration(s)
	if int64(a) != int64(b) || fmt.Sprint(aerr) != fmt.Sprint(berr) {
		t.Fatalf("ParseDuration(%q) = %v, %v; want %v, %v", s, a, aerr, b, berr)
	}
}

func TestLocal(t *testing.T) {
	zone, err := std.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Skip("no zone database")
	}
	TestZone = zone
	r := seeded(t)
	for i := 0; i < 3000; i++ {
		sec := anySecond(r)
		if got, want := Unix(sec, 0).Format(RFC1123), std.Unix(sec, 0).In(zone).Format(RFC1123); got != want {
			t.Fatal(got, want)
		}
		v := std.Unix(sec, 0).In(zone)
		got := Date(v.Year(), Month(v.Month()), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, Local)
		if want := std.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, zone); got.Unix() != want.Unix() {
			t.Fatal(got, want)
		}
	}
}

func TestMonotonic(t *testing.T) {
	a := Now()
	std.Sleep(std.Millisecond)
	b := Now()
	if d := b.Sub(a); d < Millisecond || d > Minute {
		t.Fatal(d)
	}
	if a.Round(0).mono != 0 || a.UTC().mono != 0 || a.Add(Hour).mono == 0 {
		t.Fatal("monotonic reading")
	}
	if d := Since(a); d < Millisecond {
		t.Fatal(d)
	}
	if d := Until(a.Add(Hour)); d < 59*Minute || d > Hour {
		t.Fatal(d)
	}
	text, err := a.MarshalJSON()
	var c Time
	if err != nil || c.UnmarshalJSON(text) != nil || !c.Equal(a.Round(0)) {
		t.Fatal(string(text), c, a)
	}
}

func TestNames(t *testing.T) {
	for i := -2; i < 16; i++ {
		if Month(i).String() != std.Month(i).String() || Weekday(i).String() != std.Weekday(i).String() {
			t.Fatal(i)
		}
	}
}
