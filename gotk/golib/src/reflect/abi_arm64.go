// SPDX-License-Identifier: BSD-3-Clause

package reflect

const (
	intRegs    = 8
	intResults = 8

	// Whether an array that does not fit the registers that are left goes to the stack as a whole, and no later argument gets one of them.
	arraysStayTogether = true
)
