/* SPDX-License-Identifier: BSD-3-Clause
 * gotk-run: loads a program's objects and runs it (docs/architecture.md, section 1). */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "scheduler.h"

void gotk__set_args(int argc, char **argv) __attribute__((weak)); /* os.c */


static _Noreturn void usage(const char *what, const char *value)
{
    fprintf(stderr, "gotk-run: %s%s%s\n", what, value ? ": " : "", value ? value : "");
    fprintf(stderr,
            "usage: gotk-run [--mode gotk|threads] [--procs N] [--seed S] [--memory-limit BYTES] [--stack-size BYTES]\n"
            "                [--slice-ns NS] [--rows N] [--times 0|1] [--shuffle 0|1] [--report-fd FD] [--control-fd FD]\n"
            "                --object A.o ... -- ARGV0 ARGS...\n");
    exit(64);
}

static uint64_t number(const char *option, const char *text)
{
    char *end;
    errno = 0;
    uint64_t n = strtoull(text, &end, 0);
    if (errno || end == text || *end || *text == '-') usage(option, text);
    return n;
}

int main(int argc, char **argv)
{
    struct gotk__options *o = &gotk__options;
    const char **objects = calloc((size_t)argc, sizeof *objects);
    int nobjects = 0, i = 1;
    o->times = true;
    cpu_set_t cpus;
    if (sched_getaffinity(0, sizeof cpus, &cpus) == 0) o->procs = CPU_COUNT(&cpus);
    for (; i < argc && strcmp(argv[i], "--") != 0; i += 2) {
        const char *a = argv[i], *v = i + 1 < argc ? argv[i + 1] : NULL;
        if (!v) usage("value missing", a);
        if (strcmp(a, "--mode") == 0) {
            if (strcmp(v, "gotk") != 0 && strcmp(v, "threads") != 0) usage("--mode", v);
            o->threads = strcmp(v, "threads") == 0;
        } else if (strcmp(a, "--procs") == 0) {
            o->procs = (int)number(a, v);
            if (o->procs < 1 || o->procs > GOTK_MAXPROCS) usage("--procs must be from 1 to 1024", v);
        } else if (strcmp(a, "--seed") == 0) o->seed = number(a, v);
        else if (strcmp(a, "--memory-limit") == 0) o->memory_limit = number(a, v);
        else if (strcmp(a, "--stack-size") == 0) o->stack_size = number(a, v);
        else if (strcmp(a, "--max-stack") == 0) o->max_stack = number(a, v);
        else if (strcmp(a, "--slice-ns") == 0) o->slice_ns = (int64_t)number(a, v);
        else if (strcmp(a, "--rows") == 0) o->rows = number(a, v);
        else if (strcmp(a, "--times") == 0) o->times = number(a, v) != 0;
        else if (strcmp(a, "--shuffle") == 0) o->shuffle = number(a, v) != 0;
        else if (strcmp(a, "--report-fd") == 0) o->report_fd = (int)number(a, v);
        else if (strcmp(a, "--control-fd") == 0) o->control_fd = (int)number(a, v);
        else if (strcmp(a, "--object") == 0) objects[nobjects++] = v;
        else usage("unknown option", a);
    }
    if (!nobjects) usage("no --object", NULL);
    if (i < argc) i++;
    static char *none[] = {(char *)"main", NULL};
    int nargs = argc - i;
    char **args = nargs > 0 ? argv + i : none;
    if (gotk__set_args) gotk__set_args(nargs > 0 ? nargs : 1, args);
    /* The report and control page are ours, not for processes that the program starts. */
    if (o->report_fd >= 0) fcntl(o->report_fd, F_SETFD, FD_CLOEXEC);
    if (o->control_fd >= 0) fcntl(o->control_fd, F_SETFD, FD_CLOEXEC);

    /* As many files as this process may have: the soft limit is for programs that use select. */
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    gotk__init();
    char err[1000] = "";
    if (gotk__load_objects(objects, nobjects, err, sizeof err) != 0) {
        fprintf(stderr, "gotk-run: %s\n", err);
        gotk__report_write("fatal", 2, err);
        return 2;
    }
    void *entry = gotk__symbol("gotk.entry");
    if (!entry) usage("the objects define no gotk.entry", NULL);
    gotk__run_program((void (*)(void *))entry);
}
