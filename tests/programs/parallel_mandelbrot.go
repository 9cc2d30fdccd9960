// SPDX-License-Identifier: BSD-3-Clause
//
// The Mandelbrot set in parallel, a goroutine per row band; printed small, checked by a checksum.
package main

import (
	"fmt"
	"strings"
	"sync"
)

var (
	width   = 300
	height  = 200
	maxIter = 200
	bands   = 8
)

func escape(cr, ci float64) int {
	var zr, zi float64
	for i := 0; i < maxIter; i++ {
		zr2, zi2 := zr*zr, zi*zi
		if zr2+zi2 > 4 {
			return i
		}
		zr, zi = zr2-zi2+cr, 2*zr*zi+ci
	}
	return maxIter
}

func main() {
	image := make([][]int, height)
	var wg sync.WaitGroup
	for b := range bands {
		wg.Go(func() {
			for y := b; y < height; y += bands {
				row := make([]int, width)
				for x := range row {
					row[x] = escape(float64(x)/float64(width)*3-2.25, float64(y)/float64(height)*2-1)
				}
				image[y] = row
			}
		})
	}
	wg.Wait()
	var hash uint64 = 14695981039346656037
	for _, row := range image {
		for _, v := range row {
			hash = (hash ^ uint64(v)) * 1099511628211
		}
	}
	shades := " .:-=+*#%@"
	for y := 0; y < height; y += 20 {
		var line strings.Builder
		for x := 0; x < width; x += 6 {
			line.WriteByte(shades[image[y][x]*(len(shades)-1)/maxIter])
		}
		fmt.Println(strings.TrimRight(line.String(), " "))
	}
	fmt.Printf("%016x\n", hash)
}

// Output:
//
//                                   @@@@
//                              @ @@@@@@@@@  .
//                            %@@@@@@@@@@@@@@@.
//                   .@@@@@  @@@@@@@@@@@@@@@@@@.
//      @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
//                   .@@@@@  @@@@@@@@@@@@@@@@@@.
//                            %@@@@@@@@@@@@@@@.
//                              @ @@@@@@@@@  .
//                                   @@@@
// c56d6d48716ea523
