// SPDX-License-Identifier: BSD-3-Clause

package time

import "unsafe"

// Zones of the system's database: files in the format of RFC 9636 (TZif), and the rules of POSIX's TZ for times after the
// last transition of a file.

type zoneData struct {
	kinds       []zoneKind
	transitions []int64 // Unix seconds, ascending
	index       []byte  // kind after each transition
	after       rule    // for times after the last transition, if it is valid
}

type zoneKind struct {
	name    string
	offset  int
	isDST   bool
}

// rule is a POSIX TZ string such as "CET-1CEST,M3.5.0,M10.5.0/3".
type rule struct {
	valid    bool
	standard zoneKind
	dst      zoneKind
	hasDST   bool
	start    ruleDate
	end      ruleDate
}

type ruleDate struct {
	form             byte // 'J', 'n' or 'M'
	day, week, month int
	seconds          int
}

//gotk:native fdopen
func fdopen(path *byte, flags, mode int) (fd, errno int)

//gotk:native fdread
func fdread(fd int, buf unsafe.Pointer, n int) (count, errno int)

//gotk:native fdclose
func fdclose(fd int) (errno int)

// locationError is the error of LoadLocation.
type locationError string

func (e locationError) Error() string { return string(e) }

// LoadLocation returns the location of that name in the system's zone database, such as "Europe/Zurich". "" and "UTC" are UTC,
// "Local" is Local.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	for i := 0; i < len(name); i++ {
		if name[i] == '\\' || name[i] == 0 || (name[i] == '.' && i+1 < len(name) && name[i+1] == '.') {
			return nil, locationError("time: invalid location name")
		}
	}
	if name[0] == '/' {
		return nil, locationError("time: invalid location name")
	}
	for _, folder := range []string{"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/", "/etc/zoneinfo/"} {
		data, ok := readZoneFile(folder + name)
		if !ok {
			continue
		}
		return LoadLocationFromTZData(name, data)
	}
	return nil, locationError("unknown time zone " + name)
}

// LoadLocationFromTZData makes a location from the content of a file of the zone database.
func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	z := parseZone(data)
	if z == nil {
		return nil, locationError("malformed time zone information")
	}
	return &Location{name: name, zone: z}, nil
}

func readZoneFile(path string) ([]byte, bool) {
	const closeOnExec = 0x80000
	name := append([]byte(path), 0)
	fd, errno := fdopen(&name[0], closeOnExec, 0)
	if errno != 0 {
		return nil, false
	}
	defer fdclose(fd)
	var data []byte
	buf := make([]byte, 4096)
	for len(data) < 1<<20 {
		n, errno := fdread(fd, unsafe.Pointer(&buf[0]), len(buf))
		if errno != 0 {
			return nil, false
		}
		if n == 0 {
			return data, true
		}
		data = append(data, buf[:n]...)
	}
	return nil, false
}

// zoneReader takes big-endian numbers from a file; bad is set when the file is too short.
type zoneReader struct {
	data []byte
	bad  bool
}

func (r *zoneReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.bad = true
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *zoneReader) int(size int) int64 {
	b := r.take(size)
	if r.bad {
		return 0
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}

func parseZone(data []byte) *zoneData {
	r := &zoneReader{data: data}
	var counts [6]int // isut, isstd, leap, time, type, char
	version := byte(0)
	header := func() bool {
		magic := r.take(4)
		if r.bad || string(magic) != "TZif" {
			return false
		}
		v := r.take(16)
		if r.bad {
			return false
		}
		version = v[0]
		for i := range counts {
			counts[i] = int(r.int(4))
			if counts[i] < 0 {
				return false
			}
		}
		return !r.bad
	}
	if !header() {
		return nil
	}
	size := 4
	if version >= '2' { // a second block with 64-bit times follows
		r.take(counts[3]*5 + counts[4]*6 + counts[5] + counts[2]*8 + counts[1] + counts[0])
		if r.bad || !header() {
			return nil
		}
		size = 8
	}
	z := new(zoneData)
	for i := 0; i < counts[3] && !r.bad; i++ {
		z.transitions = append(z.transitions, r.int(size))
	}
	z.index = append(z.index, r.take(counts[3])...)
	types := r.take(counts[4] * 6)
	names := r.take(counts[5])
	r.take(counts[2]*(size+4) + counts[1] + counts[0])
	if r.bad || counts[4] == 0 {
		return nil
	}
	for i := 0; i < counts[4]; i++ {
		t := &zoneReader{data: types[i*6:]}
		offset := int(t.int(4))
		dst := t.int(1) != 0
		start := int(byte(t.int(1)))
		end := start
		for end < len(names) && names[end] != 0 {
			end++
		}
		if start > len(names) {
			return nil
		}
		z.kinds = append(z.kinds, zoneKind{string(names[start:end]), offset, dst})
	}
	for _, k := range z.index {
		if int(k) >= len(z.kinds) {
			return nil
		}
	}
	if size == 8 && len(r.data) > 2 && r.data[0] == '\n' {
		rest := r.data[1:]
		for i, c := range rest {
			if c == '\n' {
				z.after = parseRule(string(rest[:i]))
				break
			}
		}
	}
	return z
}

func (z *zoneData) lookup(unix int64) (name string, offset int, dst bool) {
	n := len(z.transitions)
	if n == 0 || unix < z.transitions[0] {
		if n == 0 && z.after.valid {
			return z.after.lookup(unix)
		}
		for _, k := range z.kinds { // before the first transition: the first standard time
			if !k.isDST {
				return k.name, k.offset, k.isDST
			}
		}
		return z.kinds[0].name, z.kinds[0].offset, z.kinds[0].isDST
	}
	if unix >= z.transitions[n-1] && z.after.valid {
		return z.after.lookup(unix)
	}
	low, high := 0, n // transitions[low] <= unix
	for high-low > 1 {
		mid := (low + high) / 2
		if z.transitions[mid] <= unix {
			low = mid
		} else {
			high = mid
		}
	}
	k := z.kinds[z.index[low]]
	return k.name, k.offset, k.isDST
}

func (z *zoneData) offsetOf(name string, shown int64) (int, bool) {
	for _, k := range z.kinds {
		if k.name == name {
			if n, offset, _ := z.lookup(shown - int64(k.offset)); n == name {
				return offset, true
			}
		}
	}
	for _, k := range z.kinds {
		if k.name == name {
			return k.offset, true
		}
	}
	return 0, false
}

// ruleReader takes the parts of a POSIX TZ string.
type ruleReader struct {
	s  string
	ok bool
}

func (r *ruleReader) eat(c byte) bool {
	if r.s != "" && r.s[0] == c {
		r.s = r.s[1:]
		return true
	}
	return false
}

func (r *ruleReader) name() string {
	if r.eat('<') {
		for i := 0; i < len(r.s); i++ {
			if r.s[i] == '>' {
				name := r.s[:i]
				r.s = r.s[i+1:]
				return name
			}
		}
		r.ok = false
		return ""
	}
	i := 0
	for i < len(r.s) && (r.s[i]|0x20 >= 'a' && r.s[i]|0x20 <= 'z') {
		i++
	}
	r.ok = r.ok && i >= 3
	name := r.s[:i]
	r.s = r.s[i:]
	return name
}

func (r *ruleReader) number() int {
	v, n := 0, 0
	for isDigit(r.s, 0) && n < 4 {
		v = v*10 + int(r.s[0]-'0')
		r.s = r.s[1:]
		n++
	}
	r.ok = r.ok && n > 0
	return v
}

// clock reads [+-]hh[:mm[:ss]] as seconds.
func (r *ruleReader) clock() int {
	sign := 1
	if r.eat('-') {
		sign = -1
	} else {
		r.eat('+')
	}
	v := r.number() * 3600
	if r.eat(':') {
		v += r.number() * 60
		if r.eat(':') {
			v += r.number()
		}
	}
	return sign * v
}

func (r *ruleReader) date() ruleDate {
	d := ruleDate{form: 'n', seconds: 2 * 3600}
	switch {
	case r.eat('M'):
		d.form = 'M'
		d.month = r.number()
		r.ok = r.eat('.') && r.ok
		d.week = r.number()
		r.ok = r.eat('.') && r.ok
		d.day = r.number()
		r.ok = r.ok && d.month >= 1 && d.month <= 12 && d.week >= 1 && d.week <= 5 && d.day <= 6
	case r.eat('J'):
		d.form = 'J'
		d.day = r.number()
	default:
		d.day = r.number()
	}
	if r.eat('/') {
		d.seconds = r.clock()
	}
	return d
}

func parseRule(s string) rule {
	r := &ruleReader{s, true}
	var z rule
	z.standard.name = r.name()
	z.standard.offset = -r.clock()
	if r.ok && r.s != "" {
		z.hasDST = true
		z.dst.name = r.name()
		z.dst.isDST = true
		z.dst.offset = z.standard.offset + 3600
		if r.s != "" && r.s[0] != ',' {
			z.dst.offset = -r.clock()
		}
		if r.s == "" {
			r.s = ",M3.2.0,M11.1.0"
		}
		r.ok = r.eat(',') && r.ok
		z.start = r.date()
		r.ok = r.eat(',') && r.ok
		z.end = r.date()
	}
	z.valid = r.ok && r.s == ""
	return z
}

// at returns the second of the year, in local time, of the date in that year.
func (d ruleDate) at(year int) int64 {
	var day int
	switch d.form {
	case 'J': // 1 to 365, February 29 is not counted
		day = d.day - 1
		if isLeap(year) && d.day >= 60 {
			day++
		}
	case 'n':
		day = d.day
	default:
		first := daysSinceYear1(year, d.month, 1)
		weekday := int((first + 1) % 7) // January 1 of year 1 was a Monday
		day = (d.day - weekday + 7) % 7
		day += (d.week - 1) * 7
		if day >= daysIn(Month(d.month), year) {
			day -= 7
		}
		day += int(first - daysSinceYear1(year, 1, 1))
	}
	return int64(day)*86400 + int64(d.seconds)
}

func (z *rule) lookup(unix int64) (name string, offset int, dst bool) {
	if !z.hasDST {
		return z.standard.name, z.standard.offset, false
	}
	sec := unix + unixToYear1
	year, _, _, _ := civil(floorDiv(sec+int64(z.standard.offset), 86400))
	begin := daysSinceYear1(year, 1, 1) * 86400
	start := begin + z.start.at(year) - int64(z.standard.offset)
	end := begin + z.end.at(year) - int64(z.dst.offset)
	summer := sec >= start && sec < end
	if end < start {
		summer = sec >= start || sec < end
	}
	if summer {
		return z.dst.name, z.dst.offset, true
	}
	return z.standard.name, z.standard.offset, false
}
