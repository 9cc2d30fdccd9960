// SPDX-License-Identifier: BSD-3-Clause

package sync

import "sync/atomic"

// Map is a map[any]any that goroutines can share. It suits keys that are written once and read often, and
// goroutines that work on different keys.
//
// Reads of known keys take no lock: they go to a read-only map, whose entries are changed in place, atomically. New keys
// go to a second map, under the mutex, which also holds all live entries of the first. When as many reads have missed
// the first map as the second has keys, the second takes its place. A deleted entry holds nil; when a new second map is made, those
// entries are marked as expunged and left out of it, and a store to such a key has to put it in again.
type Map struct {
	_      noCopy
	m      Mutex
	read   atomic.Pointer[readMap]
	dirty  map[any]*mapEntry // nil if all keys are in read; guarded by m
	misses int               // guarded by m
}

type readMap struct {
	entries map[any]*mapEntry
	amended bool // dirty has keys that entries lacks
}

type mapEntry struct {
	p atomic.Pointer[any] // nil: deleted; expunged: deleted and not in dirty
}

var expunged = new(any)

func newEntry(value any) *mapEntry {
	e := new(mapEntry)
	e.p.Store(&value)
	return e
}

func (m *Map) readOnly() readMap {
	if r := m.read.Load(); r != nil {
		return *r
	}
	return readMap{}
}

// find returns the key's entry without regard to whether it is deleted; it may count a miss.
func (m *Map) find(key any) *mapEntry {
	r := m.readOnly()
	e := r.entries[key]
	if e != nil || !r.amended {
		return e
	}
	m.m.Lock()
	r = m.readOnly()
	e = r.entries[key]
	if e == nil && r.amended {
		e = m.dirty[key]
		m.missed()
	}
	m.m.Unlock()
	return e
}

func (m *Map) missed() {
	m.misses++
	if m.misses >= len(m.dirty) {
		m.promote()
	}
}

func (m *Map) promote() {
	m.read.Store(&readMap{entries: m.dirty})
	m.dirty = nil
	m.misses = 0
}

func (e *mapEntry) load() (value any, ok bool) {
	p := e.p.Load()
	if p == nil || p == expunged {
		return nil, false
	}
	return *p, true
}

// Load returns the key's value, and whether there is one.
func (m *Map) Load(key any) (value any, ok bool) {
	e := m.find(key)
	if e == nil {
		return nil, false
	}
	return e.load()
}

// Store sets the key's value.
func (m *Map) Store(key, value any) { m.Swap(key, value) }

// lockedEntry returns the key's entry, made if it is not there, ready to be stored to; m.m is held. A new one holds nil.
func (m *Map) lockedEntry(key any) *mapEntry {
	r := m.readOnly()
	if e := r.entries[key]; e != nil {
		if e.p.CompareAndSwap(expunged, nil) {
			m.dirty[key] = e // expunged entries exist only while there is a dirty map
		}
		return e
	}
	if e := m.dirty[key]; e != nil {
		return e
	}
	if !r.amended {
		if m.dirty == nil {
			m.dirty = make(map[any]*mapEntry, len(r.entries)+1)
			for k, e := range r.entries {
				if !e.expunge() {
					m.dirty[k] = e
				}
			}
		}
		m.read.Store(&readMap{entries: r.entries, amended: true})
	}
	e := new(mapEntry)
	m.dirty[key] = e
	return e
}

// expunge marks a deleted entry; it returns false if the entry has a value.
func (e *mapEntry) expunge() bool {
	for {
		p := e.p.Load()
		if p == expunged {
			return true
		}
		if p != nil {
			return false
		}
		if e.p.CompareAndSwap(nil, expunged) {
			return true
		}
	}
}

// Swap sets the key's value and returns the one before, and whether there was one.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	if e := m.readOnly().entries[key]; e != nil {
		for {
			p := e.p.Load()
			if p == expunged {
				break
			}
			if e.p.CompareAndSwap(p, &value) {
				if p == nil {
					return nil, false
				}
				return *p, true
			}
		}
	}
	m.m.Lock()
	e := m.lockedEntry(key)
	p := e.p.Swap(&value)
	m.m.Unlock()
	if p == nil {
		return nil, false
	}
	return *p, true
}

// LoadOrStore returns the key's value if there is one, else it stores the given one; loaded tells which.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	if e := m.readOnly().entries[key]; e != nil {
		if actual, loaded, ok := e.loadOrStore(&value); ok {
			return actual, loaded
		}
	}
	m.m.Lock()
	e := m.lockedEntry(key)
	actual, loaded, _ = e.loadOrStore(&value)
	m.m.Unlock()
	return actual, loaded
}

func (e *mapEntry) loadOrStore(value *any) (actual any, loaded, ok bool) {
	for {
		p := e.p.Load()
		if p == expunged {
			return nil, false, false
		}
		if p != nil {
			return *p, true, true
		}
		if e.p.CompareAndSwap(nil, value) {
			return *value, false, true
		}
	}
}

// Delete removes the key.
func (m *Map) Delete(key any) { m.LoadAndDelete(key) }

// LoadAndDelete removes the key and returns its value, and whether there was one.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	r := m.readOnly()
	e := r.entries[key]
	if e == nil && r.amended {
		m.m.Lock()
		r = m.readOnly()
		e = r.entries[key]
		if e == nil && r.amended {
			e = m.dirty[key]
			delete(m.dirty, key)
			m.missed()
		}
		m.m.Unlock()
	}
	if e == nil {
		return nil, false
	}
	for {
		p := e.p.Load()
		if p == nil || p == expunged {
			return nil, false
		}
		if e.p.CompareAndSwap(p, nil) {
			return *p, true
		}
	}
}

// CompareAndSwap sets the key's value to new if it is old, and tells whether it did. The old value must be comparable.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	e := m.find(key)
	if e == nil {
		return false
	}
	for {
		p := e.p.Load()
		if p == nil || p == expunged || *p != old {
			return false
		}
		if e.p.CompareAndSwap(p, &new) {
			return true
		}
	}
}

// CompareAndDelete removes the key if its value is old, and tells whether it did. The old value must be comparable.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	e := m.find(key)
	if e == nil {
		return false
	}
	for {
		p := e.p.Load()
		if p == nil || p == expunged || *p != old {
			return false
		}
		if e.p.CompareAndSwap(p, nil) {
			return true
		}
	}
}

// Range calls f for each key and value until f returns false. It does not see the map at one moment: what is stored or
// deleted meanwhile may be seen or not, but no key is seen twice.
func (m *Map) Range(f func(key, value any) bool) {
	r := m.readOnly()
	if r.amended {
		m.m.Lock()
		r = m.readOnly()
		if r.amended {
			m.promote()
			r = m.readOnly()
		}
		m.m.Unlock()
	}
	for k, e := range r.entries {
		if v, ok := e.load(); ok && !f(k, v) {
			return
		}
	}
}

// Clear removes all keys.
func (m *Map) Clear() {
	m.m.Lock()
	m.read.Store(&readMap{})
	m.dirty = nil
	m.misses = 0
	m.m.Unlock()
}
