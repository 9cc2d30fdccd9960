package p

import "time"

var _ = time.Ticker{nil/* ERROR "too few values in struct literal of type time.Ticker (type has unexported fields - use key:value pairs)" */ }
