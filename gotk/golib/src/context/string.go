// SPDX-License-Identifier: BSD-3-Clause

package context

import (
	"internal/rtype"
	"time"
)

// How contexts print: the way that led to them, from the root.

type stringer interface {
	String() string
}

func nameOf(c Context) string {
	if s, ok := c.(stringer); ok {
		return s.String()
	}
	return rtype.TypeOf(c).String()
}

// textOf is the text of a key or value: only of what has a text itself, since package fmt cannot be used here.
func textOf(v any) string {
	switch s := v.(type) {
	case stringer:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return rtype.TypeOf(v).String()
}

func (c *cancelCtx) String() string { return nameOf(c.Context) + ".WithCancel" }

func (c *timerCtx) String() string {
	return nameOf(c.cancelCtx.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func (c *valueCtx) String() string {
	return nameOf(c.Context) + ".WithValue(" + textOf(c.key) + ", " + textOf(c.val) + ")"
}

func (c withoutCancelCtx) String() string { return nameOf(c.c) + ".WithoutCancel" }
