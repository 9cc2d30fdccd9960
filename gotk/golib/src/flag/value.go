// SPDX-License-Identifier: BSD-3-Clause

package flag

import (
	"encoding"
	"errors"
	"internal/rtype"
	"strconv"
	"time"
)

// Value is a flag's variable. A type with IsBoolFlag() true makes -name stand for -name=true.
type Value interface {
	String() string
	Set(string) error
}

// Getter is a Value whose content can be read; those of this package are, but for Func's.
type Getter interface {
	Value
	Get() any
}

type boolFlag interface {
	Value
	IsBoolFlag() bool
}

func isBoolFlag(v Value) bool {
	b, ok := v.(boolFlag)
	return ok && b.IsBoolFlag()
}

var (
	errParse = errors.New("parse error")
	errRange = errors.New("value out of range")
)

// plain replaces strconv's errors, which repeat the text, by what is wrong.
func plain(err error) error {
	var e *strconv.NumError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Err {
	case strconv.ErrSyntax:
		return errParse
	case strconv.ErrRange:
		return errRange
	}
	return err
}

type boolValue bool

func (b *boolValue) Set(s string) error {
	v, err := strconv.ParseBool(s)
	if err != nil {
		err = errParse
	}
	*b = boolValue(v)
	return err
}
func (b *boolValue) Get() any         { return bool(*b) }
func (b *boolValue) String() string   { return strconv.FormatBool(bool(*b)) }
func (b *boolValue) IsBoolFlag() bool { return true }

type intValue int

func (i *intValue) Set(s string) error {
	v, err := strconv.ParseInt(s, 0, strconv.IntSize)
	*i = intValue(v)
	return plain(err)
}
func (i *intValue) Get() any       { return int(*i) }
func (i *intValue) String() string { return strconv.Itoa(int(*i)) }

type int64Value int64

func (i *int64Value) Set(s string) error {
	v, err := strconv.ParseInt(s, 0, 64)
	*i = int64Value(v)
	return plain(err)
}
func (i *int64Value) Get() any       { return int64(*i) }
func (i *int64Value) String() string { return strconv.FormatInt(int64(*i), 10) }

type uintValue uint

func (i *uintValue) Set(s string) error {
	v, err := strconv.ParseUint(s, 0, strconv.IntSize)
	*i = uintValue(v)
	return plain(err)
}
func (i *uintValue) Get() any       { return uint(*i) }
func (i *uintValue) String() string { return strconv.FormatUint(uint64(*i), 10) }

type uint64Value uint64

func (i *uint64Value) Set(s string) error {
	v, err := strconv.ParseUint(s, 0, 64)
	*i = uint64Value(v)
	return plain(err)
}
func (i *uint64Value) Get() any       { return uint64(*i) }
func (i *uint64Value) String() string { return strconv.FormatUint(uint64(*i), 10) }

type float64Value float64

func (f *float64Value) Set(s string) error {
	v, err := strconv.ParseFloat(s, 64)
	*f = float64Value(v)
	return plain(err)
}
func (f *float64Value) Get() any       { return float64(*f) }
func (f *float64Value) String() string { return strconv.FormatFloat(float64(*f), 'g', -1, 64) }

type stringValue string

func (s *stringValue) Set(v string) error {
	*s = stringValue(v)
	return nil
}
func (s *stringValue) Get() any       { return string(*s) }
func (s *stringValue) String() string { return string(*s) }

type durationValue time.Duration

func (d *durationValue) Set(s string) error {
	v, err := time.ParseDuration(s)
	if err != nil {
		err = errParse
	}
	*d = durationValue(v)
	return err
}
func (d *durationValue) Get() any       { return time.Duration(*d) }
func (d *durationValue) String() string { return time.Duration(*d).String() }

type funcValue func(string) error

func (f funcValue) Set(s string) error { return f(s) }
func (f funcValue) String() string     { return "" }

type boolFuncValue func(string) error

func (f boolFuncValue) Set(s string) error { return f(s) }
func (f boolFuncValue) String() string     { return "" }
func (f boolFuncValue) IsBoolFlag() bool   { return true }

// textValue is a variable that reads and writes itself as text.
type textValue struct{ p encoding.TextUnmarshaler }

func (v textValue) Set(s string) error { return v.p.UnmarshalText([]byte(s)) }
func (v textValue) Get() any           { return v.p }
func (v textValue) String() string {
	if m, ok := v.p.(encoding.TextMarshaler); ok {
		if b, err := m.MarshalText(); err == nil {
			return string(b)
		}
	}
	return ""
}

// newTextValue sets *p, a variable of the default's type, to the default.
func newTextValue(value encoding.TextMarshaler, p encoding.TextUnmarshaler) textValue {
	to := rtype.ValueOf(p)
	if to.Kind() != rtype.Pointer {
		panic("variable value type must be a pointer")
	}
	from := rtype.ValueOf(value)
	if from.Kind() == rtype.Pointer {
		from = from.Elem()
	}
	to = to.Elem()
	if from.Typ != to.Typ {
		panic("default type does not match variable type: " + typeName(from) + " != " + typeName(to))
	}
	to.Set(from)
	return textValue{p}
}

func typeName(v rtype.Value) string {
	if !v.IsValid() {
		return "<nil>"
	}
	return v.Typ.String()
}

// zeroText is what the zero value of v's type says of itself.
func zeroText(v Value) string {
	x := rtype.ValueOf(v)
	var zero any
	if x.Kind() == rtype.Pointer {
		// A pointer to a zero value: of the same type as v.
		p := x.Copy()
		e := rtype.New(x.Typ.Elem())
		setPointer(p, e)
		zero = p.Interface()
	} else {
		zero = rtype.New(x.Typ).Interface()
	}
	return zero.(Value).String()
}
