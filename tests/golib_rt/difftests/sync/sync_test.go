// SPDX-License-Identifier: BSD-3-Clause

package sync

import (
	"fmt"
	"math/rand"
	"runtime"
	std "sync"
	"sync/atomic"
	"testing"
	"time"
)

func wantPanic(t *testing.T, want any, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := recover(); got != want {
			t.Fatalf("panic %v, want %v", got, want)
		}
	}()
	f()
}

func TestMutexExcludes(t *testing.T) {
	var m Mutex
	var wg std.WaitGroup
	count, inside := 0, int32(0)
	for i := 0; i < 16; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 2000; j++ {
				if j%7 != 0 || !m.TryLock() {
					m.Lock()
				}
				if atomic.AddInt32(&inside, 1) != 1 {
					t.Error("two inside")
				}
				count++
				if j%97 == 0 {
					runtime.Gosched()
				}
				atomic.AddInt32(&inside, -1)
				m.Unlock()
			}
		}()
	}
	wg.Wait()
	if count != 32000 || m.state != 0 {
		t.Fatal(count, m.state)
	}
	wantPanic(t, "fatal error: sync: unlock of unlocked mutex", m.Unlock)
}

func TestMutexStarvation(t *testing.T) {
	// A goroutine that locks again at once must not keep one out that wants it now and then.
	var m Mutex
	var stop atomic.Bool
	done := make(chan bool)
	go func() {
		for !stop.Load() {
			m.Lock()
			time.Sleep(100 * time.Microsecond)
			m.Unlock()
		}
		close(done)
	}()
	for i := 0; i < 10; i++ {
		time.Sleep(100 * time.Microsecond)
		begin := time.Now()
		m.Lock()
		m.Unlock()
		if d := time.Since(begin); d > 5*time.Second {
			t.Fatal("waited", d)
		}
	}
	stop.Store(true)
	<-done
	if m.state != 0 {
		t.Fatalf("state %#x", m.state)
	}
}

func TestRWMutex(t *testing.T) {
	var rw RWMutex
	var wg std.WaitGroup
	var readers, writers atomic.Int32
	for i := 0; i < 12; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for j := 0; j < 500; j++ {
				if i%4 == 0 {
					if j%3 != 0 || !rw.TryLock() {
						rw.Lock()
					}
					if writers.Add(1) != 1 || readers.Load() != 0 {
						t.Error("writer not alone")
					}
					runtime.Gosched()
					writers.Add(-1)
					rw.Unlock()
				} else {
					if j%3 != 0 || !rw.TryRLock() {
						rw.RLock()
					}
					readers.Add(1)
					if writers.Load() != 0 {
						t.Error("reader beside writer")
					}
					runtime.Gosched()
					readers.Add(-1)
					rw.RUnlock()
				}
			}
		}(i)
	}
	wg.Wait()
	wantPanic(t, "fatal error: sync: RUnlock of unlocked RWMutex", func() { new(RWMutex).RUnlock() })
	wantPanic(t, "fatal error: sync: Unlock of unlocked RWMutex", func() { new(RWMutex).Unlock() })
	l := rw.RLocker()
	l.Lock()
	if rw.TryLock() || !rw.TryRLock() {
		t.Fatal("RLocker")
	}
	rw.RUnlock()
	l.Unlock()
}

// Readers counted by processor: on any slot, in locks that begin to do so, or cease to, at any moment.
func TestRWMutexSpread(t *testing.T) {
	for _, written := range []int64{-1 << 60, 0, 1 << 60} { // never, sometimes, always given up by a writer
		var rw RWMutex
		var wg std.WaitGroup
		var readers, writers, spreads atomic.Int32
		for i := 0; i < 12; i++ {
			wg.Add(1)
			go func(i int) {
				defer wg.Done()
				for j := 0; j < 2000; j++ {
					if i == 0 || j%100 == i {
						if j%3 != 0 || !rw.TryLock() {
							rw.Lock()
						}
						if writers.Add(1) != 1 || readers.Load() != 0 {
							t.Error("writer not alone")
						}
						runtime.Gosched()
						writers.Add(-1)
						if c := rw.counted(); c != nil && written != 0 {
							c.written = written
						}
						rw.Unlock()
						continue
					}
					if j%3 != 0 || !rw.TryRLock() {
						rw.RLock()
					}
					readers.Add(1)
					if writers.Load() != 0 {
						t.Error("reader beside writer")
					}
					if j%7 == 0 {
						runtime.Gosched()
					}
					readers.Add(-1)
					if rw.counted() != nil {
						spreads.Add(1)
					} else if j%5 == 0 {
						rw.noted = crowdedAfter
						rw.crowded()
					}
					rw.RUnlock()
				}
			}(i)
		}
		wg.Wait()
		if spreads.Load() == 0 {
			t.Error("not one reader was counted by processor")
		}
		if !rw.TryLock() {
			t.Error("a reader is left")
		}
		rw.Unlock()
		if c := rw.counted(); c != nil && int(rw.readers)+c.sum() != 0 {
			t.Error("readers are left: ", rw.readers, c.sum())
		}
	}
	spread := func() *RWMutex {
		rw := new(RWMutex)
		rw.RLock()
		rw.noted = crowdedAfter
		rw.crowded()
		rw.RUnlock()
		if rw.counted() == nil {
			t.Fatal("not spread")
		}
		return rw
	}
	wantPanic(t, "fatal error: sync: RUnlock of unlocked RWMutex", func() { spread().RUnlock() })
	wantPanic(t, "fatal error: sync: Unlock of unlocked RWMutex", func() { spread().Unlock() })
	rw := spread()
	rw.RLock()
	if rw.TryLock() || !rw.TryRLock() {
		t.Fatal("two readers, no writer")
	}
	rw.RUnlock()
	rw.RUnlock()
	if !rw.TryLock() || rw.TryRLock() {
		t.Fatal("one writer, no readers")
	}
	rw.Unlock()
}

func TestWaitGroup(t *testing.T) {
	for round := 0; round < 200; round++ {
		var wg WaitGroup
		var n atomic.Int32
		for i := 0; i < 8; i++ {
			wg.Go(func() { n.Add(1) })
		}
		var waiters std.WaitGroup
		for i := 0; i < 3; i++ {
			waiters.Add(1)
			go func() {
				defer waiters.Done()
				wg.Wait()
				if n.Load() != 8 {
					t.Error("Wait returned early")
				}
			}()
		}
		waiters.Wait()
	}
	wantPanic(t, "sync: negative WaitGroup counter", func() { new(WaitGroup).Done() })
}

func TestOnce(t *testing.T) {
	var o Once
	var n int
	var wg std.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			o.Do(func() {
				time.Sleep(time.Millisecond)
				n++
			})
			if n != 1 {
				t.Error("Do returned before the call did")
			}
		}()
	}
	wg.Wait()
	var p Once
	wantPanic(t, "x", func() { p.Do(func() { panic("x") }) })
	p.Do(func() { t.Error("called again") })

	calls := 0
	v := OnceValues(func() (int, error) { calls++; return 7, fmt.Errorf("e") })
	for i := 0; i < 3; i++ {
		if a, err := v(); a != 7 || err.Error() != "e" || calls != 1 {
			t.Fatal(a, err, calls)
		}
	}
	f := OnceFunc(func() { calls++; panic("again") })
	for i := 0; i < 3; i++ {
		wantPanic(t, "again", f)
	}
	if calls != 2 {
		t.Fatal(calls)
	}
}

func TestCond(t *testing.T) {
	var m Mutex
	c := NewCond(&m)
	const n = 10
	order := make(chan int, n)
	for i := 0; i < n; i++ {
		ready := make(chan bool)
		go func() {
			m.Lock()
			close(ready)
			c.Wait()
			order <- i
			m.Unlock()
		}()
		<-ready
		m.Lock() // it waits now
		m.Unlock()
	}
	for i := 0; i < 3; i++ {
		c.Signal()
		if got := <-order; got != i {
			t.Fatal("woken out of order:", got, i)
		}
	}
	c.Broadcast()
	for i := 3; i < n; i++ {
		<-order
	}
	c.Signal()
	c.Broadcast()
	d := *c
	wantPanic(t, "sync.Cond is copied", d.Signal)
}

func TestPool(t *testing.T) {
	p := Pool{New: func() any { return new([]int) }}
	var live std.Map
	var wg std.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 3000; j++ {
				x := p.Get().(*[]int)
				if _, there := live.LoadOrStore(x, true); there {
					t.Error("a value given to two")
				}
				runtime.Gosched()
				live.Delete(x)
				p.Put(x)
			}
		}()
	}
	wg.Wait()
	var q Pool
	if q.Get() != nil {
		t.Fatal("Get of an empty pool")
	}
	for i := 0; i < 3000; i++ {
		q.Put(i)
	}
	seen := map[any]bool{}
	for x := q.Get(); x != nil; x = q.Get() {
		if seen[x] {
			t.Fatal("twice", x)
		}
		seen[x] = true
	}
}

// Random operations by one goroutine, against a plain map.
func TestMapModel(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewSource(seed))
	var m Map
	var ref std.Map
	for i := 0; i < 200000; i++ {
		k, v, w := r.Intn(20), r.Intn(4), r.Intn(4)
		var got, want string
		switch r.Intn(10) {
		case 0:
			m.Store(k, v)
			ref.Store(k, v)
		case 1:
			got, want = fmt.Sprint(m.Load(k)), fmt.Sprint(ref.Load(k))
		case 2:
			got, want = fmt.Sprint(m.LoadOrStore(k, v)), fmt.Sprint(ref.LoadOrStore(k, v))
		case 3:
			got, want = fmt.Sprint(m.LoadAndDelete(k)), fmt.Sprint(ref.LoadAndDelete(k))
		case 4:
			got, want = fmt.Sprint(m.CompareAndSwap(k, v, w)), fmt.Sprint(ref.CompareAndSwap(k, v, w))
		case 5:
			got, want = fmt.Sprint(m.CompareAndDelete(k, v)), fmt.Sprint(ref.CompareAndDelete(k, v))
		case 6:
			got, want = fmt.Sprint(m.Swap(k, v)), fmt.Sprint(ref.Swap(k, v))
		case 7:
			m.Delete(k)
			ref.Delete(k)
		case 8:
			a, b := map[any]any{}, map[any]any{}
			m.Range(func(k, v any) bool { a[k] = v; return true })
			ref.Range(func(k, v any) bool { b[k] = v; return true })
			got, want = fmt.Sprint(a), fmt.Sprint(b)
		case 9:
			if r.Intn(50) == 0 {
				m.Clear()
				ref.Clear()
			}
		}
		if got != want {
			t.Fatalf("step %d: %s, want %s", i, got, want)
		}
	}
}

func TestMapConcurrent(t *testing.T) {
	var m Map
	var sum atomic.Int64
	var wg std.WaitGroup
	const n = 8
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 3000; j++ {
				k := j % 37
				for { // k counts how often it was raised
					old, loaded := m.LoadOrStore(k, 1)
					if !loaded || m.CompareAndSwap(k, old, old.(int)+1) {
						break
					}
				}
				if j%100 == 0 {
					if v, ok := m.LoadAndDelete(k); ok {
						sum.Add(int64(v.(int)))
					}
					m.Range(func(k, v any) bool { return true })
				}
			}
		}()
	}
	wg.Wait()
	m.Range(func(k, v any) bool { sum.Add(int64(v.(int))); return true })
	if sum.Load() != n*3000 {
		t.Fatal(sum.Load())
	}
}
