/* SPDX-License-Identifier: BSD-3-Clause
 * gotk from plain C: the prime sieve, a chain of goroutines of which each takes the multiples of one prime out of a channel.
 *
 *     cc primes.c -I../include -L../bin -lgotk -Wl,-rpath,'$ORIGIN/../bin' -o primes && ./primes 100 */
#include <gotk.h>
#include <stdio.h>
#include <stdlib.h>

struct filter { gotk_chan *in, *out; int prime; };

static void numbers(void *arg)
{
    gotk_chan *out = arg;
    for (int n = 2; gotk_chan_send(out, &n) == GOTK_OK; n++) {}
}

static void take_out(void *arg)
{
    struct filter f = *(struct filter *)arg;
    free(arg);
    for (int n; gotk_chan_recv(f.in, &n) == GOTK_OK;)
        if (n % f.prime != 0 && gotk_chan_send(f.out, &n) != GOTK_OK) break;
    gotk_chan_close(f.in);     /* whoever sends to us ends, too */
}

struct job { int wanted, last; };

static void primes(void *arg)
{
    struct job *job = arg;
    gotk_chan *c = gotk_chan_new(sizeof(int), 16);
    gotk_go(numbers, c, 0);
    for (int i = 0; i < job->wanted; i++) {
        gotk_chan_recv(c, &job->last);
        gotk_chan *out = gotk_chan_new(sizeof(int), 16);
        struct filter *f = malloc(sizeof *f);
        *f = (struct filter){c, out, job->last};
        gotk_go(take_out, f, 0);   /* f is its own from here on: it may have freed it already */
        c = out;
    }
    gotk_chan_close(c);        /* ends the chain, from its end to its beginning; the channels are left to the process's end */
}

int main(int argc, char **argv)
{
    struct job job = {argc > 1 ? atoi(argv[1]) : 100, 0};
    struct gotk_config config = {.size = sizeof config, .procs = 2, .stack_size = 64 << 10};
    int err = gotk_start(&config);
    if (!err) err = gotk_go(primes, &job, 0);
    if (!err) err = gotk_wait(-1);
    if (err) {
        fprintf(stderr, "primes: %s\n", gotk_error_text(err));
        return 1;
    }
    struct gotk_counters c;
    gotk_counters(&c, sizeof c);
    printf("prime number %d is %d (%llu goroutines)\n", job.wanted, job.last, (unsigned long long)c.created);
    return gotk_stop() != GOTK_OK;
}
