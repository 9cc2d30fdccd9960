// SPDX-License-Identifier: BSD-3-Clause

// Fields of struct types: their description, tags, and names promoted from embedded structs.
package reflect

import (
	"iter"
	"strconv"
)

// StructField describes a field of a struct.
type StructField struct {
	Name      string
	PkgPath   string // of an unexported name
	Type      Type
	Tag       StructTag
	Offset    uintptr
	Index     []int
	Anonymous bool // embedded
}

// IsExported reports whether the name is exported.
func (f StructField) IsExported() bool { return f.PkgPath == "" }

// StructTag is a field's tag: key:"value" pairs, by convention.
type StructTag string

// Get returns the value of the key, "" if the tag does not have it.
func (tag StructTag) Get(key string) string {
	v, _ := tag.Lookup(key)
	return v
}

// Lookup returns the value of the key, and whether the tag has it. What does not follow the convention ends the search.
func (tag StructTag) Lookup(key string) (value string, ok bool) {
	for rest := string(tag); ; {
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
		n := 0
		for n < len(rest) && rest[n] > ' ' && rest[n] != ':' && rest[n] != '"' && rest[n] != 0x7f {
			n++
		}
		if n == 0 || n+1 >= len(rest) || rest[n] != ':' || rest[n+1] != '"' {
			return "", false
		}
		name := rest[:n]
		rest = rest[n+1:]
		// The quoted value, escapes included.
		end := 1
		for end < len(rest) && rest[end] != '"' {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(rest) {
			return "", false
		}
		if name == key {
			text, err := strconv.Unquote(rest[:end+1])
			if err != nil {
				return "", false
			}
			return text, true
		}
		rest = rest[end+1:]
	}
}

// NumField returns the number of a struct's fields.
func (t *rtype) NumField() int {
	t.must(Struct, "NumField", "struct")
	return t.t.NumField()
}

// Field returns the i-th field.
func (t *rtype) Field(i int) StructField {
	t.must(Struct, "Field", "struct")
	if i < 0 || i >= t.t.NumField() {
		panic("reflect: Field index out of bounds")
	}
	return t.field(i)
}

func (t *rtype) field(i int) StructField {
	f := t.t.Field(i)
	return StructField{
		Name: f.Name, PkgPath: f.PkgPath, Type: wrap(f.Typ), Tag: StructTag(f.Tag), Offset: f.Offset,
		Index: []int{i}, Anonymous: f.Embedded(),
	}
}

// Fields goes through the fields.
func (t *rtype) Fields() iter.Seq[StructField] {
	t.must(Struct, "Fields", "struct")
	return func(yield func(StructField) bool) {
		for i := range t.t.NumField() {
			if !yield(t.field(i)) {
				return
			}
		}
	}
}

// FieldByIndex follows a path of field numbers through structs and pointers to structs.
func (t *rtype) FieldByIndex(index []int) StructField {
	var f StructField
	f.Type = t
	for depth, i := range index {
		at := f.Type
		if depth > 0 && at.Kind() == Pointer && at.Elem().Kind() == Struct {
			at = at.Elem()
		}
		f = at.Field(i)
	}
	return f
}

// FieldByName returns the field with the name, promoted fields included.
func (t *rtype) FieldByName(name string) (StructField, bool) {
	t.must(Struct, "FieldByName", "struct")
	embedded := false
	for i := range t.t.NumField() {
		f := t.t.Field(i)
		if f.Name == name {
			return t.field(i), true
		}
		embedded = embedded || f.Embedded()
	}
	if !embedded {
		return StructField{}, false
	}
	return t.search(func(s string) bool { return s == name })
}

// FieldByNameFunc returns the field whose name satisfies match, by the rules of promotion; none if several do at the same depth.
func (t *rtype) FieldByNameFunc(match func(string) bool) (StructField, bool) {
	t.must(Struct, "FieldByNameFunc", "struct")
	return t.search(match)
}

// embeddedAt is a struct type in a breadth-first walk over embedded fields, and the path to it.
type embeddedAt struct {
	t     *rtype
	index []int
}

// search looks for a field level by level. A type that occurs several times at a level makes all its names ambiguous there.
func (t *rtype) search(match func(string) bool) (found StructField, ok bool) {
	level := []embeddedAt{{t: t}}
	count := map[*rtype]int{t: 1}
	seen := map[*rtype]bool{}
	for len(level) > 0 {
		var next []embeddedAt
		nextCount := map[*rtype]int{}
		hits := 0
		for _, at := range level {
			if seen[at.t] {
				continue
			}
			seen[at.t] = true
			for i := range at.t.t.NumField() {
				f := at.t.t.Field(i)
				var inner *rtype
				if f.Embedded() {
					inner = wrap(f.Typ)
					if inner.kind() == Pointer {
						inner = inner.elem()
					}
				}
				if match(f.Name) {
					hits += count[at.t]
					if hits > 1 {
						return StructField{}, false
					}
					found = at.t.field(i)
					found.Index = joinIndex(at.index, i)
					continue
				}
				if hits > 0 || inner == nil || inner.kind() != Struct {
					continue
				}
				nextCount[inner] += count[at.t]
				if nextCount[inner] == count[at.t] {
					next = append(next, embeddedAt{inner, joinIndex(at.index, i)})
				}
			}
		}
		if hits > 0 {
			return found, true
		}
		level, count = next, nextCount
	}
	return StructField{}, false
}

func joinIndex(path []int, i int) []int {
	return append(path[:len(path):len(path)], i)
}

// VisibleFields returns the fields of struct type t that can be selected from a value of it, embedded structs' fields after the
// field that embeds them.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	w := visibleWalk{byName: map[string]int{}, above: map[*rtype]bool{}}
	w.walk(t.common(), nil)
	out := w.fields[:0]
	for _, f := range w.fields {
		if f.Name != "" {
			out = append(out, f)
		}
	}
	return out
}

type visibleWalk struct {
	fields []StructField  // those that lost have no name
	byName map[string]int // where the winner of a name is, or the one that tied
	above  map[*rtype]bool
}

func (w *visibleWalk) walk(t *rtype, path []int) {
	if w.above[t] {
		return
	}
	w.above[t] = true
	for i := range t.t.NumField() {
		f := t.field(i)
		f.Index = joinIndex(path, i)
		add := true
		if old, ok := w.byName[f.Name]; ok {
			o := &w.fields[old]
			if len(f.Index) == len(o.Index) {
				o.Name = "" // both hide each other
				add = false
			} else if len(f.Index) < len(o.Index) {
				o.Name = ""
			} else {
				add = false
			}
		}
		if add {
			w.byName[f.Name] = len(w.fields)
			w.fields = append(w.fields, f)
		}
		if f.Anonymous {
			inner := f.Type.common()
			if inner.kind() == Pointer {
				inner = inner.elem()
			}
			if inner.kind() == Struct {
				w.walk(inner, f.Index)
			}
		}
	}
	delete(w.above, t)
}
