// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"strconv"
)

// TCPAddr is the address of a TCP end.
type TCPAddr struct {
	IP   IP
	Port int
	Zone string // of an IPv6 address on a link
}

// UDPAddr is the address of a UDP end.
type UDPAddr struct {
	IP   IP
	Port int
	Zone string
}

// IPAddr is the address of a machine.
type IPAddr struct {
	IP   IP
	Zone string
}

// UnixAddr is the address of a Unix socket: a path, or a name that begins with @.
type UnixAddr struct {
	Name string
	Net  string // "unix", "unixgram" or "unixpacket"
}

// Network returns "tcp".
func (a *TCPAddr) Network() string { return "tcp" }

// Network returns "udp".
func (a *UDPAddr) Network() string { return "udp" }

// Network returns "ip".
func (a *IPAddr) Network() string { return "ip" }

// Network returns the kind of Unix socket.
func (a *UnixAddr) Network() string { return a.Net }

func hostText(ip IP, zone string) string {
	s := ""
	if len(ip) > 0 {
		s = ip.String()
	}
	if zone != "" {
		s += "%" + zone
	}
	return s
}

func (a *TCPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(hostText(a.IP, a.Zone), itoa(a.Port))
}

func (a *UDPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(hostText(a.IP, a.Zone), itoa(a.Port))
}

func (a *IPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return hostText(a.IP, a.Zone)
}

func (a *UnixAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return a.Name
}

// JoinHostPort makes "host:port", or "[host]:port" if the host has a colon.
func JoinHostPort(host, port string) string {
	for i := 0; i < len(host); i++ {
		if host[i] == ':' {
			return "[" + host + "]:" + port
		}
	}
	return host + ":" + port
}

// SplitHostPort takes "host:port" or "[host]:port" apart.
func SplitHostPort(hostport string) (host, port string, err error) {
	wrong := func(why string) (string, string, error) {
		return "", "", &AddrError{Err: why, Addr: hostport}
	}
	last := -1
	colons := 0
	for i := 0; i < len(hostport); i++ {
		if hostport[i] == ':' {
			last = i
			colons++
		}
	}
	if last < 0 {
		return wrong("missing port in address")
	}
	rest := 0 // no brackets from here on
	before := 0
	if hostport[0] == '[' {
		end := -1
		for i := 0; i < len(hostport) && end < 0; i++ {
			if hostport[i] == ']' {
				end = i
			}
		}
		switch {
		case end < 0:
			return wrong("missing ']' in address")
		case end+1 == len(hostport):
			return wrong("missing port in address")
		case end+1 != last:
			if hostport[end+1] == ':' {
				return wrong("too many colons in address")
			}
			return wrong("missing port in address")
		}
		host = hostport[1:end]
		before, rest = 1, end+1
	} else {
		if colons > 1 {
			return wrong("too many colons in address")
		}
		host = hostport[:last]
	}
	for i := before; i < len(hostport); i++ {
		if hostport[i] == '[' {
			return wrong("unexpected '[' in address")
		}
	}
	for i := rest; i < len(hostport); i++ {
		if hostport[i] == ']' {
			return wrong("unexpected ']' in address")
		}
	}
	return host, hostport[last+1:], nil
}

// splitZone takes "fe80::1%eth0" apart.
func splitZone(s string) (host, zone string) {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == '%' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// zoneIndex is the number of a zone that is given as one; gotk asks for no interfaces by name.
func zoneIndex(zone string) int {
	n, _ := strconv.Atoi(zone)
	return n
}

// endpoint is an address and a port that a text names.
type endpoint struct {
	ip   IP
	zone string
	port int
}

// resolveEndpoints returns what address ("host:port") may mean, for tcp or udp with a 4 or 6 that asks for one family. An empty host is
// an endpoint without an address.
func resolveEndpoints(ctx context.Context, network, address string) ([]endpoint, error) {
	base, family := network[:3], network[3:]
	host, service, err := SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := LookupPort(base, service)
	if err != nil {
		return nil, err
	}
	if host == "" {
		return []endpoint{{port: port}}, nil
	}
	literal, zone := splitZone(host)
	ip := ParseIP(literal)
	var ips []IP
	if ip != nil && (zone == "" || ip.To4() == nil) {
		ips = []IP{ip}
	} else if ips, err = lookupIP(ctx, host); err != nil {
		return nil, err
	}
	var list []endpoint
	for _, ip := range ips {
		if v4 := ip.To4() != nil; family == "4" && !v4 || family == "6" && v4 {
			continue
		}
		list = append(list, endpoint{ip, zone, port})
	}
	if len(list) == 0 {
		return nil, &AddrError{Err: errNoSuitable.Error(), Addr: host}
	}
	return list, nil
}

// preferred is the endpoint for those who want one: the first of IPv4.
func preferred(list []endpoint) endpoint {
	for _, e := range list {
		if e.ip.To4() != nil {
			return e
		}
	}
	return list[0]
}

func isNetwork(network string, names ...string) bool {
	for _, name := range names {
		if network == name {
			return true
		}
	}
	return false
}

// ResolveTCPAddr returns the address that a text like "127.0.0.1:80" or "localhost:http" names.
func ResolveTCPAddr(network, address string) (*TCPAddr, error) {
	if network == "" {
		network = "tcp"
	}
	if !isNetwork(network, "tcp", "tcp4", "tcp6") {
		return nil, UnknownNetworkError(network)
	}
	list, err := resolveEndpoints(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	e := preferred(list)
	return &TCPAddr{IP: e.ip, Port: e.port, Zone: e.zone}, nil
}

// ResolveUDPAddr is ResolveTCPAddr for UDP.
func ResolveUDPAddr(network, address string) (*UDPAddr, error) {
	if network == "" {
		network = "udp"
	}
	if !isNetwork(network, "udp", "udp4", "udp6") {
		return nil, UnknownNetworkError(network)
	}
	list, err := resolveEndpoints(context.Background(), network, address)
	if err != nil {
		return nil, err
	}
	e := preferred(list)
	return &UDPAddr{IP: e.ip, Port: e.port, Zone: e.zone}, nil
}

// ResolveIPAddr returns the address that a host name or a text like "127.0.0.1" names.
func ResolveIPAddr(network, address string) (*IPAddr, error) {
	if network == "" {
		network = "ip"
	}
	if !isNetwork(network, "ip", "ip4", "ip6") {
		return nil, UnknownNetworkError(network)
	}
	literal, zone := splitZone(address)
	ips := []IP{ParseIP(literal)}
	if ips[0] == nil {
		var err error
		if ips, err = lookupIP(context.Background(), address); err != nil {
			return nil, err
		}
		zone = ""
	}
	for _, v4first := range []bool{true, false} {
		for _, ip := range ips {
			v4 := ip.To4() != nil
			if v4 == v4first && !(network == "ip4" && !v4) && !(network == "ip6" && v4) {
				return &IPAddr{IP: ip, Zone: zone}, nil
			}
		}
	}
	return nil, &AddrError{Err: errNoSuitable.Error(), Addr: address}
}

// ResolveUnixAddr makes an address of a path.
func ResolveUnixAddr(network, address string) (*UnixAddr, error) {
	if !isNetwork(network, "unix", "unixgram", "unixpacket") {
		return nil, UnknownNetworkError(network)
	}
	return &UnixAddr{Name: address, Net: network}, nil
}
