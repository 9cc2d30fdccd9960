// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// unsafeslicecheck panics unless n elements of this size may lie at p: for unsafe.Slice, and unsafe.String.
func unsafeslicecheck(p unsafe.Pointer, n int, size uintptr, isString bool) {
	if n == 0 {
		return
	}
	if n < 0 {
		unsafelenpanic(isString)
	}
	if p == nil {
		if isString {
			gopanic(errorString("unsafe.String: ptr is nil and len is not zero"))
		}
		gopanic(errorString("unsafe.Slice: ptr is nil and len is not zero"))
	}
	if size != 0 && uintptr(n) > -uintptr(p)/size {
		unsafelenpanic(isString)
	}
}

func unsafelenpanic(isString bool) {
	if isString {
		gopanic(errorString("unsafe.String: len out of range"))
	}
	gopanic(errorString("unsafe.Slice: len out of range"))
}
