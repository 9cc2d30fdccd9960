// SPDX-License-Identifier: BSD-3-Clause

// Times as bytes: a version, seconds since year 1, nanoseconds, and the zone's offset in minutes, -1 for UTC. Version 2 has the offset's seconds
// behind that.
package time

const (
	versionMinutes = 1
	versionSeconds = 2
)

func (t Time) appendBinary(b []byte, op string) ([]byte, error) {
	version, minutes, seconds := byte(versionMinutes), int16(-1), int8(0)
	if t.Location() != UTC {
		_, offset := t.Zone()
		if offset%60 != 0 {
			version = versionSeconds
			seconds = int8(offset % 60)
		}
		offset /= 60
		if offset < -32768 || offset == -1 || offset > 32767 {
			return b, marshalError(op + ": unexpected zone offset")
		}
		minutes = int16(offset)
	}
	s, n := t.sec, uint32(t.nsec)
	b = append(b, version, byte(s>>56), byte(s>>48), byte(s>>40), byte(s>>32), byte(s>>24), byte(s>>16), byte(s>>8), byte(s),
		byte(n>>24), byte(n>>16), byte(n>>8), byte(n), byte(minutes>>8), byte(minutes))
	if version == versionSeconds {
		b = append(b, byte(seconds))
	}
	return b, nil
}

// AppendBinary appends MarshalBinary.
func (t Time) AppendBinary(b []byte) ([]byte, error) { return t.appendBinary(b, "Time.AppendBinary") }

// MarshalBinary returns t, with its zone's offset but not its name, as bytes.
func (t Time) MarshalBinary() ([]byte, error) { return t.appendBinary(nil, "Time.MarshalBinary") }

// GobEncode is MarshalBinary.
func (t Time) GobEncode() ([]byte, error) { return t.MarshalBinary() }

// GobDecode is UnmarshalBinary.
func (t *Time) GobDecode(data []byte) error { return t.UnmarshalBinary(data) }

// UnmarshalBinary sets t to the time of these bytes.
func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return marshalError("Time.UnmarshalBinary: no data")
	}
	want := 15
	switch data[0] {
	case versionMinutes:
	case versionSeconds:
		want = 16
	default:
		return marshalError("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != want {
		return marshalError("Time.UnmarshalBinary: invalid length")
	}
	var sec int64
	for _, c := range data[1:9] {
		sec = sec<<8 | int64(c)
	}
	nsec := int64(data[9])<<24 | int64(data[10])<<16 | int64(data[11])<<8 | int64(data[12])
	offset := int(int16(data[13])<<8|int16(data[14])) * 60
	if want == 16 {
		offset += int(int8(data[15]))
	}
	*t = Unix(sec-unixToYear1, nsec)
	switch {
	case offset == -60:
		*t = t.UTC()
	default:
		if _, local := t.Local().Zone(); local == offset {
			*t = t.Local()
		} else {
			*t = t.In(FixedZone("", offset))
		}
	}
	return nil
}
