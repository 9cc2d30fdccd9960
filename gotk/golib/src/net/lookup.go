// SPDX-License-Identifier: BSD-3-Clause

package net

import (
	"context"
	"os"
	"strings"
)

// Looking names up: in /etc/hosts, never on the network.

const notFound = "not in /etc/hosts, and gotk asks no name servers (--runtime go does)"

// hosts calls f for each name of each line of the system's table, until it returns false.
func hosts(f func(ip IP, name string) bool) {
	table, err := os.ReadFile("/etc/hosts")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(table)) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		literal, _ := splitZone(words[0])
		ip := ParseIP(literal)
		if ip == nil {
			continue
		}
		for _, name := range words[1:] {
			if !f(ip, name) {
				return
			}
		}
	}
}

func lookupIP(ctx context.Context, host string) ([]IP, error) {
	if err := ctx.Err(); err != nil {
		return nil, dialError(err)
	}
	if ip := ParseIP(host); ip != nil {
		return []IP{ip}, nil
	}
	if host == "" {
		return nil, &DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	var list []IP
	wanted := strings.TrimSuffix(host, ".")
	hosts(func(ip IP, name string) bool {
		if strings.EqualFold(strings.TrimSuffix(name, "."), wanted) {
			for _, other := range list {
				if other.Equal(ip) {
					return true
				}
			}
			list = append(list, ip)
		}
		return true
	})
	if len(list) == 0 && strings.EqualFold(wanted, "localhost") {
		list = []IP{IPv4(127, 0, 0, 1), IPv6loopback}
	}
	if len(list) == 0 {
		return nil, &DNSError{Err: notFound, Name: host, IsNotFound: true}
	}
	return list, nil
}

// LookupHost returns the addresses of a host.
func LookupHost(host string) (addrs []string, err error) {
	return DefaultResolver.LookupHost(context.Background(), host)
}

// LookupIP returns the addresses of a host.
func LookupIP(host string) ([]IP, error) { return lookupIP(context.Background(), host) }

// LookupAddr returns the names of an address.
func LookupAddr(addr string) (names []string, err error) {
	wanted := ParseIP(addr)
	if wanted == nil {
		return nil, &DNSError{Err: "unrecognized address", Name: addr}
	}
	hosts(func(ip IP, name string) bool {
		if ip.Equal(wanted) {
			names = append(names, name)
		}
		return true
	})
	if len(names) == 0 {
		return nil, &DNSError{Err: notFound, Name: addr, IsNotFound: true}
	}
	return names, nil
}

// Resolver looks names up.
type Resolver struct {
	PreferGo     bool
	StrictErrors bool
	Dial         func(ctx context.Context, network, address string) (Conn, error)
}

// DefaultResolver is the resolver of this package's functions.
var DefaultResolver = &Resolver{}

// LookupHost returns the addresses of a host.
func (r *Resolver) LookupHost(ctx context.Context, host string) (addrs []string, err error) {
	ips, err := lookupIP(ctx, host)
	for _, ip := range ips {
		addrs = append(addrs, ip.String())
	}
	return addrs, err
}

// LookupIPAddr returns the addresses of a host.
func (r *Resolver) LookupIPAddr(ctx context.Context, host string) (addrs []IPAddr, err error) {
	ips, err := lookupIP(ctx, host)
	for _, ip := range ips {
		addrs = append(addrs, IPAddr{IP: ip})
	}
	return addrs, err
}

// LookupPort returns the number of a service.
func (r *Resolver) LookupPort(ctx context.Context, network, service string) (port int, err error) {
	return LookupPort(network, service)
}

// services are names that programs use; the system's table may have more.
var services = map[string]int{
	"ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "http": 80, "pop3": 110, "ntp": 123, "imap2": 143, "imap3": 220, "https": 443,
	"imaps": 993, "pop3s": 995,
}

// LookupPort returns the port of a service, which may be given by its number.
func LookupPort(network, service string) (port int, err error) {
	if !isNetwork(network, "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "ip", "") {
		return 0, &AddrError{Err: "unknown network", Addr: network}
	}
	digits, sign := service, 1
	if digits != "" && (digits[0] == '+' || digits[0] == '-') {
		if digits[0] == '-' {
			sign = -1
		}
		digits = digits[1:]
	}
	number := true
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			number = false
			break
		}
		port = min(10*port+int(digits[i]-'0'), 1<<20)
	}
	if !number {
		var ok bool
		if port, ok = services[strings.ToLower(service)]; !ok {
			return 0, &DNSError{Err: "unknown port", Name: network + "/" + service, IsNotFound: true}
		}
	}
	if port *= sign; port < 0 || port > 65535 {
		return 0, &AddrError{Err: "invalid port", Addr: service}
	}
	return port, nil
}
