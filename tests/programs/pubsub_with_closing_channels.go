// SPDX-License-Identifier: BSD-3-Clause
//
// Publish/subscribe: topics, subscribers that come and go, and closed channels as the end of a subscription.
package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

type broker struct {
	mu     sync.RWMutex
	topics map[string]map[int]chan string
	nextID int
	closed bool
}

func newBroker() *broker {
	return &broker{topics: make(map[string]map[int]chan string)}
}

func (b *broker) subscribe(topic string, buffer int) (<-chan string, func()) {
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

func (b *broker) publish(topic, message string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ch := range b.topics[topic] {
		ch <- message
	}
	return len(b.topics[topic])
}

func (b *broker) close() {
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

func main() {
	b := newBroker()
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
