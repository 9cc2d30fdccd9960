// SPDX-License-Identifier: BSD-3-Clause

// Package tabwriter aligns columns of text.
//
// A cell is text that ends in a tab; what follows a line's last tab is in no column. A column is a run of lines that each have a
// cell at that place, and is as wide as its widest cell. So the widths follow from the lines one column after the other: a line that has a cell at
// place n also has one at n-1.
package tabwriter

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// Escape begins and ends text that is taken as it is, tabs and line breaks included.
const Escape = '\xff'

// Flags of a Writer.
const (
	FilterHTML          uint = 1 << iota // tags have no width, entities the width of a character
	StripEscape                          // Escape characters are not written
	AlignRight                           // text stands at a cell's right
	DiscardEmptyColumns                  // columns of empty cells that end in vertical tabs vanish
	TabIndent                            // empty cells at a line's start are padded with tabs
	Debug                                // bars between columns, a line of dashes where columns end by a form feed
)

// cell is a piece of the buffered text.
type cell struct {
	size  int  // bytes
	width int  // as it is shown
	tab   bool // ended by a tab, not by a vertical tab
}

// Writer aligns what is written to it and passes it on.
type Writer struct {
	out                         io.Writer
	minWidth, tabWidth, padding int
	pad                         byte
	flags                       uint

	buf   []byte   // text of the cells, without tabs and line breaks
	at    int      // up to where the current cell's width is known
	cell  cell     // the current one
	until byte     // ends what is being escaped: 0, Escape, '>' or ';'
	lines [][]cell // the last one is not complete
}

// NewWriter returns a Writer; the arguments are as for Init.
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init sets up a Writer: the least width of cells, padding included; the width of tabs; the padding, which is added to the text's width; the
// character that pads (a tab: widths are multiples of tabwidth, text stands left); and flags.
func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	if padchar == '\t' {
		flags &^= AlignRight
	}
	b.out, b.minWidth, b.tabWidth, b.padding, b.pad, b.flags = output, minwidth, tabwidth, padding, padchar, flags
	b.reset()
	return b
}

func (b *Writer) reset() {
	b.buf = b.buf[:0]
	b.at = 0
	b.cell = cell{}
	b.until = 0
	b.lines = append(b.lines[:0], nil)
}

// writeError carries an error of the output through the functions below.
type writeError struct{ err error }

func (b *Writer) write(p []byte) {
	n, err := b.out.Write(p)
	if err == nil && n != len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		panic(writeError{err})
	}
}

// catch turns a panic into the error of Write or Flush.
func (b *Writer) catch(err *error, where string) {
	switch e := recover().(type) {
	case nil:
	case writeError:
		*err = e.err
	default:
		panic(fmt.Sprintf("tabwriter: panic during %s (%v)", where, e))
	}
	if where == "Flush" {
		b.reset()
	}
}

// Flush writes out what is buffered. An escape that has no end ends here.
func (b *Writer) Flush() (err error) {
	defer b.catch(&err, "Flush")
	b.flush()
	return nil
}

func (b *Writer) flush() {
	if b.until != 0 {
		b.endEscape()
	}
	b.measure()
	if b.cell.size > 0 {
		b.endCell(false)
	}
	b.layOut()
	b.reset()
}

// Write takes text. Whole columns are passed on as soon as they are known.
func (b *Writer) Write(buf []byte) (n int, err error) {
	defer b.catch(&err, "Write")
	for i, c := range buf {
		if b.until != 0 {
			if c != b.until {
				continue
			}
			end := i + 1
			if c == Escape && b.flags&StripEscape != 0 {
				end = i
			}
			b.take(buf[n:end])
			b.endEscape()
			n = i + 1
			continue
		}
		switch c {
		case '\t', '\v', '\n', '\f':
			b.take(buf[n:i])
			b.measure()
			n = i + 1
			b.endCell(c == '\t')
			if c == '\t' || c == '\v' {
				continue
			}
			alone := len(b.lines[len(b.lines)-1]) == 1
			b.lines = append(b.lines, nil)
			if c == '\f' || alone {
				// No column goes beyond this line.
				b.flush()
				if c == '\f' && b.flags&Debug != 0 {
					b.write([]byte("---\n"))
				}
			}
		case Escape:
			b.take(buf[n:i])
			b.measure()
			n = i
			if b.flags&StripEscape != 0 {
				n++
			}
			b.until = Escape
		case '<', '&':
			if b.flags&FilterHTML != 0 {
				b.take(buf[n:i])
				b.measure()
				n = i
				b.until = '>'
				if c == '&' {
					b.until = ';'
				}
			}
		}
	}
	b.take(buf[n:])
	return len(buf), nil
}

func (b *Writer) take(text []byte) {
	b.buf = append(b.buf, text...)
	b.cell.size += len(text)
}

// measure adds the width of the text since the last time.
func (b *Writer) measure() {
	b.cell.width += utf8.RuneCount(b.buf[b.at:])
	b.at = len(b.buf)
}

func (b *Writer) endEscape() {
	switch b.until {
	case Escape:
		b.measure()
		if b.flags&StripEscape == 0 {
			b.cell.width -= 2
		}
	case ';':
		b.cell.width++
	}
	b.at = len(b.buf)
	b.until = 0
}

func (b *Writer) endCell(tab bool) {
	b.cell.tab = tab
	last := len(b.lines) - 1
	b.lines[last] = append(b.lines[last], b.cell)
	b.cell = cell{}
}

// layOut writes the buffered lines.
func (b *Writer) layOut() {
	widths := b.widths()
	at := 0
	var line []byte
	for i, cells := range b.lines {
		line = line[:0]
		tabs := b.flags&TabIndent != 0
		for j, c := range cells {
			if j > 0 && b.flags&Debug != 0 {
				line = append(line, '|')
			}
			text := b.buf[at : at+c.size]
			at += c.size
			inColumn := j < len(widths[i])
			if c.size > 0 {
				tabs = false
			}
			if b.flags&AlignRight == 0 {
				line = append(line, text...)
			}
			if inColumn {
				line = b.fill(line, c.width, widths[i][j], tabs)
			}
			if b.flags&AlignRight != 0 {
				line = append(line, text...)
			}
		}
		if i < len(b.lines)-1 {
			line = append(line, '\n')
		}
		if len(line) > 0 {
			b.write(line)
		}
	}
}

// widths returns the widths of each line's cells but the last.
func (b *Writer) widths() [][]int {
	widths := make([][]int, len(b.lines))
	has := func(i, column int) bool { return i < len(b.lines) && len(b.lines[i])-1 > column }
	for column, more := 0, true; more; column++ {
		more = false
		for i := 0; i < len(b.lines); i++ {
			if !has(i, column) {
				continue
			}
			more = true
			width, empty, first := b.minWidth, true, i
			for ; has(i, column); i++ {
				c := b.lines[i][column]
				width = max(width, c.width+b.padding)
				empty = empty && c.width == 0 && !c.tab
			}
			if empty && b.flags&DiscardEmptyColumns != 0 {
				width = 0
			}
			for k := first; k < i; k++ {
				widths[k] = append(widths[k], width)
			}
		}
	}
	return widths
}

// fill appends padding from the text's width to the cell's.
func (b *Writer) fill(line []byte, text, width int, tabs bool) []byte {
	if b.pad != '\t' && !tabs {
		for ; text < width; text++ {
			line = append(line, b.pad)
		}
		return line
	}
	if b.tabWidth == 0 {
		return line
	}
	// The next tab stop at or after the width; each tab goes to the next one.
	stops := (width + b.tabWidth - 1) / b.tabWidth
	for n := stops*b.tabWidth - text; n > 0; n -= b.tabWidth {
		line = append(line, '\t')
	}
	return line
}
