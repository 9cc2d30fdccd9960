/* SPDX-License-Identifier: BSD-3-Clause
 * What threads cost a careful C programmer: the other side of gotk/bench/programs/thread_costs.go, which does the same through
 * gotk's runtime `threads`. Usage: pthreads WHAT N; prints ns per operation. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STACK = 1 << 20 };

static pthread_attr_t attr;
static int64_t n;

static int64_t now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

static pthread_t start(void *(*f)(void *), void *arg)
{
    pthread_t t;
    int err = pthread_create(&t, &attr, f, arg);
    if (err) {
        fprintf(stderr, "pthread_create: %s\n", strerror(err));
        exit(1);
    }
    return t;
}

/* ---- create a detached thread, wait for its word that it is done (as a WaitGroup does: not for the end of the thread) */
static sem_t done;

static void *nothing(void *arg)
{
    ++*(int64_t *)arg;
    sem_post(&done);
    return NULL;
}

static void create(void)
{
    int64_t count = 0;
    sem_init(&done, 0, 0);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    for (int64_t i = 0; i < n; i++) {
        start(nothing, &count);
        while (sem_wait(&done) && errno == EINTR) {}
    }
    if (count != n) abort();
}

/* ---- a value handed to another thread and back, by semaphores */
static sem_t ping, pong;
static int64_t value;

static void *answer(void *unused)
{
    for (int64_t i = 0; i < n; i++) {
        while (sem_wait(&ping) && errno == EINTR) {}
        value++;
        sem_post(&pong);
    }
    return unused;
}

static void hand_over(void)
{
    sem_init(&ping, 0, 0);
    sem_init(&pong, 0, 0);
    pthread_t t = start(answer, NULL);
    for (int64_t i = 0; i < n; i++) {
        value = i;
        sem_post(&ping);
        while (sem_wait(&pong) && errno == EINTR) {}
        if (value != i + 1) abort();
    }
    pthread_join(t, NULL);
}

/* ---- a mutex, by one thread or by four */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int64_t counter;

static void *lock_often(void *times)
{
    for (int64_t i = 0; i < (int64_t)(intptr_t)times; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void mutex_one(void) { lock_often((void *)(intptr_t)n); }

static void mutex_four(void)
{
    pthread_t t[4];
    for (int i = 0; i < 4; i++) t[i] = start(lock_often, (void *)(intptr_t)(n / 4));
    for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
}

/* ---- two threads in turns, by a condition variable */
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int turn;

static void *in_turns(void *mine)
{
    int me = (int)(intptr_t)mine;
    pthread_mutex_lock(&mutex);
    for (int64_t i = 0; i < n; i++) {
        while (turn != me) pthread_cond_wait(&cond, &mutex);
        turn = !me;
        pthread_cond_signal(&cond);
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void cond_turns(void)
{
    pthread_t t = start(in_turns, (void *)1);
    in_turns((void *)0);
    pthread_join(t, NULL);
}

/* ---- sleeps of 100 µs */
static void sleeps(void)
{
    for (int64_t i = 0; i < n; i++) {
        struct timespec ts = {0, 100000};
        while (clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, &ts) == EINTR) {}
    }
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*f)(void); } what[] = {
        {"create", create}, {"hand_over", hand_over}, {"mutex", mutex_one}, {"mutex_4", mutex_four}, {"cond", cond_turns}, {"sleep", sleeps},
    };
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK);
    n = argc > 2 ? strtoll(argv[2], NULL, 10) : 0;
    for (unsigned i = 0; n > 0 && i < sizeof what / sizeof *what; i++)
        if (strcmp(argv[1], what[i].name) == 0) {
            int64_t begin = now();
            what[i].f();
            printf("%.1f\n", (double)(now() - begin) / (double)n);
            return 0;
        }
    fprintf(stderr, "usage: pthreads create|hand_over|mutex|mutex_4|cond|sleep N\n");
    return 2;
}
