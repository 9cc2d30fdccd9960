// SPDX-License-Identifier: BSD-3-Clause

// Which fields of a struct take part, and under which names.
package json

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// field is a field that takes part.
type field struct {
	name      string
	key       []byte // `"name":`, without and with escapes for HTML
	keyHTML   []byte
	tagged    bool
	index     []int // path through embedded structs
	typ       reflect.Type
	omitEmpty bool
	omitZero  bool
	isZero    func(reflect.Value) bool
	quoted    bool
	encode    encoderFunc
}

// structFields is what is known of a struct type.
type structFields struct {
	list   []field
	byName map[string]int
}

var fieldCache sync.Map // reflect.Type -> *structFields

func fieldsOf(t reflect.Type) *structFields {
	if f, ok := fieldCache.Load(t); ok {
		return f.(*structFields)
	}
	f, _ := fieldCache.LoadOrStore(t, findFields(t))
	return f.(*structFields)
}

// find returns the field of a name, also by case folding; nil if there is none.
func (s *structFields) find(name []byte) *field {
	if i, ok := s.byName[string(name)]; ok {
		return &s.list[i]
	}
	for i := range s.list {
		if strings.EqualFold(s.list[i].name, string(name)) {
			return &s.list[i]
		}
	}
	return nil
}

func validName(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

var isZeroerType = reflect.TypeFor[interface{ IsZero() bool }]()

// findFields walks embedded structs level by level. At the least depth of a name, tagged fields go before others; if more than one
// is left, none takes part.
func findFields(t reflect.Type) *structFields {
	type place struct {
		typ   reflect.Type
		index []int
	}
	level := []place{{t, nil}}
	seen := map[reflect.Type]bool{t: true}
	chosen := map[string]bool{} // names of levels above
	var all []field
	for len(level) > 0 {
		var next []place
		found := map[string][]field{}
		var order []string
		times := map[reflect.Type]int{}
		for _, p := range level {
			for i := range p.typ.NumField() {
				sf := p.typ.Field(i)
				ft := sf.Type
				if ft.Name() == "" && ft.Kind() == reflect.Pointer {
					ft = ft.Elem()
				}
				if !sf.IsExported() && !(sf.Anonymous && ft.Kind() == reflect.Struct) {
					continue
				}
				tag := sf.Tag.Get("json")
				if tag == "-" {
					continue
				}
				name, options, _ := strings.Cut(tag, ",")
				if strings.HasPrefix(name, "'") && strings.HasSuffix(name, "'") && len(name) > 2 {
					name = name[1 : len(name)-1]
				} else if !validName(name) {
					name = ""
				}
				index := append(slices.Clip(slices.Clone(p.index)), i)
				if sf.Anonymous && name == "" && ft.Kind() == reflect.Struct {
					if !seen[ft] || times[ft] > 0 {
						seen[ft] = true
						if times[ft]++; times[ft] <= 2 { // twice is enough to make its fields ambiguous
							next = append(next, place{ft, index})
						}
					}
					continue
				}
				if !sf.IsExported() {
					continue
				}
				f := field{name: name, tagged: name != "", index: index, typ: sf.Type}
				if name == "" {
					f.name = sf.Name
				}
				for option := range strings.SplitSeq(options, ",") {
					switch option {
					case "omitempty":
						f.omitEmpty = true
					case "omitzero":
						f.omitZero = true
						f.isZero = zeroTest(sf.Type)
					case "string":
						switch ft.Kind() {
						case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
							reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
							f.quoted = true
						}
					}
				}
				if found[f.name] == nil {
					order = append(order, f.name)
				}
				found[f.name] = append(found[f.name], f)
			}
		}
		for _, name := range order {
			if chosen[name] {
				continue
			}
			chosen[name] = true
			fs := found[name]
			if tagged := slices.DeleteFunc(slices.Clone(fs), func(f field) bool { return !f.tagged }); len(tagged) > 0 {
				fs = tagged
			}
			if len(fs) == 1 {
				all = append(all, fs[0])
			}
		}
		level = next
	}
	slices.SortFunc(all, func(a, b field) int { return slices.Compare(a.index, b.index) })
	s := &structFields{list: all, byName: make(map[string]int, len(all))}
	for i := range s.list {
		f := &s.list[i]
		s.byName[f.name] = i
		f.key = append(appendString(nil, f.name, false), ':')
		f.keyHTML = append(appendString(nil, f.name, true), ':')
	}
	return s
}

// zeroTest returns how to tell that a value of this type is zero, for the option omitzero.
func zeroTest(t reflect.Type) func(reflect.Value) bool {
	switch {
	case t.Kind() == reflect.Interface && t.Implements(isZeroerType):
		return func(v reflect.Value) bool {
			return v.IsNil() || v.Elem().Kind() == reflect.Pointer && v.Elem().IsNil() || v.Interface().(interface{ IsZero() bool }).IsZero()
		}
	case t.Kind() == reflect.Pointer && t.Implements(isZeroerType):
		return func(v reflect.Value) bool { return v.IsNil() || v.Interface().(interface{ IsZero() bool }).IsZero() }
	case t.Implements(isZeroerType):
		return func(v reflect.Value) bool { return v.Interface().(interface{ IsZero() bool }).IsZero() }
	case reflect.PointerTo(t).Implements(isZeroerType):
		return func(v reflect.Value) bool {
			if !v.CanAddr() {
				w := reflect.New(v.Type()).Elem()
				w.Set(v)
				v = w
			}
			return v.Addr().Interface().(interface{ IsZero() bool }).IsZero()
		}
	}
	return reflect.Value.IsZero
}
