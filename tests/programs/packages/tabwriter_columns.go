// SPDX-License-Identifier: BSD-3-Clause

// text/tabwriter: every combination of flags over texts made by a fixed generator, written in pieces.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"text/tabwriter"
)

type failing struct{ after int }

func (f *failing) Write(p []byte) (int, error) {
	if f.after--; f.after < 0 {
		return 0, errors.New("full")
	}
	return len(p), nil
}

func main() {
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "name\tcount\tshare")
	fmt.Fprintln(w, "ällo\t1\t0.5")
	fmt.Fprintln(w, "a longer name\t12345\t0.25")
	fmt.Fprintln(w)
	fmt.Fprintln(w, "x\ty\t")
	w.Flush()
	w.Init(os.Stdout, 5, 0, 1, '.', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprint(w, "a\tb\tc\naaaa\tbbbbbbb\tccc\nno tabs\nd\te\fend\t")
	w.Flush()
	fmt.Println()

	state := uint32(7)
	next := func(n int) int { state = state*1664525 + 1013904223; return int(state>>8) % n }
	pieces := []string{"a", "bb", "ccc", "\t", "\t", "\t", "\v", "\n", "\n", "\f", "é", "<b>", "</i>", "&amp;", "&", "<", "\xff", "\xffx\ty\xff", " ", "long text", "世界", "\x80"}
	all := fnv.New64a()
	for round := range 3000 {
		var text []byte
		for range next(60) {
			text = append(text, pieces[next(len(pieces))]...)
		}
		flags := uint(next(64))
		minwidth, tabwidth, padding, pad := next(6), next(9), next(4), " .\t\t"[next(4)]
		var out bytes.Buffer
		w := tabwriter.NewWriter(&out, minwidth, tabwidth, padding, pad, flags)
		for len(text) > 0 {
			n := min(1+next(20), len(text))
			if k, err := w.Write(text[:n]); k != n || err != nil {
				fmt.Println("short", k, n, err)
			}
			text = text[n:]
			if next(10) == 0 {
				w.Flush()
			}
		}
		w.Flush()
		all.Write(out.Bytes())
		if round%500 == 0 {
			fmt.Printf("%d %q\n", round, out.String())
		}
	}
	fmt.Printf("%x\n", all.Sum64())
	for after := range 1 {
		w := tabwriter.NewWriter(&failing{after}, 1, 1, 1, ' ', 0)
		_, err := w.Write([]byte("a\tb\nc\nd\te\n"))
		fmt.Println(err, w.Flush())
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		tabwriter.NewWriter(os.Stdout, -1, 0, 0, 0, 0)
	}()
}
