/* SPDX-License-Identifier: BSD-3-Clause
 * Type descriptors by hand, for tests of the parts that work on values by their type. */
#ifndef GOTK_TEST_TYPES_H
#define GOTK_TEST_TYPES_H
#include "g.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPECT(c, ...) do { if (!(c)) { fprintf(stderr, "%s:%d: failed: %s: ", __FILE__, __LINE__, #c); \
    fprintf(stderr, "" __VA_ARGS__); fputc('\n', stderr); exit(1); } } while (0)

#define SCALAR(KIND, SIZE) {.size = SIZE, .kind = KIND, .align = SIZE, .flags = TYPE_MEMEQ | TYPE_COMPARABLE | TYPE_NOPTR, .hash = KIND * 2654435761u}
static const gotk_type t_int8 = SCALAR(KIND_INT8, 1), t_int16 = SCALAR(KIND_INT16, 2), t_int32 = SCALAR(KIND_INT32, 4), t_int64 = SCALAR(KIND_INT64, 8);
static const gotk_type t_float64 = {.size = 8, .kind = KIND_FLOAT64, .align = 8, .flags = TYPE_COMPARABLE | TYPE_NOPTR, .hash = 77};
static const gotk_type t_float32 = {.size = 4, .kind = KIND_FLOAT32, .align = 4, .flags = TYPE_COMPARABLE | TYPE_NOPTR, .hash = 78};
static const gotk_type t_complex128 = {.size = 16, .kind = KIND_COMPLEX128, .align = 8, .flags = TYPE_COMPARABLE | TYPE_NOPTR, .hash = 79};
static const gotk_type t_string = {.size = 16, .kind = KIND_STRING, .align = 8, .flags = TYPE_COMPARABLE, .hash = 80};
static const gotk_type t_any = {.size = 16, .kind = KIND_INTERFACE, .align = 8, .flags = TYPE_COMPARABLE, .hash = 81};
static const gotk_type t_ptr = {.size = 8, .kind = KIND_POINTER, .align = 8, .flags = TYPE_COMPARABLE | TYPE_MEMEQ | TYPE_DIRECT, .elem = &t_int64, .hash = 82};
static const gotk_type t_slice = {.size = 24, .kind = KIND_SLICE, .align = 8, .elem = &t_int64, .hash = 83};
static const gotk_type t_empty = {.size = 0, .kind = KIND_STRUCT, .align = 1, .flags = TYPE_COMPARABLE | TYPE_MEMEQ | TYPE_NOPTR, .hash = 84};

static inline gotk_string str(const char *s) { return (gotk_string){s, (int64_t)strlen(s)}; }
static inline uint64_t next_random(uint64_t *s) { *s ^= *s << 13; *s ^= *s >> 7; return *s ^= *s << 17; }
#endif
