// SPDX-License-Identifier: BSD-3-Clause

// Package rtype stands for internal/rtype where real Go runs the packages.
package rtype

import "reflect"

func TypeOf(x any) reflect.Type { return reflect.TypeOf(x) }
