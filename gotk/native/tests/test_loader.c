/* SPDX-License-Identifier: BSD-3-Clause
 * The loader on objects made by this machine's C compiler: linking across objects, weak and COMDAT definitions, commons,
 * stubs to far code, errors, damaged files, functions and lines of addresses. */
#include "g.h"
#include "loader.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__aarch64__)
#define RETURN(n) "mov w0, " #n "\\nret"
#else
#define RETURN(n) "mov $" #n ",%eax\\nret"
#endif

#define CHECK(c) do { if (!(c)) { fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #c); exit(1); } } while (0)

static char dir[64];
static char err[512];

static const char *compile(const char *name, const char *source, const char *flags) {
    char *path, cmd[1024];
    CHECK(asprintf(&path, "%s/%s.o", dir, name) > 0);
    char src[128];
    snprintf(src, sizeof src, "%s/%s.c", dir, name);
    FILE *f = fopen(src, "w");
    CHECK(f && fputs(source, f) >= 0 && fclose(f) == 0);
    const char *cc = getenv("CC");
    snprintf(cmd, sizeof cmd, "%s -O1 -fPIC -fno-stack-protector -fno-asynchronous-unwind-tables -w %s -c -o %s %s",
             cc ? cc : "cc", flags, path, src);
    if (system(cmd) != 0) {
        fprintf(stderr, "test needs a C compiler (CC or cc)\n");
        exit(1);
    }
    return path;
}

static int load(int n, const char *const *paths) { return gotk__load_objects(paths, n, err, sizeof err); }

/* Loads in a child, since a failed or repeated load changes the process; expects the message to contain `want`. */
static void expect_error(const char *want, int n, const char *const *paths) {
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        int rc = load(n, paths);
        if (rc != -1 || !strstr(err, want)) {
            fprintf(stderr, "expected an error with %s, got %d %s\n", want, rc, err);
            _exit(1);
        }
        _exit(gotk__symbol("a_defined") ? 1 : 0);
    }
    int st;
    waitpid(pid, &st, 0);
    CHECK(WIFEXITED(st) && WEXITSTATUS(st) == 0);
}

static int host_calls;
static int host_function(int x) { host_calls++; return x * 2; }

static void test_link(void) {
    const char *a = compile("a",
        "extern int b_add(int, int); extern int counter; extern int *weak_addr_b(void);\n"
        "int table[3] = {1, 2, 3}; static int zero[1000]; int common_small;\n"
        "__attribute__((weak)) int shared_weak[2] = {10, 11};\n"
        "__attribute__((weak)) int a_only(void) { return 1; }\n"
        "int *weak_addr_a(void) { return shared_weak; }\n"
        "int (*const fp)(int, int) = b_add; int *const tp = &table[2];\n"
        "int a_main(int x) { counter += x; zero[x] = 5; return fp(*tp, b_add(x, table[1])) + zero[x] + common_small; }\n"
        "extern int host(int); int call_host(int x) { return host(x) + 1; }\n"
        "extern int far_host(int); int call_far(int x) { return far_host(x) + far_host(x + 1); }\n"
        "int (*take_far(void))(int) { return far_host; }\n"
        "extern int missing(void) __attribute__((weak)); int has_missing(void) { return missing != 0; }\n"
        "void *copy(void *d, const void *s, unsigned long n) { return __builtin_memcpy(d, s, n); }\n", "-fcommon");
    const char *b = compile("b",
        "int counter = 100; int common_small;\n"
        "__attribute__((weak)) int shared_weak[2] = {20, 21};\n"
        "__attribute__((weak)) int a_only(void) { return 2; }\n"
        "int *weak_addr_b(void) { return shared_weak; }\n"
        "int b_add(int x, int y) { return x + y; }\n"
        "int strong_over_weak(void) { return 7; }\n", "-fcommon");
    const char *c = compile("c",
        "__attribute__((weak)) int strong_over_weak(void) { return 6; }\n"
        "int call_strong(void) { return strong_over_weak(); }\n"
        "asm(\".section .text.g,\\\"axG\\\",@progbits,grp,comdat\\n.weak grp\\n.type grp,@function\\ngrp: " RETURN(1) "\\n.size grp,.-grp\\n.text\");\n"
        "extern int grp(void); int c_grp(void) { return grp(); }\n", "");
    const char *d = compile("d",
        "asm(\".section .text.g,\\\"axG\\\",@progbits,grp,comdat\\n.weak grp\\n.type grp,@function\\ngrp: " RETURN(2) "\\n.size grp,.-grp\\n.text\");\n"
        "extern int grp(void); int d_grp(void) { return grp() * 10; }\n", "");
    gotk__loader_define("host", host_function);
    /* A function out of reach of a direct call: `lea 100(%rdi), %eax; ret` at the far end of the address space. */
    uint8_t *far = mmap((void *)0x100000000000, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(far != MAP_FAILED);
#if defined(__x86_64__)
    memcpy(far, "\x8d\x47\x64\xc3", 4);
#else
    memcpy(far, "\x00\x90\x01\x11\xc0\x03\x5f\xd6", 8);
#endif
    gotk__loader_define("far_host", far);
    int rc = load(4, (const char *const[]){a, b, c, d});
    if (rc) fprintf(stderr, "%s\n", err);
    CHECK(rc == 0);
    int (*a_main)(int) = gotk__symbol("a_main");
    CHECK(a_main(4) == 3 + 4 + 2 + 5);
    CHECK(*(int *)gotk__symbol("counter") == 104);
    int *(*wa)(void) = gotk__symbol("weak_addr_a"), *(*wb)(void) = gotk__symbol("weak_addr_b");
    CHECK(wa() == wb() && wa()[0] == 10 && wa() == gotk__symbol("shared_weak"));
    CHECK(((int (*)(void))gotk__symbol("a_only"))() == 1);
    CHECK(((int (*)(void))gotk__symbol("call_strong"))() == 7);
    CHECK(((int (*)(void))gotk__symbol("c_grp"))() == 1 && ((int (*)(void))gotk__symbol("d_grp"))() == 10);
    CHECK(((int (*)(int))gotk__symbol("call_host"))(21) == 43 && host_calls == 1);
    CHECK(((int (*)(int))gotk__symbol("call_far"))(1) == 203);
    CHECK((void *)((int (*(*)(void))(int))gotk__symbol("take_far"))() == (void *)far);
    CHECK(((int (*)(void))gotk__symbol("has_missing"))() == 0);
    char buf[8] = "";
    ((void *(*)(void *, const void *, unsigned long))gotk__symbol("copy"))(buf, "gotk", 5);
    CHECK(!strcmp(buf, "gotk"));
    CHECK(gotk__symbol("no_such") == NULL && gotk__symbol("missing") == NULL);
    CHECK(gotk__in_go_text((uint64_t)(uintptr_t)a_main) && !gotk__in_go_text((uint64_t)(uintptr_t)&host_function));
    struct gotk__image *im = gotk__images;
    uint64_t counter = (uint64_t)(uintptr_t)gotk__symbol("counter"), table = (uint64_t)(uintptr_t)gotk__symbol("table");
    CHECK(counter >= im->data_lo && counter < im->data_hi && table >= im->data_lo && table < im->data_hi);
    CHECK((uint64_t)(uintptr_t)gotk__symbol("fp") < im->data_lo);
    /* read-only data and code are not writable, data is not executable */
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    while (fgets(line, sizeof line, maps)) {
        unsigned long lo, hi;
        char perm[8];
        CHECK(sscanf(line, "%lx-%lx %4s", &lo, &hi, perm) == 3);
        if (hi <= (uintptr_t)im->base || lo >= (uintptr_t)im->base + im->size) continue;
        CHECK(!(perm[1] == 'w' && perm[2] == 'x'));
        if ((uintptr_t)a_main >= lo && (uintptr_t)a_main < hi) CHECK(!strcmp(perm, "r-xp"));
        if (counter >= lo && counter < hi) CHECK(!strcmp(perm, "rw-p"));
    }
    fclose(maps);
    /* a second image sees the first one's symbols */
    const char *e = compile("e", "extern int b_add(int, int); int e_main(void) { return b_add(40, 2); }", "");
    CHECK(load(1, &e) == 0);
    CHECK(((int (*)(void))gotk__symbol("e_main"))() == 42);
    CHECK(gotk__in_go_text((uint64_t)(uintptr_t)gotk__symbol("e_main")));
}

static void test_errors(void) {
    const char *u = compile("u", "extern int nowhere(void); int a_defined = 3; int u_main(void) { return nowhere(); }", "");
    expect_error("undefined symbol nowhere", 1, &u);
    const char *p[2] = {compile("p1", "int twice = 1; int a_defined;", "-fno-common"), compile("p2", "int twice = 2;", "")};
    expect_error("duplicate symbol twice", 2, p);
    const char *t = compile("t", "__thread int tls_var = 4; int a_defined; int *t_main(void) { return &tls_var; }", "");
    expect_error("thread-local", 1, &t);
    const char *k = compile("k", "volatile int a_defined; __attribute__((constructor)) void f(void) { a_defined = 1; }", "");
    expect_error("constructors", 1, &k);
    const char *none = "/no/such/file.o";
    expect_error("No such file", 1, &none);
    const char *self = "/proc/self/exe";
    expect_error("not a relocatable object", 1, &self);
    char src[128];
    snprintf(src, sizeof src, "%s/u.c", dir);
    const char *text = src;
    expect_error("ELF object", 1, &text);
}

/* Bytes of a cached object may be anything: never a crash, whatever is damaged. (Run it under AddressSanitizer too.) */
static void test_damaged(void) {
    const char *path = compile("dmg",
        "extern int memcmp(const void*, const void*, unsigned long); int table[40]; const char *names[] = {\"a\", \"b\"};\n"
        "int f(int x) { return table[x] + memcmp(names[0], names[1], 2); }\n"
        "int g(int x) { return f(x) + f(x + 1); }\n", "-g");
    FILE *f = fopen(path, "r");
    static uint8_t good[1 << 16], bad[1 << 16];
    size_t size = fread(good, 1, sizeof good, f);
    fclose(f);
    CHECK(size > 100 && size < sizeof good);
    char out[128];
    snprintf(out, sizeof out, "%s/damaged.o", dir);
    const char *outp = out;
    uint64_t seed = 12345;
    for (int round = 0; round < 400; round++) {
        memcpy(bad, good, size);
        size_t len = size;
        for (int k = 0; k < 1 + round % 5; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            size_t at = (seed >> 20) % size;
            if (round % 3 == 0) at = (seed >> 20) % 64;                      /* the file header */
            if (round % 3 == 1) at = size - 1 - (seed >> 20) % 1600 % size;  /* the section table is at the end */
            bad[at] = (uint8_t)(seed >> 50);
            if (round % 7 == 0) len = (seed >> 30) % size;
        }
        f = fopen(out, "w");
        CHECK(fwrite(bad, 1, len, f) == len && fclose(f) == 0);
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0) {
            if (load(1, &outp) == 0) {
                struct gotk__image *im = gotk__images;
                while (im->next) im = im->next;
                struct gotk__pcinfo pi;
                for (uint64_t pc = im->text_lo; pc < im->text_hi && pc < im->text_lo + 4096; pc++) gotk__pc_info(pc, &pi);
            } else {
                CHECK(err[0]);
            }
            _exit(0);
        }
        int st;
        waitpid(pid, &st, 0);
        if (!WIFEXITED(st) || WEXITSTATUS(st)) {
            fprintf(stderr, "round %d: status %x\n", round, st);
            exit(1);
        }
    }
}

static void test_lines(const char *flags, const char *name) {
    char sym[64], src[1024];
    snprintf(src, sizeof src,
        "static volatile int v;\n"                 /* 1 */
        "static __attribute__((noinline)) int inner_%s(int x) {\n"
        "    v = x;\n"
        "    v++;\n"
        "    return v;\n"                   /* 5 */
        "}\n"
        "int outer_%s(int x) {\n"
        "    int a = inner_%s(x);\n"
        "\n\n"
        "    __builtin_trap();\n"           /* 11 */
        "}\n", name, name, name);
    const char *p = compile(name, src, flags);
    CHECK(load(1, &p) == 0 || (fprintf(stderr, "%s\n", err), 0));
    snprintf(sym, sizeof sym, "outer_%s", name);
    uint64_t pc = (uint64_t)(uintptr_t)gotk__symbol(sym);
    const struct gotk__func *f = gotk__find_func(pc);
    CHECK(f && f->start == pc && !strcmp(f->name, sym));
    CHECK(gotk__find_func(f->end - 1) == f);
    bool line7 = false, line8 = false, line11 = false;
    struct gotk__pcinfo pi;
    for (uint64_t at = f->start; at < f->end; at++) {
        CHECK(gotk__pc_info(at, &pi) && !strcmp(pi.func, sym) && pi.func_start == f->start);
        CHECK(strlen(pi.file) > strlen(name) && strstr(pi.file, name));
        line7 |= pi.line == 7;
        line8 |= pi.line == 8;
        line11 |= pi.line == 11;
        CHECK(pi.line >= 7 && pi.line <= 12);
    }
    CHECK(line7 && line8 && line11);
    struct gotk__image *im = gotk__images;
    while (im->next) im = im->next;
    bool line3 = false;
    for (uint64_t at = im->text_lo; at < im->text_hi; at++)
        if (gotk__pc_info(at, &pi) && !strncmp(pi.func, "inner", 5)) line3 |= pi.line == 3;
    CHECK(line3);
}

int main(int argc, char **argv) {
    if (argc > 1) {                          /* by hand: test_loader OBJECT… links them and says how long it took */
        int64_t t = gotk__now();
        int rc = gotk__load_objects((const char *const *)argv + 1, argc - 1, err, sizeof err);
        printf("%d %s %.3f ms\n", rc, err, (double)(gotk__now() - t) / 1e6);
        return rc != 0;
    }
    snprintf(dir, sizeof dir, "/tmp/gotk-loader-XXXXXX");
    CHECK(mkdtemp(dir));
    test_link();
    test_errors();
    test_damaged();
    test_lines("-O0 -gdwarf-5", "v5");
    test_lines("-O0 -gdwarf-4", "v4");
    test_lines("-O0 -gdwarf-5 -ffunction-sections", "sections");
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -r %s", dir);
    CHECK(system(cmd) == 0);
    puts("ok");
    return 0;
}
