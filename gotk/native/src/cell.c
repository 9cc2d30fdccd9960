/* SPDX-License-Identifier: BSD-3-Clause
 * The C side of golib's gotk/internal/cell: files of the run's directory mapped into memory, its environment, its clock.
 *
 * Mappings are never undone: records are appended and inputs read until the end, and the kernel keeps what was written through a
 * shared mapping however the process ends. All three are SYS: they run on g0 and never park. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scheduler.h"

/* Map size bytes of a file: shared and created if write, else private (the program may change its copy). NULL if that fails. */
void *gotk__cellmap(const char *path, int64_t length, int64_t size, bool write)
{
    char name[PATH_MAX];
    if (length <= 0 || length >= (int64_t)sizeof name || size <= 0) return NULL;
    memcpy(name, path, (size_t)length);
    name[length] = 0;
    int fd = open(name, (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0600);
    if (fd < 0) return NULL;
    void *memory = MAP_FAILED;
    /* Space is reserved, not just promised: a full file system must show here, not as SIGBUS at the first store. */
    int error = write ? posix_fallocate(fd, 0, size) : 0;
    if (error == EOPNOTSUPP || error == EINVAL) error = ftruncate(fd, size) == 0 ? 0 : errno;
    if (error == 0)
        memory = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, write ? MAP_SHARED : MAP_PRIVATE, fd, 0);
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

/* The value of an environment variable as the process got it (os.Setenv does not change it), "" if there is none. */
gotk__ret2 gotk__cellgetenv(const char *key, int64_t length)
{
    char name[64];
    const char *value = NULL;
    if (length > 0 && length < (int64_t)sizeof name) {
        memcpy(name, key, (size_t)length);
        name[length] = 0;
        value = getenv(name);
    }
    if (!value) value = "";
    return (gotk__ret2){(uint64_t)(uintptr_t)value, strlen(value)};
}

int64_t gotk__cellnow(void) { return gotk__now() - gotk__start_ns(); }
