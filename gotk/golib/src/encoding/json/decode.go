// SPDX-License-Identifier: BSD-3-Clause

package json

import (
	"encoding"
	"encoding/base64"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unmarshaler takes its value from JSON, of which it must keep a copy if it keeps it.
type Unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// InvalidUnmarshalError is about an argument that is not a pointer, or nil.
type InvalidUnmarshalError struct {
	Type reflect.Type
}

func (e *InvalidUnmarshalError) Error() string {
	switch {
	case e.Type == nil:
		return "json: Unmarshal(nil)"
	case e.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + e.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + e.Type.String() + ")"
}

// UnmarshalTypeError is about a value that the Go type cannot hold.
type UnmarshalTypeError struct {
	Value  string       // what it is: "bool", "array", "number -5"
	Type   reflect.Type // that cannot hold it
	Offset int64        // bytes read
	Struct string       // name of the struct type at the top that it is in
	Field  string       // path from there
	Err    error        // why, perhaps
}

func (e *UnmarshalTypeError) Error() string {
	s := "json: cannot unmarshal " + e.Value + " into "
	if e.Struct != "" || e.Field != "" {
		if !isIndex(e.Field[strings.LastIndexByte(e.Field, '.')+1:]) {
			s += "Go struct field "
		}
		s += e.Struct + "." + e.Field + " of type "
	} else {
		s += "Go value of type "
	}
	s += e.Type.String()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// isIndex reports whether a step of a path is an array's.
func isIndex(step string) bool {
	_, err := strconv.ParseUint(step, 10, 32)
	return err == nil
}

// Unwrap returns the reason.
func (e *UnmarshalTypeError) Unwrap() error { return e.Err }

// UnmarshalFieldError is not used any more.
type UnmarshalFieldError struct {
	Key   string
	Type  reflect.Type
	Field reflect.StructField
}

func (e *UnmarshalFieldError) Error() string {
	return "json: cannot unmarshal object key " + strconv.Quote(e.Key) + " into unexported field " + e.Field.Name + " of type " + e.Type.String()
}

// Unmarshal stores data, which must be one JSON value, in what v points to. If a part does not fit, the rest is stored, and the first
// error returned.
func Unmarshal(data []byte, v any) error {
	if err := checkValid(data); err != nil {
		return err
	}
	return (&decodeState{data: data}).decode(v)
}

// decodeState goes through valid JSON.
type decodeState struct {
	data      []byte
	i         int // where the next token, or white space before it, begins
	useNumber bool
	strict    bool  // unknown fields are errors
	err       error // the first one that does not end it
	root      reflect.Type
	path      []byte // to where we are, with dots
}

func (d *decodeState) decode(v any) error {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	if err := d.value(p); err != nil {
		return err
	}
	return d.err
}

// mismatch notes that what ends at d.i does not fit t.
func (d *decodeState) mismatch(what string, t reflect.Type, why error) {
	if d.err == nil {
		e := &UnmarshalTypeError{Value: what, Type: t, Offset: int64(d.i), Field: string(d.path), Err: why}
		if d.root != nil && len(d.path) > 0 {
			e.Struct = d.root.Name()
		}
		d.err = e
	}
}

// skip goes over the next value and returns it.
func (d *decodeState) skip() []byte {
	start := skipSpace(d.data, d.i)
	d.i, _ = skipValue(d.data, start, 0)
	return d.data[start:d.i]
}

// peek returns the first byte of the next token.
func (d *decodeState) peek() byte {
	d.i = skipSpace(d.data, d.i)
	return d.data[d.i]
}

// within adds a step to the path; the result is to restore it with.
func (d *decodeState) within(step string) int {
	n := len(d.path)
	if n > 0 {
		d.path = append(d.path, '.')
	}
	d.path = append(d.path, step...)
	return n
}

// settle follows pointers, making what they point to, up to a value that takes the next token, or a method that does. For null it stops
// at a pointer that can become nil.
func settle(v reflect.Value, null bool) (Unmarshaler, encoding.TextUnmarshaler, reflect.Value) {
	if v.Kind() != reflect.Pointer && v.Type().Name() != "" && v.CanAddr() {
		v = v.Addr() // for the methods of the pointer
		if u, t, ok := methods(v, null); ok {
			return u, t, reflect.Value{}
		}
		v = v.Elem()
	}
	for {
		if v.Kind() == reflect.Interface && !v.IsNil() {
			if e := v.Elem(); e.Kind() == reflect.Pointer && !e.IsNil() && (!null || e.Elem().Kind() == reflect.Pointer) {
				v = e
				continue
			}
		}
		if v.Kind() != reflect.Pointer || null && v.CanSet() {
			return nil, nil, v
		}
		if e := v.Elem(); e.Kind() == reflect.Interface && !e.IsNil() && e.Elem() == v {
			return nil, nil, e // it points to itself
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if u, t, ok := methods(v, null); ok {
			return u, t, reflect.Value{}
		}
		v = v.Elem()
	}
}

// methods returns what the pointer has to take a value with. Text takes no null.
func methods(v reflect.Value, null bool) (Unmarshaler, encoding.TextUnmarshaler, bool) {
	if v.Type().NumMethod() == 0 || !v.CanInterface() {
		return nil, nil, false
	}
	x := v.Interface()
	if u, ok := x.(Unmarshaler); ok {
		return u, nil, true
	}
	if !null {
		if t, ok := x.(encoding.TextUnmarshaler); ok {
			return nil, t, true
		}
	}
	return nil, nil, false
}

// value stores the next value in v.
func (d *decodeState) value(v reflect.Value) error {
	c := d.peek()
	u, text, v := settle(v, c == 'n')
	if u != nil {
		return u.UnmarshalJSON(d.skip())
	}
	switch c {
	case '{':
		if text != nil {
			return d.refuse(text, "object")
		}
		return d.object(v)
	case '[':
		if text != nil {
			return d.refuse(text, "array")
		}
		return d.array(v)
	case '"':
		s := unquote(d.skip())
		if text != nil {
			return text.UnmarshalText([]byte(s))
		}
		d.string(v, s)
	case 't', 'f':
		d.skip()
		if text != nil {
			d.mismatch("bool", reflect.TypeOf(text).Elem(), errNotString)
			return nil
		}
		switch {
		case v.Kind() == reflect.Bool:
			v.SetBool(c == 't')
		case v.Kind() == reflect.Interface && v.NumMethod() == 0:
			v.Set(reflect.ValueOf(c == 't'))
		default:
			d.mismatch("bool", v.Type(), nil)
		}
	case 'n':
		d.skip()
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
			v.SetZero()
		}
	default:
		s := string(d.skip())
		if text != nil {
			d.mismatch("number", reflect.TypeOf(text).Elem(), errNotString)
			return nil
		}
		d.number(v, s)
	}
	return nil
}

var errNotString = errors.New("JSON value must be string type")

// refuse: a type that takes text gets no arrays and objects.
func (d *decodeState) refuse(text encoding.TextUnmarshaler, what string) error {
	d.i++
	d.mismatch(what, reflect.TypeOf(text).Elem(), errNotString)
	d.i--
	d.skip()
	return nil
}

func (d *decodeState) string(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == numberType && !validNumber(s) {
			d.mismatch("string "+strconv.Quote(s), v.Type(), strconv.ErrSyntax)
			return
		}
		v.SetString(s)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			d.mismatch("string", v.Type(), nil)
			return
		}
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			d.mismatch("string", v.Type(), err)
			return
		}
		v.SetBytes(b)
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(s))
			return
		}
		fallthrough
	default:
		d.mismatch("string", v.Type(), nil)
	}
}

func validNumber(s string) bool {
	b := []byte(s)
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	end, err := skipNumber(b, 0)
	return err == nil && end == len(b)
}

func (d *decodeState) number(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || v.OverflowInt(n) {
			d.mismatch("number "+s, v.Type(), nil)
			return
		}
		v.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil || v.OverflowUint(n) {
			d.mismatch("number "+s, v.Type(), nil)
			return
		}
		v.SetUint(n)
	case reflect.Float32, reflect.Float64:
		n, err := strconv.ParseFloat(s, v.Type().Bits())
		if err != nil || v.OverflowFloat(n) {
			d.mismatch("number "+s, v.Type(), nil)
			return
		}
		v.SetFloat(n)
	case reflect.String:
		if v.Type() != numberType {
			d.mismatch("number", v.Type(), nil)
			return
		}
		v.SetString(s)
	case reflect.Interface:
		if v.NumMethod() != 0 {
			d.mismatch("number", v.Type(), nil)
			return
		}
		if x := d.numberValue(s); x != nil {
			v.Set(reflect.ValueOf(x))
		}
	default:
		d.mismatch("number", v.Type(), nil)
	}
}

// numberValue is a number as an any; nil if it is too large for a float64.
func (d *decodeState) numberValue(s string) any {
	if d.useNumber {
		return Number(s)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		d.mismatch("number "+s, reflect.TypeFor[float64](), nil)
		return nil
	}
	return f
}

func (d *decodeState) array(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(d.any()))
			return nil
		}
		fallthrough
	default:
		d.i++
		d.mismatch("array", v.Type(), nil)
		d.i--
		d.skip()
		return nil
	case reflect.Array, reflect.Slice:
	}
	d.i++
	n := 0
	for d.peek() != ']' {
		if v.Kind() == reflect.Slice {
			if n >= v.Cap() {
				v.Grow(1)
			}
			if n >= v.Len() {
				v.SetLen(n + 1)
			}
		}
		if n < v.Len() {
			back := d.within(strconv.Itoa(n))
			if v.Kind() == reflect.Slice {
				v.Index(n).SetZero()
			}
			if err := d.value(v.Index(n)); err != nil {
				return err
			}
			d.path = d.path[:back]
		} else {
			d.skip()
		}
		n++
		if d.peek() == ',' {
			d.i++
		}
	}
	d.i++
	if v.Kind() == reflect.Array {
		for ; n < v.Len(); n++ {
			v.Index(n).SetZero()
		}
		return nil
	}
	if n == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	} else {
		v.SetLen(n)
	}
	return nil
}

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

func (d *decodeState) object(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Struct:
		return d.structure(v)
	case reflect.Map:
		return d.mapping(v)
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(d.any()))
			return nil
		}
	}
	d.i++
	d.mismatch("object", v.Type(), nil)
	d.i--
	d.skip()
	return nil
}

// key reads an object's next key and the colon; false at the end.
func (d *decodeState) key() ([]byte, bool) {
	if d.peek() == ',' {
		d.i++
	}
	if d.peek() == '}' {
		d.i++
		return nil, false
	}
	k := d.skip()
	end := d.i
	d.i = skipSpace(d.data, end) + 1
	return k, true
}

func (d *decodeState) structure(v reflect.Value) error {
	fields := fieldsOf(v.Type())
	if d.root == nil {
		d.root = v.Type()
	}
	d.i++
	for {
		quoted, more := d.key()
		if !more {
			return nil
		}
		name := quoted[1 : len(quoted)-1]
		f := (*field)(nil)
		if isPlain(name) {
			f = fields.find(name)
		} else {
			name = []byte(unquote(quoted))
			f = fields.find(name)
		}
		if f == nil {
			if d.strict && d.err == nil {
				d.err = errors.New("json: unknown field " + strconv.Quote(string(name)))
			}
			d.skip()
			continue
		}
		fv := v
		for k, x := range f.index {
			if k > 0 && fv.Kind() == reflect.Pointer {
				if fv.IsNil() {
					if !fv.CanSet() {
						if d.err == nil {
							d.err = errors.New("json: cannot set embedded pointer to unexported struct: " + fv.Type().Elem().String())
						}
						fv = reflect.Value{}
						break
					}
					fv.Set(reflect.New(fv.Type().Elem()))
				}
				fv = fv.Elem()
			}
			fv = fv.Field(x)
		}
		if !fv.IsValid() {
			d.skip()
			continue
		}
		back := d.within(string(name))
		var err error
		if f.quoted {
			err = d.quoted(fv)
		} else {
			err = d.value(fv)
		}
		if err != nil {
			return err
		}
		d.path = d.path[:back]
	}
}

// quoted reads a field with the option string.
func (d *decodeState) quoted(v reflect.Value) error {
	t := v.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch c := d.peek(); c {
	case 'n':
		return d.value(v)
	case '"':
		s := unquote(d.skip())
		if s == "null" {
			v.SetZero()
			return nil
		}
		inner := &decodeState{data: []byte(s)}
		want := byte('0')
		switch t.Kind() {
		case reflect.String:
			want = '"'
		case reflect.Bool:
			want = 't'
		}
		fits := checkValid(inner.data) == nil
		if fits {
			got := inner.peek()
			switch {
			case got == 'f':
				got = 't'
			case got == '-' || '0' <= got && got <= '9':
				got = '0'
			}
			fits = got == want
		}
		if fits {
			inner.i = 0
			if err := inner.value(v); err != nil || inner.err == nil {
				return err
			}
		}
		what := "number " + s
		if want != '0' {
			what = "string"
		}
		d.mismatch(what, t, nil)
	default:
		start := skipSpace(d.data, d.i)
		d.skip()
		what := map[byte]string{'{': "object", '[': "array", 't': "bool", 'f': "bool"}[d.data[start]]
		if what == "" {
			what = "number"
		}
		d.mismatch(what, t, nil)
	}
	return nil
}

func (d *decodeState) mapping(v reflect.Value) error {
	t := v.Type()
	kt := t.Key()
	byText := reflect.PointerTo(kt).Implements(textUnmarshalerType)
	switch kt.Kind() {
	case reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
	default:
		if !byText {
			d.i++
			d.mismatch("object", t, nil)
			d.i--
			d.skip()
			return nil
		}
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(t))
	}
	d.i++
	for {
		quoted, more := d.key()
		if !more {
			return nil
		}
		name := unquote(quoted)
		back := d.within(name)
		after := d.i
		key := reflect.New(kt).Elem()
		ok := true
		switch {
		case byText:
			if err := key.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(name)); err != nil {
				return err
			}
		case kt.Kind() == reflect.String:
			key.SetString(name)
		case key.CanInt():
			n, err := strconv.ParseInt(name, 10, 64)
			if ok = err == nil && !key.OverflowInt(n); ok {
				key.SetInt(n)
			}
		default:
			n, err := strconv.ParseUint(name, 10, 64)
			if ok = err == nil && !key.OverflowUint(n); ok {
				key.SetUint(n)
			}
		}
		if !ok {
			d.i = after - 1
			d.mismatch("number "+name, kt, nil)
			d.i = after
			d.skip()
			d.path = d.path[:back]
			continue
		}
		elem := reflect.New(t.Elem()).Elem()
		if err := d.value(elem); err != nil {
			return err
		}
		v.SetMapIndex(key, elem)
		d.path = d.path[:back]
	}
}

// any returns the next value as nil, bool, float64 (or Number), string, []any or map[string]any.
func (d *decodeState) any() any {
	switch c := d.peek(); c {
	case '{':
		m := map[string]any{}
		d.i++
		for {
			k, more := d.key()
			if !more {
				return m
			}
			m[unquote(k)] = d.any()
		}
	case '[':
		list := []any{}
		d.i++
		for d.peek() != ']' {
			list = append(list, d.any())
			if d.peek() == ',' {
				d.i++
			}
		}
		d.i++
		return list
	case '"':
		return unquote(d.skip())
	case 't', 'f':
		d.skip()
		return c == 't'
	case 'n':
		d.skip()
		return nil
	}
	return d.numberValue(string(d.skip()))
}

// isPlain reports whether a string's inside stands for itself.
func isPlain(s []byte) bool {
	for _, c := range s {
		if c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unquote returns the string that a valid literal stands for. What is no UTF-8, or half of a pair, is U+FFFD.
func unquote(quoted []byte) string {
	s := quoted[1 : len(quoted)-1]
	if isPlain(s) {
		return string(s)
	}
	out := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(s[i:])
			out = utf8.AppendRune(out, r)
			i += size
		case c != '\\':
			out = append(out, c)
			i++
		case s[i+1] == 'u':
			r := hex4(s[i+2:])
			i += 6
			if utf16.IsSurrogate(r) {
				if i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
					if pair := utf16.DecodeRune(r, hex4(s[i+2:])); pair != utf8.RuneError {
						out = utf8.AppendRune(out, pair)
						i += 6
						continue
					}
				}
				r = utf8.RuneError
			}
			out = utf8.AppendRune(out, r)
		default:
			c = s[i+1]
			switch c {
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			}
			out = append(out, c)
			i += 2
		}
	}
	return string(out)
}

func hex4(s []byte) (r rune) {
	for _, c := range s[:4] {
		switch {
		case c <= '9':
			c -= '0'
		default:
			c = c | 0x20 - 'a' + 10
		}
		r = r<<4 | rune(c)
	}
	return r
}
