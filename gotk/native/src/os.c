/* SPDX-License-Identifier: BSD-3-Clause
 * The process as package os sees it: arguments, environment, and the file-system calls that don't take a descriptor's data.
 *
 * oscall is one native for many seldom used calls; golib/src/os/calls.go has the same numbers. */
#include "g.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static struct { gotk_string *v; int64_t n; } args;

/* Called once by the executable before Go code runs. */
void gotk__set_args(int argc, char **argv) {
    args.v = gotk__raw_alloc((uint64_t)(argc ? argc : 1) * sizeof *args.v);
    args.n = argc;
    for (int i = 0; i < argc; i++) args.v[i] = (gotk_string){argv[i], (int64_t)strlen(argv[i])};
}

gotk__ret2 gotk__osargs(void) {
    return (gotk__ret2){(uint64_t)(uintptr_t)args.v, (uint64_t)args.n};
}

/* The environment at the start; package os keeps its own copy and changes both. */
gotk__ret2 gotk__osenviron(void) {
    int64_t n = 0;
    while (environ && environ[n]) n++;
    gotk_string *v = gotk__alloc_bytes((uint64_t)(n ? n : 1) * sizeof *v, true);
    for (int64_t i = 0; i < n; i++) v[i] = (gotk_string){environ[i], (int64_t)strlen(environ[i])};
    return (gotk__ret2){(uint64_t)(uintptr_t)v, (uint64_t)n};
}

/* For libc's sake (TZ). Package os calls it under its lock. */
gotk__ret2 gotk__setenv(const char *key, int64_t key_len, const char *value, int64_t value_len) {
    if (value) setenv(key, value, 1);
    else unsetenv(key);
    return (gotk__ret2){0, 0};
}

enum { OS_UNLINK = 1, OS_RMDIR, OS_MKDIR, OS_RENAME, OS_STAT, OS_LSTAT, OS_FSTAT, OS_GETCWD, OS_CHDIR, OS_READLINK, OS_SYMLINK, OS_LINK,
       OS_CHMOD, OS_TRUNCATE, OS_FTRUNCATE, OS_GETDENTS, OS_GETPID, OS_GETPPID, OS_GETUID, OS_GETGID, OS_HOSTNAME, OS_FSYNC, OS_KILL,
       OS_ISATTY, OS_SIGPIPE, OS_UTIMENS, OS_CHOWN, OS_LCHOWN, OS_FCHOWN, OS_FCHMOD, OS_FCHDIR, OS_GETGROUPS };

/* What package os wants of a file: 8 words. */
static void put_stat(uint64_t *out, const struct stat *st) {
    out[0] = (uint64_t)st->st_size;
    out[1] = st->st_mode;
    out[2] = (uint64_t)st->st_mtim.tv_sec;
    out[3] = (uint64_t)st->st_mtim.tv_nsec;
    out[4] = st->st_ino;
    out[5] = st->st_dev;
    out[6] = st->st_nlink;
    out[7] = st->st_uid;
}

static int64_t call(int64_t op, void *a, void *b, int64_t x, int64_t y) {
    struct stat st;
    int r;
    switch (op) {
    case OS_UNLINK: return unlink(a);
    case OS_RMDIR: return rmdir(a);
    case OS_MKDIR: return mkdir(a, (mode_t)x);
    case OS_RENAME: return rename(a, b);
    case OS_STAT: r = stat(a, &st); if (!r) put_stat(b, &st); return r;
    case OS_LSTAT: r = lstat(a, &st); if (!r) put_stat(b, &st); return r;
    case OS_FSTAT: r = fstat((int)x, &st); if (!r) put_stat(b, &st); return r;
    case OS_GETCWD: return getcwd(a, (size_t)x) ? (int64_t)strlen(a) : -1;
    case OS_CHDIR: return chdir(a);
    case OS_READLINK: return readlink(a, b, (size_t)x);
    case OS_SYMLINK: return symlink(a, b);
    case OS_LINK: return link(a, b);
    case OS_CHMOD: return chmod(a, (mode_t)x);
    case OS_TRUNCATE: return truncate(a, x);
    case OS_FTRUNCATE: return ftruncate((int)x, y);
    case OS_GETDENTS: return syscall(SYS_getdents64, (int)x, a, y);
    case OS_GETPID: return getpid();
    case OS_GETPPID: return getppid();
    case OS_GETUID: return (int64_t)getuid();
    case OS_GETGID: return (int64_t)getgid();
    case OS_HOSTNAME: r = gethostname(a, (size_t)x); return r ? -1 : (int64_t)strnlen(a, (size_t)x);
    case OS_FSYNC: return fsync((int)x);
    case OS_KILL: return kill((pid_t)x, (int)y);
    case OS_ISATTY: return isatty((int)x);
    case OS_SIGPIPE:                             /* nobody reads the program's output any more: end as other programs do */
        signal(SIGPIPE, SIG_DFL);
        return raise(SIGPIPE);
    case OS_UTIMENS: return utimensat(AT_FDCWD, a, b, 0);      /* b: two timespecs */
    case OS_CHOWN: return chown(a, (uid_t)x, (gid_t)y);
    case OS_LCHOWN: return lchown(a, (uid_t)x, (gid_t)y);
    case OS_FCHOWN: return fchown((int)x, (uid_t)y, (gid_t)(y >> 32));
    case OS_FCHMOD: return fchmod((int)x, (mode_t)y);
    case OS_FCHDIR: return fchdir((int)x);
    case OS_GETGROUPS: return getgroups((int)x, a);
    }
    errno = ENOSYS;
    return -1;
}

gotk__ret2 gotk__oscall(int64_t op, void *a, void *b, int64_t x, int64_t y) {
    G *g = gotk__self();
    gotk__syscall_begin(g);
    errno = 0;
    int64_t n = call(op, a, b, x, y);
    g->ret0 = (uint64_t)n;
    g->ret1 = n < 0 ? (uint64_t)errno : 0;
    return gotk__syscall_end(g);
}
