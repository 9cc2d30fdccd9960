// SPDX-License-Identifier: BSD-3-Clause

package os

import (
	"sync"
	"syscall"
)

// The environment: copied at the first use, because libc's own is not safe to read while it is changed.

var env struct {
	sync.RWMutex
	loaded bool
	list   []string       // "key=value"; removed ones are ""
	index  map[string]int // of key
}

func keyOf(entry string) (key string, ok bool) {
	for i := 1; i < len(entry); i++ { // a key is not empty, but may begin with =
		if entry[i] == '=' {
			return entry[:i], true
		}
	}
	return "", false
}

// readEnv takes the lock for reading, with the environment loaded.
func readEnv() {
	env.RLock()
	if env.loaded {
		return
	}
	env.RUnlock()
	env.Lock()
	loadEnv()
	env.Unlock()
	env.RLock()
}

func loadEnv() {
	if env.loaded {
		return
	}
	env.loaded = true
	env.index = make(map[string]int)
	env.list = copyStrings(nativeEnviron())
	for i, entry := range env.list {
		key, ok := keyOf(entry)
		if !ok {
			continue
		}
		if _, twice := env.index[key]; twice {
			env.list[i] = ""
			continue
		}
		env.index[key] = i
	}
}

// LookupEnv returns the variable's value, and whether it is set.
func LookupEnv(key string) (string, bool) {
	if key == "" {
		return "", false
	}
	readEnv()
	defer env.RUnlock()
	i, ok := env.index[key]
	if !ok {
		return "", false
	}
	return env.list[i][len(key)+1:], true
}

// Getenv returns the variable's value, "" if it is not set.
func Getenv(key string) string {
	v, _ := LookupEnv(key)
	return v
}

// Setenv sets a variable.
func Setenv(key, value string) error {
	if key == "" {
		return NewSyscallError("setenv", syscall.EINVAL)
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return NewSyscallError("setenv", syscall.EINVAL)
		}
	}
	k, _ := cstring(key)
	v, err := cstring(value)
	if err != nil {
		return NewSyscallError("setenv", syscall.EINVAL)
	}
	env.Lock()
	defer env.Unlock()
	loadEnv()
	entry := key + "=" + value
	if i, ok := env.index[key]; ok {
		env.list[i] = entry
	} else {
		env.index[key] = len(env.list)
		env.list = append(env.list, entry)
	}
	nativeSetenv(k, len(key), v, len(value))
	return nil
}

// Unsetenv removes a variable.
func Unsetenv(key string) error {
	env.Lock()
	defer env.Unlock()
	loadEnv()
	if i, ok := env.index[key]; ok {
		env.list[i] = ""
		delete(env.index, key)
		k, _ := cstring(key)
		nativeSetenv(k, len(key), nil, 0)
	}
	return nil
}

// Clearenv removes all variables.
func Clearenv() {
	for _, entry := range Environ() {
		if key, ok := keyOf(entry); ok {
			Unsetenv(key)
		}
	}
}

// Environ returns all variables as "key=value".
func Environ() []string {
	readEnv()
	defer env.RUnlock()
	list := make([]string, 0, len(env.list))
	for _, entry := range env.list {
		if entry != "" {
			list = append(list, entry)
		}
	}
	return list
}

// ExpandEnv replaces ${name} and $name by the variables' values.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// Expand replaces ${name} and $name by what mapping returns for the name.
func Expand(s string, mapping func(string) string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 == len(s) {
			out = append(out, s[i])
			continue
		}
		name, n := shellName(s[i+1:])
		switch {
		case name != "":
			out = append(out, mapping(name)...)
		case n == 0:
			out = append(out, '$') // not a name: it stands for itself
		}
		i += n
	}
	return string(out)
}

func isSpecial(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return true
	}
	return false
}

func isAlnum(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// shellName returns the name that s begins with, and how many bytes it takes with its braces. Bad syntax is taken, and stands
// for nothing.
func shellName(s string) (string, int) {
	if s[0] == '{' {
		if len(s) > 2 && isSpecial(s[1]) && s[2] == '}' {
			return s[1:2], 3
		}
		for i := 1; i < len(s); i++ {
			if s[i] == '}' {
				if i == 1 {
					return "", 2
				}
				return s[1:i], i + 1
			}
		}
		return "", 1
	}
	if isSpecial(s[0]) {
		return s[:1], 1
	}
	i := 0
	for i < len(s) && isAlnum(s[i]) {
		i++
	}
	return s[:i], i
}
