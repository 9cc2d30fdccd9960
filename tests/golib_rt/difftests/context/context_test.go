// SPDX-License-Identifier: BSD-3-Clause

package context

import (
	std "context"
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	ours "gotk.test/rt/time"
)

type key string

func (k key) String() string { return "key " + string(k) }

func show(err error) string {
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, Canceled) || errors.Is(err, std.Canceled):
		return "canceled"
	case errors.Is(err, DeadlineExceeded) || errors.Is(err, std.DeadlineExceeded):
		return "deadline"
	}
	return err.Error()
}

func closedNow(c <-chan struct{}) string {
	if c == nil {
		return "never"
	}
	select {
	case <-c:
		return "done"
	default:
		return "open"
	}
}

// Random trees of contexts, ours and the standard ones built in the same way and cancelled in the same order.
func TestTrees(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewSource(seed))
	for round := 0; round < 2000; round++ {
		a, b := []Context{Background()}, []std.Context{std.Background()}
		var acancel, bcancel []func()
		cause := func(i int) error { return fmt.Errorf("cause %d", i) }
		for i := 1; i < 12; i++ {
			p := r.Intn(len(a))
			var x Context
			var y std.Context
			switch r.Intn(7) {
			case 0, 1:
				var f CancelFunc
				var g std.CancelFunc
				x, f = WithCancel(a[p])
				y, g = std.WithCancel(b[p])
				acancel, bcancel = append(acancel, f), append(bcancel, g)
			case 2:
				xx, f := WithCancelCause(a[p])
				yy, g := std.WithCancelCause(b[p])
				x, y = xx, yy
				acancel, bcancel = append(acancel, func() { f(cause(i)) }), append(bcancel, func() { g(cause(i)) })
			case 3:
				x, y = WithValue(a[p], key("k"), i), std.WithValue(b[p], key("k"), i)
			case 4:
				x, y = WithoutCancel(a[p]), std.WithoutCancel(b[p])
			case 5:
				xx, f := WithTimeout(a[p], ours.Hour)
				yy, g := std.WithTimeout(b[p], time.Hour)
				x, y = xx, yy
				acancel, bcancel = append(acancel, f), append(bcancel, g)
			case 6:
				xx, f := WithDeadlineCause(a[p], ours.Now().Add(-ours.Hour), cause(i))
				yy, g := std.WithDeadlineCause(b[p], time.Now().Add(-time.Hour), cause(i))
				x, y = xx, yy
				acancel, bcancel = append(acancel, f), append(bcancel, g)
			}
			a, b = append(a, x), append(b, y)
			if n := len(acancel); n > 0 && r.Intn(4) == 0 {
				k := r.Intn(n)
				acancel[k]()
				bcancel[k]()
			}
			for j := range a {
				_, ad := a[j].Deadline()
				_, bd := b[j].Deadline()
				got := fmt.Sprint(show(a[j].Err()), " ", show(Cause(a[j])), " ", closedNow(a[j].Done()), a[j].Value(key("k")), ad)
				want := fmt.Sprint(show(b[j].Err()), " ", show(std.Cause(b[j])), " ", closedNow(b[j].Done()), b[j].Value(key("k")), bd)
				if got != want {
					t.Fatalf("%v: %s, want %s", b[j], got, want)
				}
				if s := fmt.Sprint(b[j]); !strings.Contains(s, "WithDeadline") && fmt.Sprint(a[j]) != s {
					t.Fatal(a[j], s)
				}
			}
		}
		for i := range acancel {
			acancel[i]()
			bcancel[i]()
		}
	}
}

type custom struct {
	Context
	done chan struct{}
}

func (c *custom) Done() <-chan struct{} { return c.done }
func (c *custom) Err() error {
	if closedNow(c.done) == "done" {
		return errors.New("custom")
	}
	return nil
}

func TestForeignParent(t *testing.T) {
	p := &custom{Background(), make(chan struct{})}
	c, cancel := WithCancel(p)
	defer cancel()
	d, cancel2 := WithCancel(c)
	defer cancel2()
	close(p.done)
	<-d.Done()
	if c.Err() == nil || d.Err().Error() != "custom" {
		t.Fatal(c.Err(), d.Err())
	}
}

func TestAfterFunc(t *testing.T) {
	var n atomic.Int32
	c, cancel := WithCancel(Background())
	ran := make(chan bool, 1)
	stop := AfterFunc(c, func() { n.Add(1); ran <- true })
	stop2 := AfterFunc(c, func() { n.Add(100) })
	if !stop2() || stop2() {
		t.Fatal("stop")
	}
	cancel()
	<-ran
	if stop() || n.Load() != 1 {
		t.Fatal(n.Load())
	}
	AfterFunc(c, func() { ran <- true })
	<-ran
}

func TestPanics(t *testing.T) {
	for want, f := range map[string]func(){
		"cannot create context from nil parent": func() { WithCancel(nil) },
		"nil key":                               func() { WithValue(Background(), nil, 1) },
		"key is not comparable":                 func() { WithValue(Background(), []int{}, 1) },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Fatal(got, want)
				}
			}()
			f()
		}()
	}
}

func TestTexts(t *testing.T) {
	a := WithValue(WithValue(WithValue(Background(), key("a"), 1), "b", "c"), 3, nil)
	b := std.WithValue(std.WithValue(std.WithValue(std.Background(), key("a"), 1), "b", "c"), 3, nil)
	if fmt.Sprint(a) != fmt.Sprint(b) || fmt.Sprint(TODO()) != fmt.Sprint(std.TODO()) {
		t.Fatal(a, b)
	}
	c, cancel := WithTimeout(Background(), ours.Hour)
	defer cancel()
	if s := fmt.Sprint(c); !strings.HasPrefix(s, "context.Background.WithDeadline(2") || !strings.Contains(s, " [59m59.") {
		t.Fatal(s)
	}
	if DeadlineExceeded.Error() != std.DeadlineExceeded.Error() || Canceled.Error() != std.Canceled.Error() {
		t.Fatal("texts")
	}
}
