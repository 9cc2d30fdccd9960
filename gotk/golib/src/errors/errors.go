// SPDX-License-Identifier: BSD-3-Clause

// Package errors makes, wraps and takes apart error values.
package errors

import (
	"internal/rtype"
	"unsafe"
)

// ErrUnsupported says that an operation cannot be done because it is not supported.
var ErrUnsupported error = &errorString{"unsupported operation"}

// errorString is what New returns; its identity, not its text, makes two errors equal.
type errorString struct {
	s string // %#v shows the name
}

func (e *errorString) Error() string { return e.s }

// New returns an error with this text. Each call returns a distinct value.
func New(text string) error {
	return &errorString{text}
}

type wrapper interface {
	Unwrap() error
}

type multiWrapper interface {
	Unwrap() []error
}

// Unwrap returns what err's method Unwrap() error returns, or nil if it has none.
func Unwrap(err error) error {
	if w, ok := err.(wrapper); ok {
		return w.Unwrap()
	}
	return nil
}

type joinError struct {
	errs []error
}

func (e *joinError) Error() string {
	n := len(e.errs) - 1
	texts := make([]string, len(e.errs))
	for i, err := range e.errs {
		texts[i] = err.Error()
		n += len(texts[i])
	}
	buf := make([]byte, 0, n)
	for i, s := range texts {
		if i > 0 {
			buf = append(buf, '\n')
		}
		buf = append(buf, s...)
	}
	return unsafe.String(unsafe.SliceData(buf), len(buf))
}

func (e *joinError) Unwrap() []error { return e.errs }

// Join wraps the errors that are not nil; it returns nil when there are none.
func Join(errs ...error) error {
	n := 0
	for _, err := range errs {
		if err != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	kept := make([]error, 0, n)
	for _, err := range errs {
		if err != nil {
			kept = append(kept, err)
		}
	}
	return &joinError{kept}
}

type isser interface {
	Is(error) bool
}

// Is reports whether err or any error that it wraps, depth first, equals target
// or says so by a method Is(error) bool.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target, rtype.TypeOf(target).Comparable())
}

func is(err, target error, comparable bool) bool {
	for err != nil {
		if comparable && rtype.TypeOf(err) == rtype.TypeOf(target) && err == target {
			return true
		}
		if x, ok := err.(isser); ok && x.Is(target) {
			return true
		}
		if m, ok := err.(multiWrapper); ok {
			for _, e := range m.Unwrap() {
				if e != nil && is(e, target, comparable) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return false
}

type asser interface {
	As(any) bool
}

var errorType = rtype.TypeOf((*error)(nil)).Elem()

// As finds the first error in err's tree that can be assigned to what target points to,
// and assigns it. It panics unless target is a non-nil pointer to a type that implements error
// or to an interface type.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	v := rtype.ValueOf(target)
	if v.Typ.Kind() != rtype.Pointer || v.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	t := v.Typ.Elem()
	if t.Kind() != rtype.Interface && !t.Implements(errorType) {
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target, v.Elem())
}

func as(err error, target any, dst rtype.Value) bool {
	for err != nil {
		if rtype.TypeOf(err).AssignableTo(dst.Typ) {
			dst.Set(rtype.ValueOf(err))
			return true
		}
		if x, ok := err.(asser); ok && x.As(target) {
			return true
		}
		if m, ok := err.(multiWrapper); ok {
			for _, e := range m.Unwrap() {
				if e != nil && as(e, target, dst) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return false
}

// AsType returns the first error in err's tree that has type E.
func AsType[E error](err error) (E, bool) {
	for err != nil {
		if e, ok := err.(E); ok {
			return e, true
		}
		if x, ok := err.(asser); ok {
			var e E
			if x.As(&e) {
				return e, true
			}
		}
		if m, ok := err.(multiWrapper); ok {
			for _, sub := range m.Unwrap() {
				if e, ok := AsType[E](sub); ok {
					return e, true
				}
			}
			break
		}
		err = Unwrap(err)
	}
	var zero E
	return zero, false
}
