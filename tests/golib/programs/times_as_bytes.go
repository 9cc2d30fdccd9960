// SPDX-License-Identifier: BSD-3-Clause

// Times as bytes and back; methods of rand.Rand with type parameters.
package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

func main() {
	for _, t := range []time.Time{time.Unix(0, 0).UTC(), time.Date(2020, 1, 2, 3, 4, 5, 678, time.FixedZone("X", 3600)), time.Date(1800, 1, 2, 3, 4, 5, 678, time.FixedZone("X", -3723)), {}, time.Date(2020, 1, 2, 3, 4, 5, 678, time.Local)} {
		b, err := t.MarshalBinary()
		var u time.Time
		fmt.Println(b, err, u.UnmarshalBinary(b), u, u.Equal(t))
	}
	var u time.Time
	fmt.Println(u.UnmarshalBinary(nil), u.UnmarshalBinary([]byte{9}), u.GobDecode([]byte{1, 2}))
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Println(r.N(10), r.N(uint8(200)), r.N(time.Hour))
}
