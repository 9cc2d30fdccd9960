// SPDX-License-Identifier: BSD-3-Clause

package net

import "strconv"

// Lengths of addresses in bytes.
const (
	IPv4len = 4
	IPv6len = 16
)

// IP is an address of 4 or 16 bytes; 16 bytes may hold an IPv4 address.
type IP []byte

// IPMask marks the bits of an address that name the network.
type IPMask []byte

// IPNet is a network: an address and its mask.
type IPNet struct {
	IP   IP
	Mask IPMask
}

// v4Prefix is what an IPv4 address in 16 bytes begins with.
var v4Prefix = []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}

// IPv4 makes an address, in 16 bytes.
func IPv4(a, b, c, d byte) IP {
	p := make(IP, IPv6len)
	copy(p, v4Prefix)
	p[12], p[13], p[14], p[15] = a, b, c, d
	return p
}

// IPv4Mask makes a mask of 4 bytes.
func IPv4Mask(a, b, c, d byte) IPMask { return IPMask{a, b, c, d} }

// CIDRMask makes a mask of so many ones in bits bits, which are 32 or 128; nil if that can't be.
func CIDRMask(ones, bits int) IPMask {
	if bits != 8*IPv4len && bits != 8*IPv6len || ones < 0 || ones > bits {
		return nil
	}
	m := make(IPMask, bits/8)
	for i := range m {
		if ones >= 8 {
			m[i] = 0xff
			ones -= 8
			continue
		}
		m[i] = ^byte(0xff >> uint(ones))
		ones = 0
	}
	return m
}

// Well-known addresses.
var (
	IPv4bcast                  = IPv4(255, 255, 255, 255)
	IPv4allsys                 = IPv4(224, 0, 0, 1)
	IPv4allrouter              = IPv4(224, 0, 0, 2)
	IPv4zero                   = IPv4(0, 0, 0, 0)
	IPv6zero                   = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	IPv6unspecified            = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	IPv6loopback               = IP{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	IPv6interfacelocalallnodes = IP{0xff, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	IPv6linklocalallnodes      = IP{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	IPv6linklocalallrouters    = IP{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}
)

// To4 returns an IPv4 address in 4 bytes, nil if it is none.
func (ip IP) To4() IP {
	if len(ip) == IPv4len {
		return ip
	}
	if len(ip) != IPv6len {
		return nil
	}
	for i, c := range v4Prefix {
		if ip[i] != c {
			return nil
		}
	}
	return ip[12:16]
}

// To16 returns the address in 16 bytes, nil if it is none.
func (ip IP) To16() IP {
	switch len(ip) {
	case IPv4len:
		return IPv4(ip[0], ip[1], ip[2], ip[3])
	case IPv6len:
		return ip
	}
	return nil
}

// Equal reports whether they are the same address; an IPv4 address may be in either form.
func (ip IP) Equal(x IP) bool {
	if len(ip) == len(x) {
		return string(ip) == string(x)
	}
	a, b := ip.To4(), x.To4()
	return a != nil && b != nil && string(a) == string(b)
}

// IsUnspecified reports whether it is 0.0.0.0 or ::.
func (ip IP) IsUnspecified() bool { return ip.Equal(IPv4zero) || ip.Equal(IPv6unspecified) }

// IsLoopback reports whether it is an address of the machine for itself.
func (ip IP) IsLoopback() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0] == 127
	}
	return ip.Equal(IPv6loopback)
}

// IsPrivate reports whether it is of a network for private use (RFC 1918, RFC 4193).
func (ip IP) IsPrivate() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0] == 10 || ip4[0] == 172 && ip4[1]&0xf0 == 16 || ip4[0] == 192 && ip4[1] == 168
	}
	return len(ip) == IPv6len && ip[0]&0xfe == 0xfc
}

// IsMulticast reports whether it names a group.
func (ip IP) IsMulticast() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0]&0xf0 == 0xe0
	}
	return len(ip) == IPv6len && ip[0] == 0xff
}

// IsInterfaceLocalMulticast reports whether it names a group within the machine.
func (ip IP) IsInterfaceLocalMulticast() bool {
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 1
}

// IsLinkLocalMulticast reports whether it names a group on the link.
func (ip IP) IsLinkLocalMulticast() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0] == 224 && ip4[1] == 0 && ip4[2] == 0
	}
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 2
}

// IsLinkLocalUnicast reports whether it is an address on the link only.
func (ip IP) IsLinkLocalUnicast() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0] == 169 && ip4[1] == 254
	}
	return len(ip) == IPv6len && ip[0] == 0xfe && ip[1]&0xc0 == 0x80
}

// IsGlobalUnicast reports whether it is an address of one machine beyond its link, private networks included.
func (ip IP) IsGlobalUnicast() bool {
	return (len(ip) == IPv4len || len(ip) == IPv6len) && !ip.Equal(IPv4bcast) && !ip.IsUnspecified() && !ip.IsLoopback() &&
		!ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// DefaultMask returns the mask of an IPv4 address's class, nil for other addresses.
func (ip IP) DefaultMask() IPMask {
	ip4 := ip.To4()
	switch {
	case ip4 == nil:
		return nil
	case ip4[0] < 0x80:
		return CIDRMask(8, 32)
	case ip4[0] < 0xc0:
		return CIDRMask(16, 32)
	}
	return CIDRMask(24, 32)
}

// Mask returns the network's part of the address, nil if they don't fit.
func (ip IP) Mask(mask IPMask) IP {
	if len(mask) == IPv6len && len(ip) == IPv4len {
		for _, c := range mask[:12] {
			if c != 0xff {
				return nil
			}
		}
		mask = mask[12:]
	}
	if len(mask) == IPv4len && len(ip) == IPv6len {
		if ip = ip.To4(); ip == nil {
			return nil
		}
	}
	if len(ip) != len(mask) {
		return nil
	}
	out := make(IP, len(ip))
	for i := range out {
		out[i] = ip[i] & mask[i]
	}
	return out
}

// String returns the address's text, "<nil>" for none.
func (ip IP) String() string {
	if len(ip) == 0 {
		return "<nil>"
	}
	if len(ip) != IPv4len && len(ip) != IPv6len {
		return "?" + hexText(ip)
	}
	if ip4 := ip.To4(); ip4 != nil {
		return itoa(int(ip4[0])) + "." + itoa(int(ip4[1])) + "." + itoa(int(ip4[2])) + "." + itoa(int(ip4[3]))
	}
	// The longest run of zeros, two groups at least, is left out (RFC 5952).
	from, to := -1, -1
	for i := 0; i < IPv6len; i += 2 {
		j := i
		for j < IPv6len && ip[j] == 0 && ip[j+1] == 0 {
			j += 2
		}
		if j > i+2 && j-i > to-from {
			from, to = i, j
		}
		if j > i {
			i = j
		}
	}
	var b []byte
	for i := 0; i < IPv6len; i += 2 {
		if i == from {
			b = append(b, "::"...)
			i = to
			if i >= IPv6len {
				break
			}
		} else if i > 0 {
			b = append(b, ':')
		}
		b = strconv.AppendUint(b, uint64(ip[i])<<8|uint64(ip[i+1]), 16)
	}
	return string(b)
}

const hexDigits = "0123456789abcdef"

func hexText(b []byte) string {
	var out []byte
	for _, c := range b {
		out = append(out, hexDigits[c>>4], hexDigits[c&15])
	}
	return string(out)
}

func itoa(n int) string { return strconv.Itoa(n) }

// MarshalText returns the address's text, "" for none.
func (ip IP) MarshalText() ([]byte, error) { return ip.AppendText(nil) }

// AppendText appends the address's text.
func (ip IP) AppendText(b []byte) ([]byte, error) {
	if len(ip) == 0 {
		return b, nil
	}
	if len(ip) != IPv4len && len(ip) != IPv6len {
		return b, &AddrError{Err: "invalid IP address", Addr: hexText(ip)}
	}
	return append(b, ip.String()...), nil
}

// UnmarshalText sets the address to what the text says.
func (ip *IP) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = nil
		return nil
	}
	x := ParseIP(string(text))
	if x == nil {
		return &ParseError{Type: "IP address", Text: string(text)}
	}
	*ip = x
	return nil
}

// Size returns the number of leading ones and of bits; 0, 0 if ones follow zeros.
func (m IPMask) Size() (ones, bits int) {
	zero := false
	for _, c := range m {
		for bit := byte(0x80); bit != 0; bit >>= 1 {
			switch {
			case c&bit == 0:
				zero = true
			case zero:
				return 0, 0
			default:
				ones++
			}
		}
	}
	return ones, 8 * len(m)
}

// String returns the mask in hexadecimal digits.
func (m IPMask) String() string {
	if len(m) == 0 {
		return "<nil>"
	}
	return hexText(m)
}

// Contains reports whether the address belongs to the network.
func (n *IPNet) Contains(ip IP) bool {
	net, mask := n.IP, n.Mask
	if v4 := net.To4(); v4 != nil {
		net = v4
		if len(mask) == IPv6len {
			mask = mask[12:]
		}
	}
	if v4 := ip.To4(); v4 != nil {
		ip = v4
	}
	if len(ip) != len(net) || len(mask) != len(net) {
		return false
	}
	for i := range ip {
		if net[i]&mask[i] != ip[i]&mask[i] {
			return false
		}
	}
	return true
}

// Network returns "ip+net".
func (n *IPNet) Network() string { return "ip+net" }

// String returns the network as "192.0.2.0/24"; with a mask that is no prefix as "192.0.2.0/ff00ff00".
func (n *IPNet) String() string {
	if n == nil {
		return "<nil>"
	}
	ip, mask := n.IP, n.Mask
	if v4 := ip.To4(); v4 != nil {
		ip = v4
		if len(mask) == IPv6len {
			mask = mask[12:]
		}
	} else if len(ip) != IPv6len {
		return "<nil>"
	}
	if len(mask) != len(ip) {
		return "<nil>"
	}
	ones, bits := mask.Size()
	if ones == 0 && bits == 0 {
		return ip.String() + "/" + mask.String()
	}
	return ip.String() + "/" + itoa(ones)
}

// ParseIP reads an address like 192.0.2.1, 2001:db8::68 or ::ffff:192.0.2.1; nil if it is none.
func ParseIP(s string) IP {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '.':
			return parseIPv4(s)
		case ':':
			return parseIPv6(s)
		}
	}
	return nil
}

func parseIPv4(s string) IP {
	var p [4]byte
	for i := range p {
		if i > 0 {
			if len(s) == 0 || s[0] != '.' {
				return nil
			}
			s = s[1:]
		}
		n, digits := 0, 0
		for digits < len(s) && digits < 4 && '0' <= s[digits] && s[digits] <= '9' {
			n = 10*n + int(s[digits]-'0')
			digits++
		}
		if digits == 0 || n > 255 || digits > 1 && s[0] == '0' {
			return nil
		}
		p[i] = byte(n)
		s = s[digits:]
	}
	if s != "" {
		return nil
	}
	return IPv4(p[0], p[1], p[2], p[3])
}

func parseIPv6(s string) IP {
	ip := make(IP, IPv6len)
	gap := -1 // where :: was
	i := 0
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		gap = 0
		s = s[2:]
		if s == "" {
			return ip
		}
	}
	for i < IPv6len {
		n, digits := 0, 0
		for digits < len(s) && digits < 5 {
			c := s[digits]
			switch {
			case '0' <= c && c <= '9':
				n = n<<4 | int(c-'0')
			case 'a' <= c|0x20 && c|0x20 <= 'f':
				n = n<<4 | int(c|0x20-'a'+10)
			default:
				c = 0
			}
			if c == 0 {
				break
			}
			digits++
		}
		if digits == 0 || digits > 4 {
			return nil
		}
		if digits < len(s) && s[digits] == '.' { // ends in an IPv4 address
			if gap < 0 && i != IPv6len-IPv4len || i+IPv4len > IPv6len {
				return nil
			}
			v4 := parseIPv4(s)
			if v4 == nil {
				return nil
			}
			copy(ip[i:], v4[12:])
			i += IPv4len
			s = ""
			break
		}
		ip[i], ip[i+1] = byte(n>>8), byte(n)
		i += 2
		s = s[digits:]
		if s == "" {
			break
		}
		if s[0] != ':' || len(s) == 1 {
			return nil
		}
		s = s[1:]
		if s[0] == ':' {
			if gap >= 0 {
				return nil
			}
			gap = i
			s = s[1:]
			if s == "" {
				break
			}
		}
	}
	if s != "" {
		return nil
	}
	if i < IPv6len {
		if gap < 0 {
			return nil
		}
		move := IPv6len - i
		for j := i - 1; j >= gap; j-- {
			ip[j+move] = ip[j]
		}
		for j := gap; j < gap+move; j++ {
			ip[j] = 0
		}
	} else if gap >= 0 {
		return nil // :: must stand for something
	}
	return ip
}

// ParseCIDR reads a network like 192.0.2.0/24: the address as it stands, and the network.
func ParseCIDR(s string) (IP, *IPNet, error) {
	wrong := &ParseError{Type: "CIDR address", Text: s}
	slash := -1
	for i := 0; i < len(s); i++ {
		if s[i] == '/' {
			slash = i
			break
		}
	}
	if slash < 0 {
		return nil, nil, wrong
	}
	ip := ParseIP(s[:slash])
	if ip == nil {
		return nil, nil, wrong
	}
	bits, width := ip, 8*IPv6len
	v4 := true
	for i := 0; i < slash; i++ {
		if s[i] == ':' {
			v4 = false
		}
	}
	if v4 {
		bits, width = ip.To4(), 8*IPv4len
	}
	n, digits := 0, s[slash+1:]
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' || i > 3 {
			return nil, nil, wrong
		}
		n = 10*n + int(digits[i]-'0')
	}
	if digits == "" || n > width {
		return nil, nil, wrong
	}
	mask := CIDRMask(n, width)
	return ip, &IPNet{IP: bits.Mask(mask), Mask: mask}, nil
}
