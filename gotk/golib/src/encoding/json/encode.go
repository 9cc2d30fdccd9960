// SPDX-License-Identifier: BSD-3-Clause

package json

import (
	"encoding"
	"encoding/base64"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Marshaler makes its own JSON.
type Marshaler interface {
	MarshalJSON() ([]byte, error)
}

// UnsupportedTypeError is about a type that has no JSON form.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string { return "json: unsupported type: " + e.Type.String() }

// UnsupportedValueError is about a value that has no JSON form.
type UnsupportedValueError struct {
	Value reflect.Value
	Str   string
}

func (e *UnsupportedValueError) Error() string { return "json: unsupported value: " + e.Str }

// InvalidUTF8Error is not used any more.
type InvalidUTF8Error struct {
	S string
}

func (e *InvalidUTF8Error) Error() string {
	return "json: invalid UTF-8 in string: " + strconv.Quote(e.S)
}

// MarshalerError is an error of a method that makes JSON or text.
type MarshalerError struct {
	Type reflect.Type
	Err  error
	from string
}

func (e *MarshalerError) Error() string {
	from := e.from
	if from == "" {
		from = "MarshalJSON"
	}
	return "json: error calling " + from + " for type " + e.Type.String() + ": " + e.Err.Error()
}

// Unwrap returns the method's error.
func (e *MarshalerError) Unwrap() error { return e.Err }

// Number is a number as it is written.
type Number string

// String returns the text.
func (n Number) String() string { return string(n) }

// Float64 returns the number as a float64.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an int64.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

// RawMessage is a value's JSON, as it is.
type RawMessage []byte

// MarshalJSON returns m.
func (m RawMessage) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("null"), nil
	}
	return m, nil
}

// UnmarshalJSON keeps a copy of data.
func (m *RawMessage) UnmarshalJSON(data []byte) error {
	*m = append((*m)[:0], data...)
	return nil
}

// String returns the text.
func (m RawMessage) String() string {
	if m == nil {
		return "null"
	}
	return string(m)
}

// Marshal returns v's JSON.
func Marshal(v any) ([]byte, error) {
	s := &encodeState{html: true}
	if err := s.value(reflect.ValueOf(v)); err != nil {
		return nil, err
	}
	return s.buf, nil
}

// MarshalIndent is Marshal with Indent.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	b, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return appendIndent(nil, b, prefix, indent), nil
}

// encodeState is a value's JSON as it grows.
type encodeState struct {
	buf   []byte
	html  bool // escape what HTML cares about
	depth int  // of pointers, maps and slices
	seen  map[any]bool
}

type encoderFunc func(s *encodeState, v reflect.Value) error

// startLooking is the depth at which cycles are looked for.
const startLooking = 1000

// enter notes that the value that the pointer leads to is being written.
func (s *encodeState) enter(key any, v reflect.Value) error {
	if s.depth++; s.depth > startLooking {
		if s.seen[key] {
			return &UnsupportedValueError{v, "encountered a cycle via " + v.Type().String()}
		}
		if s.seen == nil {
			s.seen = map[any]bool{}
		}
		s.seen[key] = true
	}
	return nil
}

func (s *encodeState) leave(key any) {
	if s.depth--; s.depth >= startLooking {
		delete(s.seen, key)
	}
}

func (s *encodeState) value(v reflect.Value) error {
	if !v.IsValid() {
		s.buf = append(s.buf, "null"...)
		return nil
	}
	return encoderOf(v.Type())(s, v)
}

var (
	encoders sync.Map // reflect.Type -> encoderFunc

	marshalerType     = reflect.TypeFor[Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	numberType        = reflect.TypeFor[Number]()
)

func encoderOf(t reflect.Type) encoderFunc {
	if f, ok := encoders.Load(t); ok {
		return f.(encoderFunc)
	}
	// A type that contains itself meets this one on the way, which waits for the real one.
	var ready sync.WaitGroup
	var real encoderFunc
	ready.Add(1)
	f, there := encoders.LoadOrStore(t, encoderFunc(func(s *encodeState, v reflect.Value) error {
		ready.Wait()
		return real(s, v)
	}))
	if there {
		return f.(encoderFunc)
	}
	real = newEncoder(t, true)
	ready.Done()
	encoders.Store(t, real)
	return real
}

// newEncoder makes the encoder of a type; addressable: values of it may be, so that methods of pointers to them count.
func newEncoder(t reflect.Type, addressable bool) encoderFunc {
	for _, m := range []struct {
		iface reflect.Type
		use   encoderFunc
	}{{marshalerType, encodeMarshaler}, {textMarshalerType, encodeText}} {
		if t.Kind() != reflect.Pointer && addressable && reflect.PointerTo(t).Implements(m.iface) && !t.Implements(m.iface) {
			otherwise := newEncoder(t, false)
			return func(s *encodeState, v reflect.Value) error {
				if v.CanAddr() {
					return m.use(s, v.Addr())
				}
				return otherwise(s, v)
			}
		}
		if t.Implements(m.iface) {
			return m.use
		}
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(s *encodeState, v reflect.Value) error {
			s.buf = strconv.AppendBool(s.buf, v.Bool())
			return nil
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(s *encodeState, v reflect.Value) error {
			s.buf = strconv.AppendInt(s.buf, v.Int(), 10)
			return nil
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(s *encodeState, v reflect.Value) error {
			s.buf = strconv.AppendUint(s.buf, v.Uint(), 10)
			return nil
		}
	case reflect.Float32:
		return func(s *encodeState, v reflect.Value) error { return s.float(v, 32) }
	case reflect.Float64:
		return func(s *encodeState, v reflect.Value) error { return s.float(v, 64) }
	case reflect.String:
		if t == numberType {
			return encodeNumber
		}
		return func(s *encodeState, v reflect.Value) error {
			s.buf = appendString(s.buf, v.String(), s.html)
			return nil
		}
	case reflect.Interface:
		return func(s *encodeState, v reflect.Value) error { return s.value(v.Elem()) }
	case reflect.Struct:
		return newStructEncoder(t)
	case reflect.Map:
		return newMapEncoder(t)
	case reflect.Slice:
		if e := t.Elem(); e.Kind() == reflect.Uint8 && !reflect.PointerTo(e).Implements(marshalerType) && !reflect.PointerTo(e).Implements(textMarshalerType) {
			return encodeBytes
		}
		return newSliceEncoder(t)
	case reflect.Array:
		return newArrayEncoder(t)
	case reflect.Pointer:
		return newPointerEncoder(t)
	}
	return func(s *encodeState, v reflect.Value) error { return &UnsupportedTypeError{v.Type()} }
}

func isNil(v reflect.Value) bool {
	return (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}

// methodType is the type that errors of methods name.
func methodType(v reflect.Value) reflect.Type {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		return v.Type()
	}
	return reflect.PointerTo(v.Type())
}

func encodeMarshaler(s *encodeState, v reflect.Value) error {
	if isNil(v) {
		s.buf = append(s.buf, "null"...)
		return nil
	}
	b, err := v.Interface().(Marshaler).MarshalJSON()
	if err == nil {
		err = checkValid(b)
	}
	if err != nil {
		return &MarshalerError{methodType(v), err, "MarshalJSON"}
	}
	s.buf = appendCompact(s.buf, b, s.html)
	return nil
}

func encodeText(s *encodeState, v reflect.Value) error {
	if isNil(v) {
		s.buf = append(s.buf, "null"...)
		return nil
	}
	b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return &MarshalerError{methodType(v), err, "MarshalText"}
	}
	s.buf = appendString(s.buf, string(b), s.html)
	return nil
}

func encodeNumber(s *encodeState, v reflect.Value) error {
	text := v.String()
	if text == "" {
		text = "0"
	}
	b := []byte(text)
	if end, err := skipValue(b, 0, 0); err != nil || end != len(b) || b[0] != '-' && (b[0] < '0' || b[0] > '9') {
		return &MarshalerError{reflect.PointerTo(v.Type()), &numberError{text}, "MarshalJSONTo"}
	}
	s.buf = append(s.buf, text...)
	return nil
}

type numberError struct{ text string }

func (e *numberError) Error() string {
	return "cannot parse " + strconv.Quote(e.text) + " as JSON number: " + strconv.ErrSyntax.Error()
}

func (e *numberError) Unwrap() error { return strconv.ErrSyntax }

// float writes the shortest form, as JavaScript does: exponents for very small and very large numbers.
func (s *encodeState) float(v reflect.Value, bits int) error {
	f := v.Float()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return &UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)}
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 {
		if bits == 64 && (abs < 1e-6 || abs >= 1e21) || bits == 32 && (float32(abs) < 1e-6 || float32(abs) >= 1e21) {
			format = 'e'
		}
	}
	s.buf = strconv.AppendFloat(s.buf, f, format, -1, bits)
	if n := len(s.buf); format == 'e' && s.buf[n-4] == 'e' && s.buf[n-3] == '-' && s.buf[n-2] == '0' { // e-09 is e-9
		s.buf[n-2] = s.buf[n-1]
		s.buf = s.buf[:n-1]
	}
	return nil
}

// Bytes that a string holds as they are: plain[c] & 1 outside HTML, & 2 within.
var plain = func() (t [256]byte) {
	for c := range t {
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			t[c] = 1
			if c != '<' && c != '>' && c != '&' {
				t[c] = 3
			}
		}
	}
	return t
}()

// appendString appends s in quotes.
func appendString(dst []byte, s string, html bool) []byte {
	const hex = "0123456789abcdef"
	want := byte(1)
	if html {
		want = 2
	}
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c]&want != 0 {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			start = i + size
		case html && (r == '\u2028' || r == '\u2029'):
			dst = append(dst, s[start:i]...)
			dst = append(dst, '\\', 'u', '2', '0', '2', hex[r&15])
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	case reflect.Interface, reflect.Pointer, reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32, reflect.Float64:
		return v.IsZero()
	}
	return false
}

func newStructEncoder(t reflect.Type) encoderFunc {
	fields := fieldsOf(t).list
	var once sync.Once
	return func(s *encodeState, v reflect.Value) error {
		once.Do(func() {
			for i := range fields {
				fields[i].encode = encoderOf(fields[i].typ)
			}
		})
		sep := byte('{')
	next:
		for i := range fields {
			f := &fields[i]
			fv := v
			for k, x := range f.index {
				if k > 0 && fv.Kind() == reflect.Pointer {
					if fv.IsNil() {
						continue next
					}
					fv = fv.Elem()
				}
				fv = fv.Field(x)
			}
			if f.omitEmpty && isEmpty(fv) || f.omitZero && f.isZero(fv) {
				continue
			}
			s.buf = append(s.buf, sep)
			sep = ','
			if s.html {
				s.buf = append(s.buf, f.keyHTML...)
			} else {
				s.buf = append(s.buf, f.key...)
			}
			if !f.quoted {
				if err := f.encode(s, fv); err != nil {
					return err
				}
				continue
			}
			if err := s.quoted(f, fv); err != nil {
				return err
			}
		}
		if sep == '{' {
			s.buf = append(s.buf, '{')
		}
		s.buf = append(s.buf, '}')
		return nil
	}
}

// quoted writes a field with the option string: its JSON in a string.
func (s *encodeState) quoted(f *field, v reflect.Value) error {
	start := len(s.buf)
	if err := f.encode(s, v); err != nil {
		return err
	}
	if text := string(s.buf[start:]); text != "null" {
		s.buf = appendString(s.buf[:start], text, s.html)
	}
	return nil
}

func newMapEncoder(t reflect.Type) encoderFunc {
	var elem encoderFunc
	var once sync.Once
	return func(s *encodeState, v reflect.Value) error {
		if v.IsNil() {
			s.buf = append(s.buf, "null"...)
			return nil
		}
		once.Do(func() { elem = encoderOf(t.Elem()) })
		key := v.UnsafePointer()
		if err := s.enter(key, v); err != nil {
			return err
		}
		type entry struct {
			key   string
			value reflect.Value
		}
		entries := make([]entry, 0, v.Len())
		for it := v.MapRange(); it.Next(); {
			k, err := keyText(it.Key())
			if err != nil {
				return err
			}
			entries = append(entries, entry{k, it.Value()})
		}
		slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
		s.buf = append(s.buf, '{')
		for i, e := range entries {
			if i > 0 {
				s.buf = append(s.buf, ',')
			}
			s.buf = append(appendString(s.buf, e.key, s.html), ':')
			if err := elem(s, e.value); err != nil {
				return err
			}
		}
		s.buf = append(s.buf, '}')
		s.leave(key)
		return nil
	}
}

// keyText returns a map's key as a string.
func keyText(k reflect.Value) (string, error) {
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	if tm, ok := k.Interface().(encoding.TextMarshaler); ok {
		if isNil(k) {
			return "", nil
		}
		b, err := tm.MarshalText()
		if err != nil {
			return "", &MarshalerError{methodType(k), err, "MarshalText"}
		}
		return string(b), nil
	}
	switch k.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(k.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(k.Uint(), 10), nil
	case reflect.Interface:
		if !k.IsNil() {
			return keyText(k.Elem())
		}
	}
	return "", &UnsupportedTypeError{k.Type()}
}

func encodeBytes(s *encodeState, v reflect.Value) error {
	if v.IsNil() {
		s.buf = append(s.buf, "null"...)
		return nil
	}
	s.buf = append(s.buf, '"')
	s.buf = base64.StdEncoding.AppendEncode(s.buf, v.Bytes())
	s.buf = append(s.buf, '"')
	return nil
}

func newSliceEncoder(t reflect.Type) encoderFunc {
	array := newArrayEncoder(t)
	type slice struct {
		ptr any
		len int
	}
	return func(s *encodeState, v reflect.Value) error {
		if v.IsNil() {
			s.buf = append(s.buf, "null"...)
			return nil
		}
		key := slice{v.UnsafePointer(), v.Len()}
		if err := s.enter(key, v); err != nil {
			return err
		}
		if err := array(s, v); err != nil {
			return err
		}
		s.leave(key)
		return nil
	}
}

func newArrayEncoder(t reflect.Type) encoderFunc {
	var elem encoderFunc
	var once sync.Once
	return func(s *encodeState, v reflect.Value) error {
		once.Do(func() { elem = encoderOf(t.Elem()) })
		s.buf = append(s.buf, '[')
		for i := range v.Len() {
			if i > 0 {
				s.buf = append(s.buf, ',')
			}
			if err := elem(s, v.Index(i)); err != nil {
				return err
			}
		}
		s.buf = append(s.buf, ']')
		return nil
	}
}

func newPointerEncoder(t reflect.Type) encoderFunc {
	var elem encoderFunc
	var once sync.Once
	return func(s *encodeState, v reflect.Value) error {
		if v.IsNil() {
			s.buf = append(s.buf, "null"...)
			return nil
		}
		once.Do(func() { elem = encoderOf(t.Elem()) })
		key := v.UnsafePointer()
		if err := s.enter(key, v); err != nil {
			return err
		}
		if err := elem(s, v.Elem()); err != nil {
			return err
		}
		s.leave(key)
		return nil
	}
}
