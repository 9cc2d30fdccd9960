// SPDX-License-Identifier: BSD-3-Clause

package atomic

import "unsafe"

// noCopy marks a type whose values must not be copied after first use.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Bool is a bool that is read and written atomically.
type Bool struct {
	_ noCopy
	v uint32
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// Load returns x's value.
func (x *Bool) Load() bool { return LoadUint32(&x.v) != 0 }

// Store sets x.
func (x *Bool) Store(val bool) { StoreUint32(&x.v, bit(val)) }

// Swap sets x and returns its value before.
func (x *Bool) Swap(new bool) (old bool) { return SwapUint32(&x.v, bit(new)) != 0 }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Bool) CompareAndSwap(old, new bool) (swapped bool) {
	return CompareAndSwapUint32(&x.v, bit(old), bit(new))
}

// Pointer is a *T that is read and written atomically.
type Pointer[T any] struct {
	_ [0]*T // no conversion between Pointers of different types
	_ noCopy
	v unsafe.Pointer
}

// Load returns x's value.
func (x *Pointer[T]) Load() *T { return (*T)(LoadPointer(&x.v)) }

// Store sets x.
func (x *Pointer[T]) Store(val *T) { StorePointer(&x.v, unsafe.Pointer(val)) }

// Swap sets x and returns its value before.
func (x *Pointer[T]) Swap(new *T) (old *T) { return (*T)(SwapPointer(&x.v, unsafe.Pointer(new))) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	return CompareAndSwapPointer(&x.v, unsafe.Pointer(old), unsafe.Pointer(new))
}

// Int32 is an int32 that is read and written atomically.
type Int32 struct {
	_ noCopy
	v int32
}

// Load returns x's value.
func (x *Int32) Load() int32 { return LoadInt32(&x.v) }

// Store sets x.
func (x *Int32) Store(val int32) { StoreInt32(&x.v, val) }

// Swap sets x and returns its value before.
func (x *Int32) Swap(new int32) (old int32) { return SwapInt32(&x.v, new) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Int32) CompareAndSwap(old, new int32) (swapped bool) { return CompareAndSwapInt32(&x.v, old, new) }

// Add adds delta to x and returns the sum.
func (x *Int32) Add(delta int32) (new int32) { return AddInt32(&x.v, delta) }

// And clears the bits of x that mask lacks and returns x's value before.
func (x *Int32) And(mask int32) (old int32) { return AndInt32(&x.v, mask) }

// Or sets the bits of mask in x and returns x's value before.
func (x *Int32) Or(mask int32) (old int32) { return OrInt32(&x.v, mask) }

// Int64 is an int64 that is read and written atomically.
type Int64 struct {
	_ noCopy
	v int64
}

// Load returns x's value.
func (x *Int64) Load() int64 { return LoadInt64(&x.v) }

// Store sets x.
func (x *Int64) Store(val int64) { StoreInt64(&x.v, val) }

// Swap sets x and returns its value before.
func (x *Int64) Swap(new int64) (old int64) { return SwapInt64(&x.v, new) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Int64) CompareAndSwap(old, new int64) (swapped bool) { return CompareAndSwapInt64(&x.v, old, new) }

// Add adds delta to x and returns the sum.
func (x *Int64) Add(delta int64) (new int64) { return AddInt64(&x.v, delta) }

// And clears the bits of x that mask lacks and returns x's value before.
func (x *Int64) And(mask int64) (old int64) { return AndInt64(&x.v, mask) }

// Or sets the bits of mask in x and returns x's value before.
func (x *Int64) Or(mask int64) (old int64) { return OrInt64(&x.v, mask) }

// Uint32 is a uint32 that is read and written atomically.
type Uint32 struct {
	_ noCopy
	v uint32
}

// Load returns x's value.
func (x *Uint32) Load() uint32 { return LoadUint32(&x.v) }

// Store sets x.
func (x *Uint32) Store(val uint32) { StoreUint32(&x.v, val) }

// Swap sets x and returns its value before.
func (x *Uint32) Swap(new uint32) (old uint32) { return SwapUint32(&x.v, new) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Uint32) CompareAndSwap(old, new uint32) (swapped bool) { return CompareAndSwapUint32(&x.v, old, new) }

// Add adds delta to x and returns the sum.
func (x *Uint32) Add(delta uint32) (new uint32) { return AddUint32(&x.v, delta) }

// And clears the bits of x that mask lacks and returns x's value before.
func (x *Uint32) And(mask uint32) (old uint32) { return AndUint32(&x.v, mask) }

// Or sets the bits of mask in x and returns x's value before.
func (x *Uint32) Or(mask uint32) (old uint32) { return OrUint32(&x.v, mask) }

// Uint64 is a uint64 that is read and written atomically.
type Uint64 struct {
	_ noCopy
	v uint64
}

// Load returns x's value.
func (x *Uint64) Load() uint64 { return LoadUint64(&x.v) }

// Store sets x.
func (x *Uint64) Store(val uint64) { StoreUint64(&x.v, val) }

// Swap sets x and returns its value before.
func (x *Uint64) Swap(new uint64) (old uint64) { return SwapUint64(&x.v, new) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Uint64) CompareAndSwap(old, new uint64) (swapped bool) { return CompareAndSwapUint64(&x.v, old, new) }

// Add adds delta to x and returns the sum.
func (x *Uint64) Add(delta uint64) (new uint64) { return AddUint64(&x.v, delta) }

// And clears the bits of x that mask lacks and returns x's value before.
func (x *Uint64) And(mask uint64) (old uint64) { return AndUint64(&x.v, mask) }

// Or sets the bits of mask in x and returns x's value before.
func (x *Uint64) Or(mask uint64) (old uint64) { return OrUint64(&x.v, mask) }

// Uintptr is a uintptr that is read and written atomically.
type Uintptr struct {
	_ noCopy
	v uintptr
}

// Load returns x's value.
func (x *Uintptr) Load() uintptr { return LoadUintptr(&x.v) }

// Store sets x.
func (x *Uintptr) Store(val uintptr) { StoreUintptr(&x.v, val) }

// Swap sets x and returns its value before.
func (x *Uintptr) Swap(new uintptr) (old uintptr) { return SwapUintptr(&x.v, new) }

// CompareAndSwap sets x to new if it is old, and tells whether it did.
func (x *Uintptr) CompareAndSwap(old, new uintptr) (swapped bool) { return CompareAndSwapUintptr(&x.v, old, new) }

// Add adds delta to x and returns the sum.
func (x *Uintptr) Add(delta uintptr) (new uintptr) { return AddUintptr(&x.v, delta) }

// And clears the bits of x that mask lacks and returns x's value before.
func (x *Uintptr) And(mask uintptr) (old uintptr) { return AndUintptr(&x.v, mask) }

// Or sets the bits of mask in x and returns x's value before.
func (x *Uintptr) Or(mask uintptr) (old uintptr) { return OrUintptr(&x.v, mask) }
