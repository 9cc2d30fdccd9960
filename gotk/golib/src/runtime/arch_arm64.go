// SPDX-License-Identifier: BSD-3-Clause

package runtime

// GOARCH is the architecture that the program runs on, by Go's name.
const GOARCH = "arm64"
