// SPDX-License-Identifier: BSD-3-Clause

package flag

import (
	"fmt"
	"internal/rtype"
	"strings"
	"unsafe"
)

func (f *FlagSet) defaultUsage() {
	if f.name == "" {
		fmt.Fprint(f.Output(), "Usage:\n")
	} else {
		fmt.Fprintf(f.Output(), "Usage of %s:\n", f.name)
	}
	f.PrintDefaults()
}

// UnquoteUsage returns the name in back quotes in a flag's usage text, and the text without the quotes; if there is none, a name that says the
// value's type, none for bool flags.
func UnquoteUsage(flag *Flag) (name string, usage string) {
	usage = flag.Usage
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		if name, after, ok := strings.Cut(rest, "`"); ok {
			return name, before + name + after
		}
	}
	switch v := flag.Value.(type) {
	case boolFlag:
		if v.IsBoolFlag() {
			return "", usage
		}
		return "value", usage
	case *durationValue:
		return "duration", usage
	case *float64Value:
		return "float", usage
	case *intValue, *int64Value:
		return "int", usage
	case *stringValue:
		return "string", usage
	case *uintValue, *uint64Value:
		return "uint", usage
	}
	return "value", usage
}

// PrintDefaults prints all flags with their defaults.
func (f *FlagSet) PrintDefaults() {
	var errs []string
	for _, flag := range sorted(f.formal) {
		var b strings.Builder
		b.WriteString("  -" + flag.Name)
		name, usage := UnquoteUsage(flag)
		if name != "" {
			b.WriteString(" " + name)
		}
		// One-letter bool flags have their text beside them.
		if b.Len() <= 4 {
			b.WriteString("\t")
		} else {
			b.WriteString("\n    \t")
		}
		b.WriteString(strings.ReplaceAll(usage, "\n", "\n    \t"))
		if zero, err := isZero(flag); err != nil {
			errs = append(errs, err.Error())
		} else if !zero {
			if _, ok := flag.Value.(*stringValue); ok {
				fmt.Fprintf(&b, " (default %q)", flag.DefValue)
			} else {
				fmt.Fprintf(&b, " (default %v)", flag.DefValue)
			}
		}
		fmt.Fprint(f.Output(), b.String(), "\n")
	}
	if len(errs) > 0 {
		fmt.Fprintln(f.Output())
		for _, err := range errs {
			fmt.Fprintln(f.Output(), err)
		}
	}
}

// isZero reports whether the default is what the type's zero value prints as.
func isZero(flag *Flag) (zero bool, err error) {
	defer func() {
		if e := recover(); e != nil {
			t := rtype.TypeOf(flag.Value)
			if t.Kind() == rtype.Pointer {
				t = t.Elem()
			}
			err = fmt.Errorf("panic calling String method on zero %s for flag %s: %v", t, flag.Name, e)
		}
	}()
	return flag.DefValue == zeroText(flag.Value), nil
}

// setPointer makes the pointer variable p point to e.
func setPointer(p, e rtype.Value) { *(*unsafe.Pointer)(p.Ptr) = e.Ptr }
