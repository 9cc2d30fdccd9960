// SPDX-License-Identifier: BSD-3-Clause

// Find in its sixteen forms: All? String? Submatch? Index?
package regexp

import "io"

// all calls deliver for the matches that do not overlap, at most n if n >= 0. An empty match right after a match does not count.
func (re *Regexp) all(s string, n, captures int, deliver func(match []int)) {
	var buf [16]int
	for pos, count, lastEnd := 0, 0, -1; pos <= len(s) && (n < 0 || count < n); {
		match := re.execute(s, pos, captures, buf[:0])
		if match == nil {
			break
		}
		accept := true
		if match[1] == pos {
			accept = match[0] != lastEnd
			if _, size := at(s, pos); size > 0 {
				pos += size
			} else {
				pos = len(s) + 1
			}
		} else {
			pos = match[1]
		}
		lastEnd = match[1]
		if accept {
			deliver(match)
			count++
		}
	}
}

// FindStringIndex returns where the first match begins and ends, nil if there is none.
func (re *Regexp) FindStringIndex(s string) (m []int) { return re.execute(s, 0, 2, nil) }

// FindIndex returns where the first match begins and ends, nil if there is none.
func (re *Regexp) FindIndex(b []byte) (m []int) { return re.execute(view(b), 0, 2, nil) }

// FindReaderIndex returns where the first match in a text, which is read to its end, begins and ends.
func (re *Regexp) FindReaderIndex(r io.RuneReader) (m []int) {
	return re.execute(readAll(r), 0, 2, nil)
}

// FindString returns the first match, "" if there is none.
func (re *Regexp) FindString(s string) string {
	var buf [2]int
	m := re.execute(s, 0, 2, buf[:0])
	if m == nil {
		return ""
	}
	return s[m[0]:m[1]]
}

// Find returns the first match, nil if there is none.
func (re *Regexp) Find(b []byte) []byte {
	var buf [2]int
	m := re.execute(view(b), 0, 2, buf[:0])
	if m == nil {
		return nil
	}
	return b[m[0]:m[1]:m[1]]
}

// FindStringSubmatchIndex returns where the first match and its groups begin and end: -1 for groups that took no part.
func (re *Regexp) FindStringSubmatchIndex(s string) []int {
	return re.execute(s, 0, re.prog.captures, nil)
}

// FindSubmatchIndex returns where the first match and its groups begin and end.
func (re *Regexp) FindSubmatchIndex(b []byte) []int {
	return re.execute(view(b), 0, re.prog.captures, nil)
}

// FindReaderSubmatchIndex returns where the first match in a text, which is read to its end, and its groups begin and end.
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return re.execute(readAll(r), 0, re.prog.captures, nil)
}

// FindStringSubmatch returns the first match and its groups.
func (re *Regexp) FindStringSubmatch(s string) []string {
	return stringParts(s, re.FindStringSubmatchIndex(s))
}

// FindSubmatch returns the first match and its groups.
func (re *Regexp) FindSubmatch(b []byte) [][]byte { return byteParts(b, re.FindSubmatchIndex(b)) }

func stringParts(s string, m []int) []string {
	if m == nil {
		return nil
	}
	parts := make([]string, len(m)/2)
	for i := range parts {
		if m[2*i] >= 0 {
			parts[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return parts
}

func byteParts(b []byte, m []int) [][]byte {
	if m == nil {
		return nil
	}
	parts := make([][]byte, len(m)/2)
	for i := range parts {
		if m[2*i] >= 0 {
			parts[i] = b[m[2*i]:m[2*i+1]:m[2*i+1]]
		}
	}
	return parts
}

// FindAllStringIndex returns where the matches begin and end.
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	var out [][]int
	re.all(s, n, 2, func(m []int) { out = append(out, []int{m[0], m[1]}) })
	return out
}

// FindAllIndex returns where the matches begin and end.
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int { return re.FindAllStringIndex(view(b), n) }

// FindAllString returns the matches.
func (re *Regexp) FindAllString(s string, n int) []string {
	var out []string
	re.all(s, n, 2, func(m []int) { out = append(out, s[m[0]:m[1]]) })
	return out
}

// FindAll returns the matches.
func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	var out [][]byte
	re.all(view(b), n, 2, func(m []int) { out = append(out, b[m[0]:m[1]:m[1]]) })
	return out
}

// FindAllStringSubmatchIndex returns where the matches and their groups begin and end.
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	var out [][]int
	re.all(s, n, re.prog.captures, func(m []int) { out = append(out, append([]int(nil), m...)) })
	return out
}

// FindAllSubmatchIndex returns where the matches and their groups begin and end.
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return re.FindAllStringSubmatchIndex(view(b), n)
}

// FindAllStringSubmatch returns the matches and their groups.
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	var out [][]string
	re.all(s, n, re.prog.captures, func(m []int) { out = append(out, stringParts(s, m)) })
	return out
}

// FindAllSubmatch returns the matches and their groups.
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	var out [][][]byte
	re.all(view(b), n, re.prog.captures, func(m []int) { out = append(out, byteParts(b, m)) })
	return out
}
