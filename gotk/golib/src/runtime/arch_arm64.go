// SPDX-License-Identifier: BSD-3-Clause

package runtime

// GOARCH is the architecture that the program runs on, by Go's name.
const GOARCH = "arm64"

// jumpWords is the size of a jump buffer (FRAME_JMP in native/src/asm_offsets.h).
const jumpWords = 21
