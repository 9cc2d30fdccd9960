// SPDX-License-Identifier: BSD-3-Clause

// Channels and select.
package reflect

import "unsafe"

//gotk:native makechan
func makechan(t *rtype, size int) unsafe.Pointer

//gotk:native chansend
func chansend(c, elem unsafe.Pointer)

//gotk:native chanrecv
func chanrecv(c, elem unsafe.Pointer) bool

//gotk:native closechan
func closechan(c unsafe.Pointer)

//gotk:native chanlen
func chanlen(c unsafe.Pointer) int

//gotk:native chancap
func chancap(c unsafe.Pointer) int

// runtimeCase is a case of selectgo.
type runtimeCase struct {
	c    unsafe.Pointer
	elem unsafe.Pointer
	dir  int
}

const (
	caseRecv = 1
	caseSend = 2
)

//gotk:native selectgo
func selectgo(cases *runtimeCase, n int, hasDefault bool) (int, bool)

// MakeChan makes a channel of the type.
func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return Value{t, makechan(t, buffer), flag(Chan)}
}

// Close closes the channel v.
func (v Value) Close() {
	v.mustBe(Chan, "Close")
	v.mustBeExported("reflect.Value.Close")
	if ChanDir(v.typ.t.ChanDir())&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	closechan(v.word())
}

// Send sends x on the channel v.
func (v Value) Send(x Value) {
	v.mustBe(Chan, "Send")
	v.mustBeExported("reflect.Value.Send")
	chansend(v.word(), v.toSend("reflect: send on recv-only channel", x).memory())
}

// TrySend sends x if that does not block.
func (v Value) TrySend(x Value) bool {
	v.mustBe(Chan, "TrySend")
	v.mustBeExported("reflect.Value.TrySend")
	elem := v.toSend("reflect: send on recv-only channel", x)
	if v.word() == nil {
		return false
	}
	c := &runtimeCase{v.word(), elem.memory(), caseSend}
	i, _ := selectgo(c, 1, true)
	return i == 0
}

func (v Value) toSend(wrongDir string, x Value) Value {
	if ChanDir(v.typ.t.ChanDir())&SendDir == 0 {
		panic(wrongDir)
	}
	x.mustBeExported("reflect.Value.Send")
	return x.assignTo("reflect.Value.Send", v.typ.elem())
}

// Recv receives from the channel v; ok is false if it is closed.
func (v Value) Recv() (x Value, ok bool) {
	v.mustBe(Chan, "Recv")
	v.mustBeExported("reflect.Value.Recv")
	p := v.toRecv()
	ok = chanrecv(v.word(), p)
	return valueAt(v.typ.elem(), p, 0), ok
}

// TryRecv receives if that does not block; else x is the zero Value.
func (v Value) TryRecv() (x Value, ok bool) {
	v.mustBe(Chan, "TryRecv")
	v.mustBeExported("reflect.Value.TryRecv")
	p := v.toRecv()
	if v.word() == nil {
		return Value{}, false
	}
	i, ok := selectgo(&runtimeCase{v.word(), p, caseRecv}, 1, true)
	if i != 0 {
		return Value{}, false
	}
	return valueAt(v.typ.elem(), p, 0), ok
}

// toRecv makes the variable that is received into.
func (v Value) toRecv() unsafe.Pointer {
	if ChanDir(v.typ.t.ChanDir())&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	return newCell(v.typ.elem())
}

// SelectDir says what a SelectCase does.
type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// SelectCase is a case of a select statement.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Select does one of the cases, as a select statement does.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	if len(cases) > 65536 {
		panic("reflect.Select: too many cases (max 65536)")
	}
	low := make([]runtimeCase, 0, len(cases)+1)
	place := make([]int, 0, len(cases)) // of each low case among cases
	defaultAt := -1
	for i, c := range cases {
		switch c.Dir {
		case SelectDefault:
			if defaultAt >= 0 {
				panic("reflect.Select: multiple default cases")
			}
			defaultAt = i
			if c.Chan.IsValid() {
				panic("reflect.Select: default case has Chan value")
			}
			if c.Send.IsValid() {
				panic("reflect.Select: default case has Send value")
			}
		case SelectSend:
			if !c.Chan.IsValid() {
				continue
			}
			c.Chan.functionMustBe(Chan)
			c.Chan.mustBeExported("unknown method")
			if ChanDir(c.Chan.typ.t.ChanDir())&SendDir == 0 {
				panic("reflect.Select: SendDir case using recv-only channel")
			}
			if !c.Send.IsValid() {
				panic("reflect.Select: SendDir case missing Send value")
			}
			c.Send.mustBeExported("unknown method")
			x := c.Send.assignTo("reflect.Select", c.Chan.typ.elem())
			low = append(low, runtimeCase{c.Chan.word(), x.memory(), caseSend})
			place = append(place, i)
		case SelectRecv:
			if c.Send.IsValid() {
				panic("reflect.Select: RecvDir case has Send value")
			}
			if !c.Chan.IsValid() {
				continue
			}
			c.Chan.functionMustBe(Chan)
			c.Chan.mustBeExported("unknown method")
			if ChanDir(c.Chan.typ.t.ChanDir())&RecvDir == 0 {
				panic("reflect.Select: RecvDir case using send-only channel")
			}
			low = append(low, runtimeCase{c.Chan.word(), newCell(c.Chan.typ.elem()), caseRecv})
			place = append(place, i)
		default:
			panic("reflect.Select: invalid Dir")
		}
	}
	i, ok := selectgo(unsafe.SliceData(low), len(low), defaultAt >= 0)
	if i < 0 {
		return defaultAt, Value{}, false
	}
	chosen = place[i]
	if low[i].dir == caseRecv {
		recv = valueAt(cases[chosen].Chan.typ.elem(), low[i].elem, 0)
		recvOK = ok
	}
	return chosen, recv, recvOK
}
