/* SPDX-License-Identifier: BSD-3-Clause
 * The system gives no more threads: which limit is it? pthread_create says only EAGAIN, whichever it was.
 *
 * Each limit is compared with how much of it is in use; what is nearly used up is it. Read from /proc and /sys when it has
 * happened, so nothing here is fast. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "scheduler.h"

/* The first number in a file; -1: none ("max"), or no such file. */
static long long number_in(const char *path)
{
    char text[64] = "";
    FILE *f = fopen(path, "re");
    if (!f) return -1;
    bool ok = fgets(text, sizeof text, f) != NULL;
    fclose(f);
    char *end;
    long long n = strtoll(text, &end, 10);
    return ok && end != text ? n : -1;
}

/* pids.max of this process's control group or one above it (v1 and v2), if it is used up; else -1. */
static long long full_pids_group(void)
{
    char line[4096];
    FILE *f = fopen("/proc/self/cgroup", "re");
    long long found = -1;
    while (f && found < 0 && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        char *kind = strchr(line, ':'), *path = kind ? strchr(kind + 1, ':') : NULL;
        if (!path) continue;
        *path++ = 0;
        kind++;
        const char *root = !*kind ? "/sys/fs/cgroup" : strcmp(kind, "pids") == 0 ? "/sys/fs/cgroup/pids" : NULL;
        for (size_t n = strlen(path); root; path[n] = 0) {
            char max[4400], now[4400];
            snprintf(max, sizeof max, "%s%s/pids.max", root, path);
            snprintf(now, sizeof now, "%s%s/pids.current", root, path);
            long long limit = number_in(max);
            if (limit >= 0 && number_in(now) + 1 >= limit) found = limit;
            if (found >= 0 || n == 0) break;
            while (n > 0 && path[--n] != '/') {}
        }
    }
    if (f) fclose(f);
    return found;
}

static long long count_lines(const char *path)
{
    long long n = 0;
    FILE *f = fopen(path, "re");
    if (!f) return 0;
    for (int c; (c = getc(f)) != EOF;) n += c == '\n';
    fclose(f);
    return n;
}

/* Threads of the whole system: the fourth field of loadavg, "running/all". */
static long long all_threads(void)
{
    long long n = 0;
    FILE *f = fopen("/proc/loadavg", "re");
    if (!f) return 0;
    if (fscanf(f, "%*s %*s %*s %*d/%lld", &n) != 1) n = 0;
    fclose(f);
    return n;
}

void gotk__thread_limit(char *out, size_t size, uint64_t stack_size)
{
    struct rlimit r;
    long long n = full_pids_group();
    if (n >= 0) {
        snprintf(out, size, "the container's limit of processes and threads (pids.max) is %lld", n);
        return;
    }
    n = number_in("/proc/sys/vm/max_map_count");
    if (n > 0 && count_lines("/proc/self/maps") + 4 >= n) {
        snprintf(out, size, "the limit of mappings of a process (vm.max_map_count; a stack needs two) is %lld", n);
        return;
    }
    long page = sysconf(_SC_PAGESIZE);
    if (getrlimit(RLIMIT_AS, &r) == 0 && r.rlim_cur != RLIM_INFINITY &&
        (uint64_t)number_in("/proc/self/statm") * (uint64_t)page + stack_size + (1 << 20) >= r.rlim_cur) {
        snprintf(out, size, "the limit of address space (ulimit -v) is %llu bytes, and a stack takes %llu", (unsigned long long)r.rlim_cur,
                 (unsigned long long)stack_size);
        return;
    }
    n = number_in("/proc/sys/kernel/threads-max");
    long long all = all_threads();
    if (n > 0 && all + 16 >= n) {
        snprintf(out, size, "the system's limit of threads (kernel.threads-max) is %lld", n);
        return;
    }
    n = number_in("/proc/sys/kernel/pid_max");   /* the first 300 numbers are not given again */
    if (n > 0 && all + 301 >= n - n / 100) {
        snprintf(out, size, "the system's limit of process and thread numbers (kernel.pid_max) is %lld", n);
        return;
    }
    if (getrlimit(RLIMIT_NPROC, &r) == 0 && r.rlim_cur != RLIM_INFINITY && geteuid() != 0) {
        snprintf(out, size, "this user's limit of processes and threads (ulimit -u) is %llu", (unsigned long long)r.rlim_cur);
        return;
    }
    snprintf(out, size, "no memory for a stack of %llu bytes, or a limit that it does not show", (unsigned long long)stack_size);
}
