// SPDX-License-Identifier: BSD-3-Clause

// Fannkuch: the most flips of a prefix over all permutations of n. ns in all; check is checksum*1000 + flips.
package main

import (
	"time"

	"gotk"
)

var n = 10

func fannkuch(n int) (checksum, most int) {
	perm, work, count := make([]int, n), make([]int, n), make([]int, n)
	for i := range perm {
		perm[i] = i
	}
	r := n
	for sign := 1; ; sign = -sign {
		for ; r != 1; r-- {
			count[r-1] = r
		}
		if first := perm[0]; first != 0 {
			copy(work, perm)
			flips := 1
			for {
				next := work[first]
				work[first] = first
				if next == 0 {
					break
				}
				for i, j := 1, first-1; i < j; i, j = i+1, j-1 {
					work[i], work[j] = work[j], work[i]
				}
				first = next
				flips++
			}
			most = max(most, flips)
			checksum += sign * flips
		}
		for {
			if r == n {
				return checksum, most
			}
			head := perm[0]
			for i := range r {
				perm[i] = perm[i+1]
			}
			perm[r] = head
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
	}
}

func main() {
	start := time.Now()
	checksum, most := fannkuch(n)
	gotk.Record("ns", float64(time.Since(start).Nanoseconds()))
	gotk.Record("check", float64(checksum*1000+most))
}
