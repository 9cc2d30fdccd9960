// SPDX-License-Identifier: BSD-3-Clause

// apidump prints the exported API of Go packages in folders, a line each: the name (or Type.Member) and, for functions,
// methods and fields, the type without parameter names.
//
//	go run apidump.go PATH=FOLDER…    (FOLDER empty: the standard package PATH)
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

var fset = token.NewFileSet()

func text(n ast.Node) string {
	var b strings.Builder
	if err := (&printer.Config{Mode: printer.RawFormat}).Fprint(&b, fset, n); err != nil {
		panic(err)
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	return strings.ReplaceAll(strings.ReplaceAll(s, "interface{}", "any"), "interface {}", "any")
}

// types lists the types of parameters or results.
func types(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	var out []string
	for _, f := range list.List {
		for range max(len(f.Names), 1) {
			out = append(out, text(f.Type))
		}
	}
	return strings.Join(out, ", ")
}

func signature(f *ast.FuncType) string {
	s := "(" + types(f.Params) + ")"
	if f.Results != nil {
		s += " (" + types(f.Results) + ")"
	}
	if f.TypeParams != nil {
		s = "[" + types(f.TypeParams) + "]" + s
	}
	return s
}

// base returns the type name of a receiver or an embedded field.
func base(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return base(e.X)
	case *ast.IndexExpr:
		return base(e.X)
	case *ast.IndexListExpr:
		return base(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return text(e)
}

func dump(path, folder string) {
	var files []string
	if folder == "" {
		ctx := build.Default
		ctx.CgoEnabled = false
		p, err := ctx.Import(path, "", 0)
		if err != nil {
			panic(err)
		}
		for _, f := range p.GoFiles {
			files = append(files, filepath.Join(p.Dir, f))
		}
	} else {
		files, _ = filepath.Glob(filepath.Join(folder, "*.go"))
	}
	var lines []string
	add := func(name, sig string) { lines = append(lines, path+"\t"+name+"\t"+sig) }
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			panic(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				switch {
				case !d.Name.IsExported():
				case d.Recv == nil:
					add(d.Name.Name, "func"+signature(d.Type))
				case ast.IsExported(base(d.Recv.List[0].Type)):
					star := ""
					if _, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok {
						star = "*"
					}
					add(base(d.Recv.List[0].Type)+"."+d.Name.Name, star+"method"+signature(d.Type))
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.ValueSpec:
						for _, n := range s.Names {
							if n.IsExported() {
								add(n.Name, d.Tok.String())
							}
						}
					case *ast.TypeSpec:
						if s.Name.IsExported() {
							typ(add, s)
						}
					}
				}
			}
		}
	}
	slices.Sort(lines)
	for _, l := range lines {
		fmt.Println(l)
	}
}

func typ(add func(name, sig string), s *ast.TypeSpec) {
	name := s.Name.Name
	kind := "type"
	if s.Assign.IsValid() {
		kind = "alias"
	}
	switch t := s.Type.(type) {
	case *ast.StructType:
		add(name, kind+" struct")
		for _, f := range t.Fields.List {
			for _, n := range f.Names {
				if n.IsExported() {
					add(name+"."+n.Name, "field "+text(f.Type))
				}
			}
			if n := base(f.Type); f.Names == nil && ast.IsExported(n) {
				add(name+"."+n, "embedded "+text(f.Type))
			}
		}
	case *ast.InterfaceType:
		add(name, kind+" interface")
		for _, f := range t.Methods.List {
			for _, n := range f.Names {
				if !n.IsExported() {
					continue
				}
				add(name+"."+n.Name, "method"+signature(f.Type.(*ast.FuncType)))
			}
			if f.Names == nil {
				add(name+"."+base(f.Type), "embedded "+text(f.Type))
			}
		}
	case *ast.FuncType:
		add(name, kind+" func"+signature(t))
	default:
		add(name, kind)
	}
}

func main() {
	for _, arg := range os.Args[1:] {
		path, folder, _ := strings.Cut(arg, "=")
		dump(path, folder)
	}
}
