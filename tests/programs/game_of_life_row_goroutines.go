// SPDX-License-Identifier: BSD-3-Clause
//
// Conway's Game of Life with a goroutine per row: rows exchange their borders with their neighbours over channels.
package main

import (
	"fmt"
	"strings"
	"sync"
)

var (
	width       = 24
	height      = 12
	generations = 60
)

type row []bool

type neighbour struct {
	up, down chan row // up carries rows to the row above, down to the row below
}

func evolve(above, self, below row) row {
	next := make(row, len(self))
	for x := range self {
		alive := 0
		for dx := -1; dx <= 1; dx++ {
			i := (x + dx + len(self)) % len(self)
			for _, r := range []row{above, self, below} {
				if r[i] {
					alive++
				}
			}
		}
		if self[x] {
			alive--
		}
		next[x] = alive == 3 || self[x] && alive == 2
	}
	return next
}

func show(grid []row) string {
	var out strings.Builder
	for _, r := range grid {
		for _, cell := range r {
			if cell {
				out.WriteByte('#')
			} else {
				out.WriteByte('.')
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func main() {
	grid := make([]row, height)
	for y := range grid {
		grid[y] = make(row, width)
	}
	for _, p := range [][2]int{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} { // a glider
		grid[p[1]][p[0]] = true
	}
	for x := 10; x < 20; x++ {
		grid[6][x] = true
	}
	links := make([]neighbour, height)
	for y := range links {
		links[y] = neighbour{make(chan row, 1), make(chan row, 1)}
	}
	var wg sync.WaitGroup
	for y := range grid {
		above, below := (y+height-1)%height, (y+1)%height
		wg.Add(1)
		go func() {
			defer wg.Done()
			self := grid[y]
			for range generations {
				links[y].up <- self
				links[y].down <- self
				self = evolve(<-links[above].down, self, <-links[below].up)
			}
			grid[y] = self
		}()
	}
	wg.Wait()
	fmt.Print(show(grid))
	alive := 0
	for _, r := range grid {
		for _, cell := range r {
			if cell {
				alive++
			}
		}
	}
	fmt.Println("alive after", generations, "generations:", alive)
}

// Output:
// ........................
// ........................
// ........................
// ........................
// ........................
// ............#....#......
// ..........##.####.##....
// ............#....#......
// ........................
// ........................
// ........................
// ........................
// alive after 60 generations: 12
