// A thousand lines of ordinary Go, for measuring compile times: a dozen concurrency exercises in one file.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	diningPhilosophersSeats = 5
	diningPhilosophersMeals = 200
)

type diningPhilosophersFork struct {
	sync.Mutex
	number int
	used   int
}

type diningPhilosophersPhilosopher struct {
	name          string
	first, second *diningPhilosophersFork
	eaten         int
}

func (p *diningPhilosophersPhilosopher) dine(diningPhilosophersMeals int) {
	for range diningPhilosophersMeals {
		p.first.Lock()
		p.second.Lock()
		p.eaten++
		p.first.used++
		p.second.used++
		runtime.Gosched()
		p.second.Unlock()
		p.first.Unlock()
	}
}

func diningPhilosophersMain() {
	forks := make([]*diningPhilosophersFork, diningPhilosophersSeats)
	for i := range forks {
		forks[i] = &diningPhilosophersFork{number: i}
	}
	names := []string{"Aristotle", "Kant", "Spinoza", "Marx", "Russell"}
	table := make([]*diningPhilosophersPhilosopher, diningPhilosophersSeats)
	for i := range table {
		left, right := forks[i], forks[(i+1)%diningPhilosophersSeats]
		if left.number > right.number {
			left, right = right, left
		}
		table[i] = &diningPhilosophersPhilosopher{name: names[i%len(names)], first: left, second: right}
	}
	var wg sync.WaitGroup
	for _, p := range table {
		wg.Go(func() { p.dine(diningPhilosophersMeals) })
	}
	wg.Wait()
	for _, p := range table {
		fmt.Printf("%-10s ate %d times\n", p.name, p.eaten)
	}
	for _, f := range forks {
		fmt.Printf("diningPhilosophersFork %d used %d times\n", f.number, f.used)
	}
}

// Output:
// Aristotle  ate 200 times
// Kant       ate 200 times
// Spinoza    ate 200 times
// Marx       ate 200 times
// Russell    ate 200 times
// diningPhilosophersFork 0 used 400 times
// diningPhilosophersFork 1 used 400 times
// diningPhilosophersFork 2 used 400 times
// diningPhilosophersFork 3 used 400 times
// diningPhilosophersFork 4 used 400 times

var (
	rwmutexGuardedReaders = 8
	rwmutexGuardedWriters = 4
	rwmutexGuardedRounds  = 500
)

type rwmutexGuardedCache struct {
	mu   sync.RWMutex
	data map[string]int
	hits atomic.Int64
}

func (c *rwmutexGuardedCache) get(key string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.data[key]
	if ok {
		c.hits.Add(1)
	}
	return v, ok
}

func (c *rwmutexGuardedCache) add(key string, n int) {
	c.mu.Lock()
	c.data[key] += n
	c.mu.Unlock()
}

func rwmutexGuardedMain() {
	c := &rwmutexGuardedCache{data: map[string]int{}}
	keys := []string{"alpha", "beta", "gamma", "delta"}
	for _, k := range keys {
		c.add(k, 0)
	}
	var wg sync.WaitGroup
	var reads atomic.Int64
	for w := range rwmutexGuardedWriters {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for i := range rwmutexGuardedRounds {
				c.add(keys[(w+i)%len(keys)], 1)
			}
		}(w)
	}
	for r := range rwmutexGuardedReaders {
		wg.Add(1)
		go func() {
			defer wg.Done()
			last := make(map[string]int)
			for i := range rwmutexGuardedRounds {
				k := keys[(r+i)%len(keys)]
				v, ok := c.get(k)
				if !ok || v < last[k] {
					panic(fmt.Sprint("a counter went backwards: ", k, " ", last[k], " ", v))
				}
				last[k] = v
				reads.Add(1)
			}
		}()
	}
	wg.Wait()
	sum := 0
	for _, k := range keys {
		v, _ := c.get(k)
		fmt.Println(k, v)
		sum += v
	}
	fmt.Println("sum", sum, "reads", reads.Load(), "hits", c.hits.Load())
}

// Output:
// alpha 500
// beta 500
// gamma 500
// delta 500
// sum 2000 reads 4000 hits 4004

var sameFringeSize = 300

type sameFringeTree struct {
	left, right *sameFringeTree
	value       int
}

func (t *sameFringeTree) insert(v int) *sameFringeTree {
	if t == nil {
		return &sameFringeTree{value: v}
	}
	if v < t.value {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *sameFringeTree) walk(ch chan<- int, quit <-chan struct{}) bool {
	if t == nil {
		return true
	}
	if !t.left.walk(ch, quit) {
		return false
	}
	select {
	case ch <- t.value:
	case <-quit:
		return false
	}
	return t.right.walk(ch, quit)
}

func sameFringeFringe(t *sameFringeTree, quit <-chan struct{}) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		t.walk(ch, quit)
	}()
	return ch
}

func sameFringeSame(a, b *sameFringeTree) (bool, int) {
	quit := make(chan struct{})
	defer close(quit)
	ca, cb := sameFringeFringe(a, quit), sameFringeFringe(b, quit)
	compared := 0
	for {
		va, oka := <-ca
		vb, okb := <-cb
		if oka != okb || va != vb {
			return false, compared
		}
		if !oka {
			return true, compared
		}
		compared++
	}
}

func sameFringeBuild(k, seed int) *sameFringeTree {
	var t *sameFringeTree
	for i := range sameFringeSize {
		t = t.insert((i*seed + seed) % sameFringeSize * k)
	}
	return t
}

func sameFringeMain() {
	a, b, c := sameFringeBuild(1, 7), sameFringeBuild(1, 11), sameFringeBuild(2, 7)
	fmt.Println(sameFringeSame(a, b))
	fmt.Println(sameFringeSame(a, a))
	fmt.Println(sameFringeSame(a, c))
	fmt.Println(sameFringeSame(nil, nil))
	fmt.Println(sameFringeSame(nil, a))
}

// Output:
// true 300
// true 300
// false 1
// true 0
// false 0

type errgroupInGroup struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
	slots  chan struct{}
}

func errgroupInWithContext(ctx context.Context, limit int) (*errgroupInGroup, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &errgroupInGroup{cancel: cancel, slots: make(chan struct{}, limit)}, ctx
}

func (g *errgroupInGroup) Go(f func() error) {
	g.slots <- struct{}{}
	g.wg.Add(1)
	go func() {
		defer func() {
			<-g.slots
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *errgroupInGroup) Wait() error {
	g.wg.Wait()
	g.cancel()
	return g.err
}

var errgroupInErrTooBig = errors.New("too big")

func errgroupInMain() {
	g, ctx := errgroupInWithContext(context.Background(), 4)
	var sum atomic.Int64
	for i := range 20 {
		g.Go(func() error {
			sum.Add(int64(i))
			return nil
		})
	}
	fmt.Println(g.Wait(), sum.Load(), ctx.Err())

	g, ctx = errgroupInWithContext(context.Background(), 8)
	var cancelled atomic.Int32
	for i := range 8 {
		g.Go(func() error {
			if i == 5 {
				return fmt.Errorf("task %d: %w", i, errgroupInErrTooBig)
			}
			select {
			case <-ctx.Done():
				cancelled.Add(1)
				return ctx.Err()
			case <-time.After(10 * time.Second):
				return nil
			}
		})
	}
	err := g.Wait()
	fmt.Println(err, errors.Is(err, errgroupInErrTooBig), "cancelled", cancelled.Load())

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	g, ctx = errgroupInWithContext(ctx, 2)
	g.Go(func() error {
		<-ctx.Done()
		return ctx.Err()
	})
	err = g.Wait()
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
}

// Output:
// <nil> 190 context canceled
// task 5: too big true cancelled 7
// context deadline exceeded true

var (
	bankTransfersAccounts  = 10
	bankTransfersTellers   = 8
	bankTransfersTransfers = 1000
	bankTransfersOpening   = 1000
)

type bankTransfersAccount struct {
	id      int
	mu      sync.Mutex
	balance int
}

func bankTransfersTransfer(from, to *bankTransfersAccount, amount int) bool {
	a, b := from, to
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// bankTransfersNext is a small linear congruential generator, so that every teller has a sequence of its own.
func bankTransfersNext(state *uint32) int {
	*state = *state*1664525 + 1013904223
	return int(*state >> 8)
}

func bankTransfersMain() {
	bank := make([]*bankTransfersAccount, bankTransfersAccounts)
	atomics := make([]atomic.Int64, bankTransfersAccounts)
	for i := range bank {
		bank[i] = &bankTransfersAccount{id: i, balance: bankTransfersOpening}
		atomics[i].Store(int64(bankTransfersOpening))
	}
	var refused, done int64
	var wg sync.WaitGroup
	for t := range bankTransfersTellers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			state := uint32(t + 1)
			for range bankTransfersTransfers {
				i, j := bankTransfersNext(&state)%bankTransfersAccounts, bankTransfersNext(&state)%bankTransfersAccounts
				amount := bankTransfersNext(&state) % 300
				if i == j {
					continue
				}
				if bankTransfersTransfer(bank[i], bank[j], amount) {
					atomic.AddInt64(&done, 1)
				} else {
					atomic.AddInt64(&refused, 1)
				}
				for {
					have := atomics[i].Load()
					if have < int64(amount) {
						break
					}
					if atomics[i].CompareAndSwap(have, have-int64(amount)) {
						atomics[j].Add(int64(amount))
						break
					}
				}
			}
		}()
	}
	wg.Wait()
	total, atomicTotal, negative := 0, int64(0), false
	for i := range bank {
		total += bank[i].balance
		atomicTotal += atomics[i].Load()
		negative = negative || bank[i].balance < 0 || atomics[i].Load() < 0
	}
	fmt.Println("mutex total", total, "atomic total", atomicTotal, "negative", negative)
	fmt.Println("every bankTransfersTransfer answered:", done+refused > 0 && done+refused <= int64(bankTransfersTellers*bankTransfersTransfers))
}

// Output:
// mutex total 10000 atomic total 10000 negative false
// every bankTransfersTransfer answered: true

var fanOutWorkers = 4

type fanOutJob struct {
	id   int
	text string
}

type fanOutResult struct {
	id    int
	words map[string]int
}

func fanOutCount(text string) map[string]int {
	words := make(map[string]int)
	for _, w := range strings.Fields(text) {
		words[strings.ToLower(strings.Trim(w, ".,;"))]++
	}
	return words
}

func fanOutMain() {
	lines := strings.Split(`Do not communicate by sharing memory; instead, share memory by communicating.
Concurrency is not parallelism.
Channels orchestrate; mutexes serialize.
The bigger the interface, the weaker the abstraction.
Make the zero value useful.
Errors are values.
Do not just check errors, handle them gracefully.
Design the architecture, name the components, document the details.`, "\n")

	jobs := make(chan fanOutJob)
	results := make(chan fanOutResult)
	var wg sync.WaitGroup
	for range fanOutWorkers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				results <- fanOutResult{j.id, fanOutCount(j.text)}
			}
		}()
	}
	go func() {
		for round := range 50 {
			for i, line := range lines {
				jobs <- fanOutJob{round*len(lines) + i, line}
			}
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()

	total := make(map[string]int)
	ids := []int{}
	for r := range results {
		ids = append(ids, r.id)
		for w, n := range r.words {
			total[w] += n
		}
	}
	sort.Ints(ids)
	inOrder := true
	for i, id := range ids {
		inOrder = inOrder && i == id
	}
	words := make([]string, 0, len(total))
	for w := range total {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		if total[words[i]] != total[words[j]] {
			return total[words[i]] > total[words[j]]
		}
		return words[i] < words[j]
	})
	fmt.Println(len(ids), "results, all there:", inOrder)
	for _, w := range words[:8] {
		fmt.Printf("%-12s %4d\n", w, total[w])
	}
}

// Output:
// 400 results, all there: true
// the           400
// not           150
// by            100
// do            100
// errors        100
// memory        100
// abstraction    50
// architecture   50

var workerPoolPoolSize = 3

var workerPoolErrOdd = errors.New("odd number")

type workerPoolParseError struct {
	input string
	err   error
}

func (e *workerPoolParseError) Error() string { return fmt.Sprintf("parsing %q: %v", e.input, e.err) }
func (e *workerPoolParseError) Unwrap() error { return e.err }

type workerPoolOutcome struct {
	index int
	value int
	err   error
}

func workerPoolHalve(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, &workerPoolParseError{s, err}
	}
	if n%2 != 0 {
		return 0, fmt.Errorf("workerPoolHalve %d: %w", n, workerPoolErrOdd)
	}
	return n / 2, nil
}

func workerPoolMain() {
	inputs := []string{"10", "7", "x1", "42", "", "1000000", "99999999999999999999", "-8", "3"}
	type task struct {
		index int
		text  string
	}
	tasks := make(chan task, len(inputs))
	outcomes := make(chan workerPoolOutcome, len(inputs))
	var wg sync.WaitGroup
	for w := 0; w < workerPoolPoolSize; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for t := range tasks {
				v, err := workerPoolHalve(t.text)
				outcomes <- workerPoolOutcome{t.index, v, err}
			}
		}()
	}
	for i, s := range inputs {
		tasks <- task{i, s}
	}
	close(tasks)
	wg.Wait()
	close(outcomes)

	var all []workerPoolOutcome
	for o := range outcomes {
		all = append(all, o)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].index < all[j].index })
	odd, syntax, ranged := 0, 0, 0
	for _, o := range all {
		if o.err == nil {
			fmt.Printf("%d: %d\n", o.index, o.value)
			continue
		}
		fmt.Printf("%d: error: %v\n", o.index, o.err)
		var pe *workerPoolParseError
		switch {
		case errors.Is(o.err, workerPoolErrOdd):
			odd++
		case errors.As(o.err, &pe) && errors.Is(pe.err, strconv.ErrRange):
			ranged++
		case errors.Is(o.err, strconv.ErrSyntax):
			syntax++
		}
	}
	fmt.Println("odd", odd, "syntax", syntax, "range", ranged)
}

// Output:
// 0: 5
// 1: error: workerPoolHalve 7: odd number
// 2: error: parsing "x1": strconv.Atoi: parsing "x1": invalid syntax
// 3: 21
// 4: error: parsing "": strconv.Atoi: parsing "": invalid syntax
// 5: 500000
// 6: error: parsing "99999999999999999999": strconv.Atoi: parsing "99999999999999999999": value out of range
// 7: -4
// 8: error: workerPoolHalve 3: odd number
// odd 2 syntax 2 range 1

var (
	parallelMergeN         = 100_000
	parallelMergeThreshold = 2_000
)

type parallelMergeOrdered interface {
	~int | ~int64 | ~float64 | ~string
}

func parallelMergeInsertion[T parallelMergeOrdered](s []T) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func parallelMergeMerge[T parallelMergeOrdered](dst, a, b []T) {
	for k := range dst {
		switch {
		case len(a) == 0:
			dst[k], b = b[0], b[1:]
		case len(b) == 0 || !(b[0] < a[0]):
			dst[k], a = a[0], a[1:]
		default:
			dst[k], b = b[0], b[1:]
		}
	}
}

func parallelMergeMergeSort[T parallelMergeOrdered](s, buf []T) {
	if len(s) <= 16 {
		parallelMergeInsertion(s)
		return
	}
	mid := len(s) / 2
	if len(s) > parallelMergeThreshold {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			parallelMergeMergeSort(s[:mid], buf[:mid])
		}()
		parallelMergeMergeSort(s[mid:], buf[mid:])
		wg.Wait()
	} else {
		parallelMergeMergeSort(s[:mid], buf[:mid])
		parallelMergeMergeSort(s[mid:], buf[mid:])
	}
	copy(buf, s)
	parallelMergeMerge(s, buf[:mid], buf[mid:])
}

func parallelMergeIsSorted[T parallelMergeOrdered](s []T) bool {
	for i := 1; i < len(s); i++ {
		if s[i] < s[i-1] {
			return false
		}
	}
	return true
}

func parallelMergeSum[T any](s []T, f func(T) int) (total int) {
	for _, v := range s {
		total += f(v)
	}
	return
}

type parallelMergeCelsius float64

func parallelMergeMain() {
	rng := rand.New(rand.NewSource(1))
	ints := make([]int, parallelMergeN)
	temps := make([]parallelMergeCelsius, parallelMergeN/2)
	words := make([]string, parallelMergeN/10)
	for i := range ints {
		ints[i] = rng.Intn(parallelMergeN)
	}
	for i := range temps {
		temps[i] = parallelMergeCelsius(rng.Intn(1000)) / 8
	}
	for i := range words {
		words[i] = "w" + strconv.Itoa(rng.Intn(parallelMergeN))
	}
	before := parallelMergeSum(ints, func(v int) int { return v })
	parallelMergeMergeSort(ints, make([]int, len(ints)))
	parallelMergeMergeSort(temps, make([]parallelMergeCelsius, len(temps)))
	parallelMergeMergeSort(words, make([]string, len(words)))
	after := parallelMergeSum(ints, func(v int) int { return v })
	fmt.Println(parallelMergeIsSorted(ints), parallelMergeIsSorted(temps), parallelMergeIsSorted(words), before == after)
	fmt.Println(ints[0], ints[parallelMergeN/2], ints[parallelMergeN-1])
	fmt.Println(temps[0], temps[len(temps)-1])
	fmt.Println(words[0], words[len(words)-1])
}

// Output:
// true true true true
// 0 49897 99998
// 0 124.875
// w10003 w99971

var (
	gameOfWidth       = 24
	gameOfHeight      = 12
	gameOfGenerations = 60
)

type gameOfRow []bool

type gameOfNeighbour struct {
	up, down chan gameOfRow // up carries rows to the gameOfRow above, down to the gameOfRow below
}

func gameOfEvolve(above, self, below gameOfRow) gameOfRow {
	next := make(gameOfRow, len(self))
	for x := range self {
		alive := 0
		for dx := -1; dx <= 1; dx++ {
			i := (x + dx + len(self)) % len(self)
			for _, r := range []gameOfRow{above, self, below} {
				if r[i] {
					alive++
				}
			}
		}
		if self[x] {
			alive--
		}
		next[x] = alive == 3 || self[x] && alive == 2
	}
	return next
}

func gameOfShow(grid []gameOfRow) string {
	var out strings.Builder
	for _, r := range grid {
		for _, cell := range r {
			if cell {
				out.WriteByte('#')
			} else {
				out.WriteByte('.')
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func gameOfMain() {
	grid := make([]gameOfRow, gameOfHeight)
	for y := range grid {
		grid[y] = make(gameOfRow, gameOfWidth)
	}
	for _, p := range [][2]int{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} { // a glider
		grid[p[1]][p[0]] = true
	}
	for x := 10; x < 20; x++ {
		grid[6][x] = true
	}
	links := make([]gameOfNeighbour, gameOfHeight)
	for y := range links {
		links[y] = gameOfNeighbour{make(chan gameOfRow, 1), make(chan gameOfRow, 1)}
	}
	var wg sync.WaitGroup
	for y := range grid {
		above, below := (y+gameOfHeight-1)%gameOfHeight, (y+1)%gameOfHeight
		wg.Add(1)
		go func() {
			defer wg.Done()
			self := grid[y]
			for range gameOfGenerations {
				links[y].up <- self
				links[y].down <- self
				self = gameOfEvolve(<-links[above].down, self, <-links[below].up)
			}
			grid[y] = self
		}()
	}
	wg.Wait()
	fmt.Print(gameOfShow(grid))
	alive := 0
	for _, r := range grid {
		for _, cell := range r {
			if cell {
				alive++
			}
		}
	}
	fmt.Println("alive after", gameOfGenerations, "generations:", alive)
}

// Output:
// ........................
// ........................
// ........................
// ........................
// ........................
// ............#....#......
// ..........##.####.##....
// ............#....#......
// ........................
// ........................
// ........................
// ........................
// alive after 60 generations: 12

type pubsubWithBroker struct {
	mu     sync.RWMutex
	topics map[string]map[int]chan string
	nextID int
	closed bool
}

func pubsubWithNewBroker() *pubsubWithBroker {
	return &pubsubWithBroker{topics: make(map[string]map[int]chan string)}
}

func (b *pubsubWithBroker) subscribe(topic string, buffer int) (<-chan string, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ch := make(chan string, buffer)
	if b.closed {
		close(ch)
		return ch, func() {}
	}
	id := b.nextID
	b.nextID++
	if b.topics[topic] == nil {
		b.topics[topic] = make(map[int]chan string)
	}
	b.topics[topic][id] = ch
	var once sync.Once
	return ch, func() {
		once.Do(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			if c, ok := b.topics[topic][id]; ok {
				delete(b.topics[topic], id)
				close(c)
			}
		})
	}
}

func (b *pubsubWithBroker) publish(topic, message string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ch := range b.topics[topic] {
		ch <- message
	}
	return len(b.topics[topic])
}

func (b *pubsubWithBroker) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for _, subscribers := range b.topics {
		for id, ch := range subscribers {
			delete(subscribers, id)
			close(ch)
		}
	}
}

func pubsubWithMain() {
	b := pubsubWithNewBroker()
	var mu sync.Mutex
	received := make(map[string][]string)
	var wg sync.WaitGroup
	listen := func(name, topic string) func() {
		ch, cancel := b.subscribe(topic, 2)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range ch {
				mu.Lock()
				received[name] = append(received[name], m)
				mu.Unlock()
			}
		}()
		return cancel
	}
	listen("anna", "news")
	leave := listen("bert", "news")
	listen("carl", "sport")
	for i := 1; i <= 4; i++ {
		fmt.Println("news reached", b.publish("news", fmt.Sprint("n", i)))
		if i == 2 {
			leave()
			leave() // a second time does nothing
		}
	}
	fmt.Println("sport reached", b.publish("sport", "s1"))
	fmt.Println("nobody hears", b.publish("weather", "w1"))
	b.close()
	wg.Wait()
	late, _ := b.subscribe("news", 0)
	_, open := <-late
	fmt.Println("open after close:", open)
	names := []string{}
	for name := range received {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name, strings.Join(received[name], ","))
	}
}

// Output:
// news reached 2
// news reached 2
// news reached 1
// news reached 1
// sport reached 1
// nobody hears 0
// open after close: false
// anna n1,n2,n3,n4
// bert n1,n2
// carl s1

var (
	barrierFromParties = 6
	barrierFromPhases  = 50
)

type barrierFromBarrier struct {
	mu         sync.Mutex
	cond       *sync.Cond
	size       int
	waiting    int
	generation int
}

func barrierFromNewBarrier(size int) *barrierFromBarrier {
	b := &barrierFromBarrier{size: size}
	b.cond = sync.NewCond(&b.mu)
	return b
}

// await blocks until all barrierFromParties have called it, and reports whether the caller was the last.
func (b *barrierFromBarrier) await() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	generation := b.generation
	if b.waiting++; b.waiting == b.size {
		b.waiting = 0
		b.generation++
		b.cond.Broadcast()
		return true
	}
	for generation == b.generation {
		b.cond.Wait()
	}
	return false
}

func barrierFromMain() {
	b := barrierFromNewBarrier(barrierFromParties)
	var inPhase [100]atomic.Int32
	var last, early atomic.Int32
	var wg sync.WaitGroup
	for range barrierFromParties {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for phase := range barrierFromPhases {
				if phase > 0 && inPhase[phase-1].Load() != int32(barrierFromParties) {
					early.Add(1)
				}
				inPhase[phase].Add(1)
				if b.await() {
					last.Add(1)
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("barrierFromPhases", last.Load(), "early", early.Load(), "generation", b.generation)
}

// Output:
// barrierFromPhases 50 early 0 generation 50

func main() {
	fmt.Println("started")
	diningPhilosophersMain()
	rwmutexGuardedMain()
	sameFringeMain()
	errgroupInMain()
	bankTransfersMain()
	fanOutMain()
	workerPoolMain()
	parallelMergeMain()
	gameOfMain()
	pubsubWithMain()
	barrierFromMain()
}
