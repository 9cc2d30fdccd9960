// SPDX-License-Identifier: BSD-3-Clause

// Package atomic has memory operations that other goroutines see as one step. All are sequentially consistent.
package atomic

import "unsafe"

// SwapInt32 stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.32
func SwapInt32(addr *int32, new int32) (old int32)

// CompareAndSwapInt32 stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.32
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool)

// AddInt32 adds delta to *addr and returns the sum.
//
//gotk:intrinsic atomic.add.32
func AddInt32(addr *int32, delta int32) (new int32)

// AndInt32 clears the bits of *addr that mask lacks and returns what was there.
//
//gotk:intrinsic atomic.and.32
func AndInt32(addr *int32, mask int32) (old int32)

// OrInt32 sets the bits of mask in *addr and returns what was there.
//
//gotk:intrinsic atomic.or.32
func OrInt32(addr *int32, mask int32) (old int32)

// LoadInt32 returns *addr.
//
//gotk:intrinsic atomic.load.32
func LoadInt32(addr *int32) (val int32)

// StoreInt32 stores val in *addr.
//
//gotk:intrinsic atomic.store.32
func StoreInt32(addr *int32, val int32)

// SwapInt64 stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.64
func SwapInt64(addr *int64, new int64) (old int64)

// CompareAndSwapInt64 stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.64
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool)

// AddInt64 adds delta to *addr and returns the sum.
//
//gotk:intrinsic atomic.add.64
func AddInt64(addr *int64, delta int64) (new int64)

// AndInt64 clears the bits of *addr that mask lacks and returns what was there.
//
//gotk:intrinsic atomic.and.64
func AndInt64(addr *int64, mask int64) (old int64)

// OrInt64 sets the bits of mask in *addr and returns what was there.
//
//gotk:intrinsic atomic.or.64
func OrInt64(addr *int64, mask int64) (old int64)

// LoadInt64 returns *addr.
//
//gotk:intrinsic atomic.load.64
func LoadInt64(addr *int64) (val int64)

// StoreInt64 stores val in *addr.
//
//gotk:intrinsic atomic.store.64
func StoreInt64(addr *int64, val int64)

// SwapUint32 stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.32
func SwapUint32(addr *uint32, new uint32) (old uint32)

// CompareAndSwapUint32 stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.32
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool)

// AddUint32 adds delta to *addr and returns the sum.
//
//gotk:intrinsic atomic.add.32
func AddUint32(addr *uint32, delta uint32) (new uint32)

// AndUint32 clears the bits of *addr that mask lacks and returns what was there.
//
//gotk:intrinsic atomic.and.32
func AndUint32(addr *uint32, mask uint32) (old uint32)

// OrUint32 sets the bits of mask in *addr and returns what was there.
//
//gotk:intrinsic atomic.or.32
func OrUint32(addr *uint32, mask uint32) (old uint32)

// LoadUint32 returns *addr.
//
//gotk:intrinsic atomic.load.32
func LoadUint32(addr *uint32) (val uint32)

// StoreUint32 stores val in *addr.
//
//gotk:intrinsic atomic.store.32
func StoreUint32(addr *uint32, val uint32)

// SwapUint64 stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.64
func SwapUint64(addr *uint64, new uint64) (old uint64)

// CompareAndSwapUint64 stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.64
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool)

// AddUint64 adds delta to *addr and returns the sum.
//
//gotk:intrinsic atomic.add.64
func AddUint64(addr *uint64, delta uint64) (new uint64)

// AndUint64 clears the bits of *addr that mask lacks and returns what was there.
//
//gotk:intrinsic atomic.and.64
func AndUint64(addr *uint64, mask uint64) (old uint64)

// OrUint64 sets the bits of mask in *addr and returns what was there.
//
//gotk:intrinsic atomic.or.64
func OrUint64(addr *uint64, mask uint64) (old uint64)

// LoadUint64 returns *addr.
//
//gotk:intrinsic atomic.load.64
func LoadUint64(addr *uint64) (val uint64)

// StoreUint64 stores val in *addr.
//
//gotk:intrinsic atomic.store.64
func StoreUint64(addr *uint64, val uint64)

// SwapUintptr stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.64
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)

// CompareAndSwapUintptr stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.64
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool)

// AddUintptr adds delta to *addr and returns the sum.
//
//gotk:intrinsic atomic.add.64
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr)

// AndUintptr clears the bits of *addr that mask lacks and returns what was there.
//
//gotk:intrinsic atomic.and.64
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr)

// OrUintptr sets the bits of mask in *addr and returns what was there.
//
//gotk:intrinsic atomic.or.64
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)

// LoadUintptr returns *addr.
//
//gotk:intrinsic atomic.load.64
func LoadUintptr(addr *uintptr) (val uintptr)

// StoreUintptr stores val in *addr.
//
//gotk:intrinsic atomic.store.64
func StoreUintptr(addr *uintptr, val uintptr)

// SwapPointer stores new in *addr and returns what was there.
//
//gotk:intrinsic atomic.swap.ptr
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer)

// CompareAndSwapPointer stores new in *addr if old is there, and tells whether it did.
//
//gotk:intrinsic atomic.cas.ptr
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool)

// LoadPointer returns *addr.
//
//gotk:intrinsic atomic.load.ptr
func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer)

// StorePointer stores val in *addr.
//
//gotk:intrinsic atomic.store.ptr
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer)
