/* SPDX-License-Identifier: BSD-3-Clause
 * Finalizers and cleanups: what is to be called when an object has become unreachable; and weak pointers.
 *
 * A record is malloc'd, so the collector does not see the object's address in it. While the collector marks (the world is
 * stopped) it calls gotk__finalizers_mark after the roots:
 *   1. the functions of all records are kept, and all that an object with a finalizer points to, but not the object;
 *   2. an object with a finalizer that is not marked by now was reachable from nothing, not even from another such object:
 *      its finalizer is queued, and the object lives until that has run;
 *   3. cleanups of objects that are still not marked are queued; their objects die at once.
 * Between 1 and 2 the handles of weak pointers to objects that are not marked are cleared: nobody gets at an object any more whose
 * finalizer is about to run. A handle is a word of the heap without pointers, which holds the address; all weak pointers to an address
 * share it (so they are equal), and its record goes when they are gone.
 *
 * So a chain of objects with finalizers is finalized from its head, one per collection, and a cycle of them never is, as
 * in Go.
 *
 * What is queued runs one after the other on a goroutine of its own (runtime.runFinalizers), which is started when the
 * queue was empty and ends when it is empty again: no goroutine waits that deadlock detection would have to know.
 *
 * `lock` guards the table and the queue; it is never held while anything else is taken. In threads mode nothing is ever
 * collected, so nothing is called. */
#include "heap.h"
#include "scheduler.h"
#include <stdlib.h>
#include <string.h>

enum kind { FINALIZER, CLEANUP, WEAK };

typedef struct special {
    struct special *next;              /* in its bucket or in the queue */
    uint64_t object;                   /* first address */
    void *fn;                          /* func(unsafe.Pointer); WEAK: the handle */
    uint64_t id;                       /* of a cleanup; WEAK: the address pointed to, which may be inside the object */
    enum kind kind;
} special;

static gotk__mutex lock;
static special **buckets;              /* by the object's address */
static uint64_t nbuckets, count, last_id;
static special *queue, **queue_end = &queue;
static bool running;                   /* the goroutine is there, or about to be */

static uint64_t bucket_of(uint64_t object) {
    return (object >> 3) * 0x9e3779b97f4a7c15ull >> 20 & (nbuckets - 1);
}

static void grow_locked(void) {
    uint64_t old = nbuckets;
    special **before = buckets;
    nbuckets = old ? old * 2 : 64;
    buckets = calloc(nbuckets, sizeof *buckets);
    if (!buckets) gotk__throw("no memory for finalizers");
    for (uint64_t i = 0; i < old; i++)
        for (special *s = before[i], *next; s; s = next) {
            next = s->next;
            special **b = &buckets[bucket_of(s->object)];
            s->next = *b;
            *b = s;
        }
    free(before);
}

static void add_locked(uint64_t object, void *fn, enum kind kind, uint64_t id) {
    if (count >= nbuckets) grow_locked();
    special *s = malloc(sizeof *s);
    if (!s) gotk__throw("no memory for finalizers");
    special **b = &buckets[bucket_of(object)];
    *s = (special){*b, object, fn, id, kind};
    *b = s;
    count++;
}

/* The object of the heap that p points into, or 0. */
static uint64_t object_of(const void *p) {
    gotk__span *s = gotk__span_of(p);
    if (!s || s->state == SPAN_FREE) return 0;
    if (s->state == SPAN_LARGE) return (uint64_t)s->base;
    uint64_t i = ((uint64_t)p - (uint64_t)s->base) * s->magic >> 32;
    return i < s->nelems ? (uint64_t)s->base + i * s->elem_size : 0;
}

/* SYS. fn null: forget the finalizer. -> 0 done (or the object is static: nothing will ever happen), 1 p is inside an
 * object, 2 there is a finalizer already. */
int64_t gotk__setfinalizer(void *p, void *fn) {
    uint64_t object = object_of(p);
    int64_t result = 0;
    if (!object) return 0;
    if (object != (uint64_t)p) return 1;
    gotk__lock(&lock);
    special **at = nbuckets ? &buckets[bucket_of(object)] : NULL;
    while (at && *at && !((*at)->object == object && (*at)->kind == FINALIZER)) at = &(*at)->next;
    if (!fn) {
        if (at && *at) {
            special *s = *at;
            *at = s->next;
            count--;
            free(s);
        }
    } else if (at && *at) {
        result = 2;
    } else {
        add_locked(object, fn, FINALIZER, 0);
    }
    gotk__unlock(&lock);
    return result;
}

/* SYS. -> its number, for cancelling; 0 if p is in no object of the heap. */
int64_t gotk__addcleanup(void *p, void *fn) {
    uint64_t object = object_of(p);
    if (!object) return 0;
    gotk__lock(&lock);
    uint64_t id = ++last_id;
    add_locked(object, fn, CLEANUP, id);
    gotk__unlock(&lock);
    return (int64_t)id;
}

/* SYS. A cleanup that is queued already is cancelled, too. object: the object's address, hidden from the collector. */
void gotk__stopcleanup(uint64_t object, int64_t id) {
    gotk__lock(&lock);
    if (nbuckets)
        for (special **at = &buckets[bucket_of(object)]; *at; at = &(*at)->next)
            if ((*at)->id == (uint64_t)id && (*at)->kind == CLEANUP) {
                special *s = *at;
                *at = s->next;
                count--;
                free(s);
                break;
            }
    gotk__unlock(&lock);
}

/* SYS. The handle of weak pointers to p: the same as long as there are any. */
void *gotk__weakhandle(void *p) {
    uint64_t object = object_of(p), address = (uint64_t)p;
    if (!object) object = address;     /* static: stays */
    uint64_t *made = gotk__alloc_noscan_dirty(sizeof *made);
    *made = address;
    gotk__lock(&lock);
    if (nbuckets)
        for (special *s = buckets[bucket_of(object)]; s; s = s->next)
            if (s->kind == WEAK && s->id == address) {
                made = s->fn;
                goto done;
            }
    add_locked(object, made, WEAK, address);
done:
    gotk__unlock(&lock);
    return made;
}

/* SYS. The object that p points into, as a number. */
uint64_t gotk__objectof(void *p) { return object_of(p); }

/* ------------------------------------------------------------------------------- the collector's side */

static void enqueue(special *s) {
    s->next = NULL;
    *queue_end = s;
    queue_end = &s->next;
}

static void mark(void *p) { gotk__mark_range(NULL, &p, &p + 1); }

/* What the object points to, not itself. */
static void mark_contents(uint64_t object) {
    const gotk__span *s = gotk__span_of((void *)object);
    if (!s->noscan) gotk__mark_range(NULL, (void *)object, (void *)(object + s->elem_size));
}

/* Takes the records of this kind whose objects are not marked out of the table. */
static void take_dead(enum kind kind) {
    special *found = NULL;
    for (uint64_t i = 0; i < nbuckets; i++)
        for (special **at = &buckets[i]; *at;) {
            special *s = *at;
            if (s->kind != kind || gotk__is_marked((void *)s->object)) {
                at = &s->next;
                continue;
            }
            *at = s->next;
            count--;
            s->next = found;
            found = s;
        }
    for (special *s = found, *next; s; s = next) {
        next = s->next;
        if (kind == FINALIZER) mark((void *)s->object);
        else s->object = 0;
        enqueue(s);
    }
}

static void clear_weak(void) {
    for (uint64_t i = 0; i < nbuckets; i++)
        for (special **at = &buckets[i]; *at;) {
            special *s = *at;
            bool alive = s->kind != WEAK || gotk__is_marked((void *)s->object)   ;   /* what is not of the heap is, too */
            if (alive && (s->kind != WEAK || gotk__is_marked(s->fn))) {
                at = &s->next;
                continue;
            }
            if (!alive) *(uint64_t *)s->fn = 0;
            *at = s->next;
            count--;
            free(s);
        }
}

/* The world is stopped, all roots are marked. */
void gotk__finalizers_mark(void) {
    for (special *s = queue; s; s = s->next) {
        mark(s->fn);
        mark((void *)s->object);
    }
    for (uint64_t i = 0; i < nbuckets; i++)
        for (special *s = buckets[i]; s; s = s->next) {
            if (s->kind != WEAK) mark(s->fn);
            if (s->kind == FINALIZER) mark_contents(s->object);
        }
    gotk__mark_finish();
    clear_weak();
    take_dead(FINALIZER);
    gotk__mark_finish();
    take_dead(CLEANUP);
}

/* After a collection, the world still stopped: start the goroutine if there is something to do. */
void gotk__finalizers_start(void) {
    if (!queue || running) return;
    void *entry = gotk__symbol("runtime.runFinalizers");
    if (!entry) return;                /* a C program without golib: nothing can have been registered */
    running = true;
    COUNT(gotk__sched.allp[0]->n_spawns, 1);   /* nobody else counts now */
    gotk__ready_tail(gotk__spawn_big(entry, NULL, 0, 16 << 10));
}

/* SYS: the next call to make, {fn, object}; {0, 0} ends the goroutine. */
gotk__ret2 gotk__nextfinalizer(void) {
    gotk__ret2 r = {0, 0};
    gotk__lock(&lock);
    special *s = queue;
    if (s) {
        queue = s->next;
        if (!queue) queue_end = &queue;
        r = (gotk__ret2){(uint64_t)s->fn, s->object};
    } else {
        running = false;
    }
    gotk__unlock(&lock);
    free(s);
    return r;
}

/* LEAF: the call is all there is to it. */
void gotk_go_keepalive(void *p) { (void)p; }
