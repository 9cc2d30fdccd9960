// SPDX-License-Identifier: BSD-3-Clause

// Packages flag and log: definitions of every kind, parsing, errors, usage texts; prefixes and places of log lines, the panics and the end.
//
//gotk:test exit=1
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"
)

type lister []string

func (l *lister) String() string     { return strings.Join(*l, ",") }
func (l *lister) Set(s string) error { *l = append(*l, s); return nil }

type bad struct{ p *int }

func (b bad) String() string   { return fmt.Sprint(*b.p) }
func (b bad) Set(string) error { return errors.New("bad") }

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(fmt.Sprint("L", int(l))), nil }
func (l *level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "L%d", (*int)(l))
	return err
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, "->", recover()) }()
	f()
}

func main() {
	f := flag.NewFlagSet("prog", flag.ContinueOnError)
	var buf bytes.Buffer
	f.SetOutput(&buf)
	b := f.Bool("b", false, "a bool")
	bt := f.Bool("truth", true, "true by default\nsecond line")
	i := f.Int("int", 5, "an `count` of things")
	i64 := f.Int64("int64", 0, "i64")
	u := f.Uint("uint", 7, "u")
	u64 := f.Uint64("uint64", 0, "")
	s := f.String("s", "", "string")
	s2 := f.String("str", "de\"f", "string with default")
	fl := f.Float64("f", 2.5, "float")
	d := f.Duration("d", time.Second, "dur")
	var l lister
	f.Var(&l, "l", "list")
	var lv level
	f.TextVar(&lv, "lv", level(3), "level")
	n := 0
	f.Func("fn", "func", func(s string) error {
		n += len(s)
		if s == "x" {
			return errors.New("no x")
		}
		return nil
	})
	f.BoolFunc("bf", "boolfunc", func(s string) error { n += 100; return nil })
	one := 1
	f.Var(bad{&one}, "bad", "bad value")
	f.PrintDefaults()
	fmt.Print(buf.String())
	for _, args := range [][]string{
		{}, {"-b", "-int=3", "--s", "x y", "rest", "-b"}, {"-b=false", "-truth=0", "-int64", "-9", "-uint64=0x10", "-f", "1e3", "-d=1m30s", "-l", "a", "-l=b", "--", "-b"},
		{"-x"}, {"-int", "zz"}, {"-int=99999999999999999999"}, {"-b=maybe"}, {"-d", "5"}, {"-s"}, {"-"}, {"---x"}, {"-=x"}, {"-h"}, {"-help"}, {"-fn", "x"}, {"-fn=abc", "-bf", "-bf=true"}, {"-lv", "L9"}, {"-lv", "q"}, {"-bad", "1"}, {"-uint=-1"}, {"-str="},
	} {
		buf.Reset()
		err := f.Parse(args)
		fmt.Println(args, "|", err, "|", *b, *bt, *i, *i64, *u, *u64, *s, *s2, *fl, *d, l, lv, n, "|", f.Args(), f.NArg(), f.NFlag(), f.Arg(0), f.Parsed())
		text, _, _ := strings.Cut(buf.String(), "Usage of") // the usage text is above
		fmt.Print(text)
	}
	f.Visit(func(fl *flag.Flag) { fmt.Print(fl.Name, "=", fl.Value, " ") })
	fmt.Println()
	f.VisitAll(func(fl *flag.Flag) {
		if g, ok := fl.Value.(flag.Getter); ok {
			fmt.Printf("%s=%v(%T) ", fl.Name, fl.DefValue, g.Get())
		}
	})
	fmt.Println(f.Lookup("int").Usage, f.Lookup("none") == nil, f.Set("none", "1"), f.Set("int", "12"), *i, f.Name(), f.ErrorHandling())
	try("again", func() { f.Int("int", 1, "") })
	try("dash", func() { f.Int("-x", 1, "") })
	try("eq", func() { f.Int("x=y", 1, "") })
	try("panic", func() { p := flag.NewFlagSet("", flag.PanicOnError); p.SetOutput(io.Discard); p.Parse([]string{"-zz"}) })
	z := flag.FlagSet{}
	z.SetOutput(os.Stdout)
	z.Int("only", 1, "one")
	fmt.Println(z.Parse([]string{"-h"}))
	fmt.Println(errors.Is(z.Parse([]string{"-help"}), flag.ErrHelp))
	flag.CommandLine.SetOutput(os.Stdout)
	x := flag.Int("n", 3, "count")
	flag.Parse()
	fmt.Println(*x, flag.NArg(), flag.Parsed())

	lg := log.New(os.Stdout, "p: ", 0)
	lg.Println("a", 1)
	lg.Printf("b %d", 2)
	lg.Print("c", "d", 3, 4, "\n")
	lg.SetFlags(log.Lshortfile)
	lg.Print("with file")
	lg.SetFlags(log.Lshortfile | log.Lmsgprefix)
	lg.Output(1, "out")
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lshortfile)
	log.SetPrefix("[x] ")
	log.Println("std", log.Flags(), log.Prefix())
	log.Printf("%v", 1)
	log.Print("")
	log.Output(1, "o")
	try("panicf", func() { log.Panicf("boom %d", 1) })
	try("panicln", func() { lg.Panicln("boom", 1) })
	var w bytes.Buffer
	t := log.New(&w, "", log.LstdFlags|log.Lmicroseconds|log.LUTC)
	t.Print("x")
	fmt.Println(len(w.String()), w.String()[4] == '/', strings.HasSuffix(w.String(), " x\n"))
	fmt.Println(log.Default() == nil, log.Writer() == os.Stdout)
	log.Fatalln("the end")
}
