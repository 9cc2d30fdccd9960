// SPDX-License-Identifier: BSD-3-Clause

// Package encoding has the interfaces of values that turn themselves into bytes or text and back.
package encoding

// BinaryMarshaler makes its binary form.
type BinaryMarshaler interface {
	MarshalBinary() (data []byte, err error)
}

// BinaryUnmarshaler takes its value from its binary form, of which it must keep a copy if it keeps it.
type BinaryUnmarshaler interface {
	UnmarshalBinary(data []byte) error
}

// BinaryAppender appends its binary form.
type BinaryAppender interface {
	AppendBinary(b []byte) ([]byte, error)
}

// TextMarshaler makes its form as UTF-8 text.
type TextMarshaler interface {
	MarshalText() (text []byte, err error)
}

// TextUnmarshaler takes its value from its text, of which it must keep a copy if it keeps it.
type TextUnmarshaler interface {
	UnmarshalText(text []byte) error
}

// TextAppender appends its form as UTF-8 text.
type TextAppender interface {
	AppendText(b []byte) ([]byte, error)
}
