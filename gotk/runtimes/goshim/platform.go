// SPDX-License-Identifier: BSD-3-Clause

package cell

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// The half of package cell that differs between the runtimes, for real Go. Its other half is
// gotk/golib/src/gotk/internal/cell; the counterpart for our own runtimes is platform_native.go there.

var start = time.Now()

// Goroutines that the runtime itself had started before any of the program's, the main goroutine among them.
var createdBefore = goroutinesCreated()

func goroutinesCreated() uint64 {
	sample := []metrics.Sample{{Name: "/sched/goroutines-created:goroutines"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0 // an older Go
	}
	return sample[0].Value.Uint64()
}

var directory = os.Getenv("GOTK_IO_DIR")

func ioDir() string {
	return directory
}

func now() int64 {
	return int64(time.Since(start))
}

// Seed returns the run's seed.
func Seed() int64 {
	n, _ := strconv.ParseInt(os.Getenv("GOTK_SEED"), 10, 64)
	return n
}

func exit(code int) {
	os.Exit(code)
}

func typeName(value any) string {
	return fmt.Sprintf("%T", value)
}

// mapFile maps size bytes of a file: shared and created when write, else private. nil if that fails.
func mapFile(path string, size int, write bool) unsafe.Pointer {
	flags, mode := os.O_RDONLY, syscall.MAP_PRIVATE
	if write {
		flags, mode = os.O_RDWR|os.O_CREATE, syscall.MAP_SHARED
	}
	file, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return nil
	}
	defer file.Close()
	if write {
		// Space is reserved, not just promised: a full file system must show here, not as SIGBUS at the first store.
		err := syscall.Fallocate(int(file.Fd()), 0, 0, int64(size))
		if err == syscall.EOPNOTSUPP {
			err = file.Truncate(int64(size))
		}
		if err != nil {
			return nil
		}
	}
	memory, err := syscall.Mmap(int(file.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, mode)
	if err != nil {
		return nil
	}
	return unsafe.Pointer(unsafe.SliceData(memory))
}

func namedScalar(value any) (kind uint32, bits uint64, text string) {
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
	case v.CanInt():
		return kindInt, uint64(v.Int()), ""
	case v.CanUint():
		return kindUint, v.Uint(), ""
	case v.CanFloat():
		wide := v.Float()
		return kindFloat, *(*uint64)(unsafe.Pointer(&wide)), ""
	case v.Kind() == reflect.String:
		return kindString, uint64(v.Len()), v.String()
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return kindInt, 1, ""
		}
		return kindInt, 0, ""
	}
	return 0, 0, ""
}

func encode(b *buffer, value any) {
	encodeValue(b, reflect.ValueOf(value), 0)
}

func encodeValue(b *buffer, v reflect.Value, depth int) {
	if !v.IsValid() {
		b.tag('n')
		return
	}
	if depth > maxDepth {
		b.text('x', v.Type().String()+" that contains itself")
		return
	}
	if v.CanInterface() && (v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface || !v.IsNil()) {
		if err, ok := v.Interface().(error); ok {
			b.text('s', err.Error())
			return
		}
		if t, ok := v.Interface().(time.Time); ok {
			b.text('s', t.Format(time.RFC3339Nano))
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			b.tag('t')
		} else {
			b.tag('f')
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b.tag('i')
		b.word(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		b.tag('u')
		b.word(v.Uint())
	case reflect.Float32, reflect.Float64:
		b.tag('d')
		b.float(v.Float())
	case reflect.Complex64, reflect.Complex128:
		b.tag('c')
		b.float(real(v.Complex()))
		b.float(imag(v.Complex()))
	case reflect.String:
		b.text('s', v.String())
	case reflect.Array, reflect.Slice:
		encodeList(b, v, depth)
	case reflect.Map:
		b.tag('m')
		b.word(uint64(v.Len()))
		for it := v.MapRange(); it.Next(); {
			encodeValue(b, it.Key(), depth+1)
			encodeValue(b, it.Value(), depth+1)
		}
	case reflect.Struct:
		b.tag('o')
		b.word(uint64(v.NumField()))
		for i := range v.NumField() {
			b.text('s', v.Type().Field(i).Name)
			encodeValue(b, v.Field(i), depth+1)
		}
	case reflect.Pointer, reflect.Interface:
		encodeValue(b, v.Elem(), depth+1)
	default:
		b.text('x', v.Type().String())
	}
}

func encodeList(b *buffer, v reflect.Value, depth int) {
	elem := v.Type().Elem()
	if k := elem.Kind(); k >= reflect.Bool && k <= reflect.Complex128 {
		if v.Kind() == reflect.Array && !v.CanAddr() {
			// A copy with an address; SetLen and Index work on values from unexported fields, Set would not.
			slice := make([]byte, v.Len()*int(elem.Size()))
			for i := range v.Len() {
				scalarAt(unsafe.Pointer(&slice[i*int(elem.Size())]), v.Index(i))
			}
			b.array(byte(k), unsafe.Pointer(unsafe.SliceData(slice)), v.Len(), int(elem.Size()))
			return
		}
		var p unsafe.Pointer
		if v.Kind() == reflect.Slice {
			p = v.UnsafePointer()
		} else if v.Len() > 0 {
			p = v.Addr().UnsafePointer()
		}
		b.array(byte(k), p, v.Len(), int(elem.Size()))
		return
	}
	b.tag('l')
	b.word(uint64(v.Len()))
	for i := range v.Len() {
		encodeValue(b, v.Index(i), depth+1)
	}
}

// scalarAt stores a number or bool in its own size.
func scalarAt(p unsafe.Pointer, v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		*(*bool)(p) = v.Bool()
	case reflect.Int8, reflect.Uint8:
		*(*uint8)(p) = uint8(bitsOf(v))
	case reflect.Int16, reflect.Uint16:
		*(*uint16)(p) = uint16(bitsOf(v))
	case reflect.Int32, reflect.Uint32:
		*(*uint32)(p) = uint32(bitsOf(v))
	case reflect.Float32:
		*(*float32)(p) = float32(v.Float())
	case reflect.Float64:
		*(*float64)(p) = v.Float()
	case reflect.Complex64:
		*(*complex64)(p) = complex64(v.Complex())
	case reflect.Complex128:
		*(*complex128)(p) = v.Complex()
	default:
		*(*uint64)(p) = bitsOf(v)
	}
}

func bitsOf(v reflect.Value) uint64 {
	if v.CanInt() {
		return uint64(v.Int())
	}
	return v.Uint()
}

// atEnd writes what this runtime knows of the run: file metrics, a "key value" a line.
func atEnd() {
	if directory == "" {
		return
	}
	var out strings.Builder
	wall := time.Since(start)
	fmt.Fprintf(&out, "main_ns %d\n", wall.Nanoseconds())
	if createdBefore > 0 {
		fmt.Fprintf(&out, "goroutines_created %d\n", goroutinesCreated()-createdBefore+1)
	}
	threads, _ := runtime.ThreadCreateProfile(nil)
	fmt.Fprintf(&out, "threads_created %d\n", threads)
	fmt.Fprintf(&out, "gomaxprocs %d\n", runtime.GOMAXPROCS(0))
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			if kb, found := strings.CutPrefix(line, "VmHWM:"); found {
				if n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kb), "kB"))); err == nil {
					fmt.Fprintf(&out, "peak_rss_bytes %d\n", n*1024)
				}
			}
		}
	}
	all := metrics.All()
	samples := make([]metrics.Sample, len(all))
	for i, description := range all {
		samples[i].Name = description.Name
	}
	metrics.Read(samples)
	for _, sample := range samples {
		switch sample.Value.Kind() {
		case metrics.KindUint64:
			fmt.Fprintf(&out, "%s %d\n", sample.Name, sample.Value.Uint64())
		case metrics.KindFloat64:
			fmt.Fprintf(&out, "%s %v\n", sample.Name, sample.Value.Float64())
		}
	}
	os.WriteFile(directory+"/metrics", []byte(out.String()), 0o600)
}
