// SPDX-License-Identifier: BSD-3-Clause

// Package path takes paths with slashes apart and puts them together; it knows nothing of files.
package path

import (
	"errors"
	"internal/bytealg"
	"unicode/utf8"
)

// ErrBadPattern says that Match's pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Clean returns the shortest path that names the same: without double slashes, . and inner .. elements.
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	out := make([]byte, 0, len(path))
	back := 0 // out[:back] is .. elements, or the root, which stay
	if rooted {
		out = append(out, '/')
		back = 1
	}
	for i := 0; i < len(path); {
		if path[i] == '/' {
			i++
			continue
		}
		end := i
		for end < len(path) && path[end] != '/' {
			end++
		}
		elem := path[i:end]
		i = end
		switch elem {
		case ".":
		case "..":
			switch {
			case len(out) > back: // take the last element off
				n := len(out) - 1
				for n > back && out[n] != '/' {
					n--
				}
				out = out[:n]
			case !rooted:
				if len(out) > 0 {
					out = append(out, '/')
				}
				out = append(out, ".."...)
				back = len(out)
			}
		default:
			if len(out) > 0 && out[len(out)-1] != '/' {
				out = append(out, '/')
			}
			out = append(out, elem...)
		}
	}
	if len(out) == 0 {
		return "."
	}
	if string(out) == path {
		return path
	}
	return string(out)
}

// Split cuts path behind its last slash.
func Split(path string) (dir, file string) {
	i := bytealg.LastIndexByteString(path, '/') + 1
	return path[:i], path[i:]
}

// Join puts slashes between the elements that are not empty, and cleans the result; "" if all are.
func Join(elem ...string) string {
	var out []byte
	for _, e := range elem {
		if e == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, '/')
		}
		out = append(out, e...)
	}
	if len(out) == 0 {
		return ""
	}
	return Clean(string(out))
}

// Ext returns what follows the last dot of the last element, the dot included.
func Ext(path string) string {
	for i := len(path) - 1; i >= 0 && path[i] != '/'; i-- {
		if path[i] == '.' {
			return path[i:]
		}
	}
	return ""
}

// Base returns the last element.
func Base(path string) string {
	if path == "" {
		return "."
	}
	end := len(path)
	for end > 0 && path[end-1] == '/' {
		end--
	}
	if end == 0 {
		return "/"
	}
	_, file := Split(path[:end])
	return file
}

// IsAbs reports whether path begins with a slash.
func IsAbs(path string) bool { return path != "" && path[0] == '/' }

// Dir returns all but the last element, cleaned.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}

// Match reports whether the pattern matches all of name: * is any text without a slash, ? any character but a slash, [a-z] and [^a-z] one of a
// set, and \ takes the next character as it is.
func Match(pattern, name string) (matched bool, err error) {
	for pattern != "" {
		star := false
		for pattern != "" && pattern[0] == '*' {
			pattern = pattern[1:]
			star = true
		}
		chunk, rest := cutChunk(pattern)
		if star && chunk == "" { // what is left may be anything without a slash
			return bytealg.IndexByteString(name, '/') < 0, nil
		}
		after, ok, err := matchChunk(chunk, name)
		if ok && (after == "" || rest != "") {
			name, pattern = after, rest
			continue
		}
		if err != nil {
			return false, err
		}
		if star {
			found := false
			for i := 0; i < len(name) && name[i] != '/'; i++ {
				after, ok, err := matchChunk(chunk, name[i+1:])
				if ok && (rest != "" || after == "") {
					name, pattern = after, rest
					found = true
					break
				}
				if err != nil {
					return false, err
				}
			}
			if found {
				continue
			}
		}
		// No. The rest of the pattern may be wrong nevertheless.
		for rest != "" {
			for rest != "" && rest[0] == '*' {
				rest = rest[1:]
			}
			chunk, rest = cutChunk(rest)
			if _, _, err := matchChunk(chunk, ""); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return name == "", nil
}

// cutChunk cuts the pattern before its first star.
func cutChunk(pattern string) (chunk, rest string) {
	inSet := false
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '[':
			inSet = true
		case ']':
			inSet = false
		case '*':
			if !inSet {
				return pattern[:i], pattern[i:]
			}
		}
	}
	return pattern, ""
}

// matchChunk matches a pattern without stars with the beginning of s. It goes on after a mismatch, to find errors.
func matchChunk(chunk, s string) (after string, ok bool, err error) {
	failed := false
	for chunk != "" {
		failed = failed || s == ""
		switch chunk[0] {
		case '[':
			var r rune
			if !failed {
				var n int
				r, n = utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			chunk = chunk[1:]
			negated := chunk != "" && chunk[0] == '^'
			if negated {
				chunk = chunk[1:]
			}
			in := false
			for ranges := 0; ; ranges++ {
				if chunk != "" && chunk[0] == ']' && ranges > 0 {
					chunk = chunk[1:]
					break
				}
				lo, rest, err := setChar(chunk)
				if err != nil {
					return "", false, err
				}
				hi := lo
				if rest[0] == '-' {
					if hi, rest, err = setChar(rest[1:]); err != nil {
						return "", false, err
					}
				}
				chunk = rest
				in = in || lo <= r && r <= hi
			}
			failed = failed || in == negated
		case '?':
			if !failed {
				failed = s[0] == '/'
				_, n := utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			chunk = chunk[1:]
		case '\\':
			chunk = chunk[1:]
			if chunk == "" {
				return "", false, ErrBadPattern
			}
			fallthrough
		default:
			if !failed {
				failed = chunk[0] != s[0]
				s = s[1:]
			}
			chunk = chunk[1:]
		}
	}
	if failed {
		return "", false, nil
	}
	return s, true, nil
}

// setChar returns the first character of a set's range.
func setChar(chunk string) (r rune, rest string, err error) {
	if chunk == "" || chunk[0] == '-' || chunk[0] == ']' {
		return 0, "", ErrBadPattern
	}
	if chunk[0] == '\\' {
		if chunk = chunk[1:]; chunk == "" {
			return 0, "", ErrBadPattern
		}
	}
	r, n := utf8.DecodeRuneInString(chunk)
	if r == utf8.RuneError && n == 1 || len(chunk) == n {
		return 0, "", ErrBadPattern
	}
	return r, chunk[n:], nil
}
