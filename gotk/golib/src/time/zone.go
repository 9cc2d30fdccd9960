// SPDX-License-Identifier: BSD-3-Clause

package time

// Location is a time zone.
type Location struct {
	name   string
	fixed  *fixedZone
	zone   *zoneData // from a file of the zone database
	system bool      // the system's own zone: asked of libc
}

type fixedZone struct {
	name   string
	offset int
}

var (
	utcLocation   = Location{name: "UTC"}
	localLocation = Location{name: "Local", system: true}

	// UTC is Universal Coordinated Time.
	UTC *Location = &utcLocation

	// Local is the zone of the system (TZ or /etc/localtime).
	Local *Location = &localLocation
)

// localzone looks up the offset of the system's zone at a time (Unix seconds) and stores the zone's name, of which it returns the
// length, plus localDST in daylight saving time.
//
//gotk:native localzone
func localzone(unix int64, name *byte, size int) (offset, n int)

const localDST = 1 << 16

// String is the location's name.
func (l *Location) String() string {
	if l == nil {
		return "UTC"
	}
	return l.name
}

// FixedZone returns a location that is always offset seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, fixed: &fixedZone{name, offset}}
}

// lookup returns the zone that is in use at a time (Unix seconds).
func (l *Location) lookup(unix int64) (name string, offset int, dst bool) {
	switch {
	case l == nil:
		return "UTC", 0, false
	case l.fixed != nil:
		return l.fixed.name, l.fixed.offset, false
	case l.zone != nil:
		return l.zone.lookup(unix)
	case l.system:
		var buf [32]byte
		offset, n := localzone(unix, &buf[0], len(buf))
		dst := n&localDST != 0
		n &^= localDST
		if n == 3 && string(buf[:3]) == "UTC" {
			return "UTC", offset, dst
		}
		return string(buf[:n]), offset, dst
	}
	return "UTC", 0, false
}

// offsetOf returns the offset of a zone of that name, preferably as it is in use when a clock there shows the time (seconds since
// 1970).
func (l *Location) offsetOf(name string, shown int64) (offset int, ok bool) {
	switch {
	case l == nil:
		return 0, false
	case l.zone != nil:
		return l.zone.offsetOf(name, shown)
	case l.fixed != nil:
		return l.fixed.offset, name == l.fixed.name
	case !l.system:
		return 0, name == l.name
	}
	// libc does not list the zones: look at this time, then through the year before.
	const quarter = 91 * 86400
	for i := int64(0); i <= 4; i++ {
		_, guess, _ := l.lookup(shown - i*quarter)
		if n, offset, _ := l.lookup(shown - i*quarter - int64(guess)); n == name {
			return offset, true
		}
	}
	return 0, false
}
