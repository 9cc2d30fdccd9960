// SPDX-License-Identifier: BSD-3-Clause

// Strings: a Builder, concatenation, conversion from and to bytes and numbers, cutting and joining. ns in all.
package main

import (
	"strconv"
	"strings"
	"time"

	"gotk"
)

var lines, rounds = 20_000, 10

func main() {
	start := time.Now()
	total := 0
	for round := range rounds {
		var b strings.Builder
		for i := range lines {
			b.WriteString("line ")
			b.WriteString(strconv.Itoa(i ^ round))
			b.WriteByte(':')
			for j := range 10 {
				b.WriteByte(byte('a' + (i+j)%26))
			}
			b.WriteRune('é')
			b.WriteByte('\n')
		}
		text := b.String()
		for line := range strings.SplitSeq(text, "\n") {
			head, tail, found := strings.Cut(line, ":")
			if !found {
				continue
			}
			n, err := strconv.Atoi(head[5:])
			if err != nil {
				panic(err)
			}
			total += n & 3
			joined := tail + "-" + head
			buf := []byte(joined)
			for i, j := 0, len(buf)-1; i < j; i, j = i+1, j-1 {
				buf[i], buf[j] = buf[j], buf[i]
			}
			if string(buf) > joined {
				total++
			}
			for _, r := range tail {
				if r > 127 {
					total++
				}
			}
		}
	}
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(total))
}
