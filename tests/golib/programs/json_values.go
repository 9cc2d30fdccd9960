// SPDX-License-Identifier: BSD-3-Clause

// Values of every kind to JSON and back, errors with their places, tokens, streams.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

type in struct {
	A int
	B string `json:"b"`
	C []int  `json:"c,omitempty"`
	D *int
	E map[string]int
	F any
	g int
	H float64 `json:",string"`
	I [3]byte
	J []byte
}
type cyc struct{ P *cyc }
type bad struct{ C chan int }
type mar struct{}

func (mar) MarshalJSON() ([]byte, error) { return []byte(`{"x": <1}`), nil }

type mar2 struct{}

func (mar2) MarshalJSON() ([]byte, error) { return nil, fmt.Errorf("no way") }

type tm struct{ s string }

func (t tm) MarshalText() ([]byte, error)  { return []byte("<" + t.s + ">"), nil }
func (t *tm) UnmarshalText(b []byte) error { t.s = string(b); return nil }

func m(v any) {
	b, err := json.Marshal(v)
	fmt.Printf("%s | %v | %T\n", b, err, err)
}
func u(s string, v any) {
	err := json.Unmarshal([]byte(s), v)
	fmt.Printf("%q -> ", s)
	switch p := v.(type) {
	case *any:
		fmt.Printf("%#v", *p)
	case *in:
		fmt.Printf("%+v", *p)
	case *int:
		fmt.Printf("%v", *p)
	case *[]int:
		fmt.Printf("%v", *p)
	case *map[string]int:
		fmt.Printf("%v", *p)
	case *int8, *uint, *float32:
	default:
		fmt.Printf("%v", v)
	}
	fmt.Printf(" | %v | %T", err, err)
	if e, ok := err.(*json.SyntaxError); ok {
		fmt.Print(" off ", e.Offset)
	}
	if e, ok := err.(*json.UnmarshalTypeError); ok {
		fmt.Printf(" %q %v %d %q %q", e.Value, e.Type, e.Offset, e.Struct, e.Field)
	}
	fmt.Println()
}
func main() {
	m(in{})
	m("a<b>&\u2028\xff\x01\n\t\b\f\"\\/é")
	m(math.NaN())
	m(bad{})
	m(mar{})
	m(mar2{})
	m(tm{"x"})
	m(map[tm]int{{"q"}: 1, {"a"}: 2})
	m(map[int]string{3: "c", -1: "a", 10: "z"})
	m([]float64{1, 1.5, 1e21, 1e20, 1e-6, 1e-7, 123456789, -0.0, math.MaxFloat64})
	m([]float32{0.1, 3e10})
	m([]any{nil, true, "x", 1, 2.5, []int(nil), map[string]int(nil), (*int)(nil)})
	m(func() {})
	m(complex(1, 2))
	c := &cyc{}
	c.P = c
	b, err := json.Marshal(c)
	fmt.Println(len(b), err != nil, strings.HasPrefix(fmt.Sprint(err), "json: unsupported value: encountered a cycle"), fmt.Sprintf("%T", err))
	m(json.Number("12e3"))
	m(json.Number("1x"))
	m(json.Number(""))
	m(json.RawMessage(`{"a" : [1, 2]}`))
	m(json.RawMessage(nil))
	m(time.Date(2020, 1, 2, 3, 4, 5, 6000, time.UTC))
	m(time.Second)
	m(struct {
		X any    `json:"-"`
		Y int    `json:"-,"`
		Z int    `json:"a b"`
		W string `json:",string"`
	}{1, 2, 3, "q"})
	for _, s := range []string{`{"a":1,`, ``, ` `, `nul`, `[1,2`, `[1 2]`, `{"a" 1}`, `{a:1}`, `"abc`, `"\x"`, `"\u12"`, `01`, `1.`, `-`, `1e`, `[1,]`, `{"a":1,}`, `tru`, `1 2`, "\"a\nb\"", `"\ud800"`, `"\ud83d\ude00"`, "\"\xff\"", `[]x`, `{"a":}`, `+1`, `.5`, `"a" "b"`, `{"a":1 "b":2}`, `]`, `{"a":1]`, "\x00", `{"x":1,"x":2}`, "[1,\n2,\n x]"} {
		var v any
		u(s, &v)
	}
	var n int
	u(`"x"`, &n)
	u(`1.5`, &n)
	u(`99999999999999999999`, &n)
	u(`null`, &n)
	u(`[1]`, &n)
	u(`{"a":1}`, &n)
	u(`true`, &n)
	var i8 int8
	u(`300`, &i8)
	var ui uint
	u(`-1`, &ui)
	var f32 float32
	u(`1e99`, &f32)
	var st in
	u(`{"A":5,"B":"x","b":"y","c":[1,2],"D":7,"E":{"k":1},"F":{"z":[1,"a",null]},"g":4,"H":"2.5","I":[1,2,3,4],"J":"aGk="}`, &st)
	st = in{}
	u(`{"a":"x"}`, &st)
	u(`{"A":"x","b":"after"}`, &st)
	u(`{"E":{"k":"v"}}`, &st)
	u(`{"c":[1,"x",3]}`, &st)
	u(`{"H":2.5}`, &st)
	u(`{"H":"abc"}`, &st)
	u(`{"J":"!!"}`, &st)
	u(`[1]`, &st)
	u(`"s"`, &st)
	var sl []int
	u(`[1,2,3]`, &sl)
	u(`[4]`, &sl)
	u(`null`, &sl)
	u(`{}`, &sl)
	mp := map[string]int{"old": 1}
	u(`{"new":2,"x":"y","z":3}`, &mp)
	mi := map[int]string{}
	u(`{"1":"a","x":"b"}`, &mi)
	u(`{}`, 5)
	u(`{}`, nil)
	fmt.Println(json.Unmarshal([]byte(`{}`), (*int)(nil)))
	var arr [2]int
	u(`[1,2,3]`, &arr)
	u(`[9]`, &arr)
	var t tm
	u(`"hello"`, &t)
	u(`5`, &t)
	var tt time.Time
	u(`"2020-01-02T03:04:05Z"`, &tt)
	var nn json.Number
	u(`12.50`, &nn)
	u(`"12"`, &nn)
	var rm json.RawMessage
	u(`{"a": 1}`, &rm)
	var buf bytes.Buffer
	fmt.Println(json.Indent(&buf, []byte(`{"a":[1,2,{}],"b":{},"c":[]}`), ">", "  "), buf.String())
	buf.Reset()
	fmt.Println(json.Compact(&buf, []byte(` { "a" : [ 1 , 2 ] } `)), buf.String())
	buf.Reset()
	fmt.Println(json.Indent(&buf, []byte(`{"a":`), "", " "), buf.String())
	b, err = json.MarshalIndent(map[string]any{"b": []int{1}, "a": map[string]int{}, "c": []int{}}, "", "\t")
	fmt.Printf("%s %v\n", b, err)
	d := json.NewDecoder(strings.NewReader(`{"a":[1,"x",null,true,{"b":2.5}]} 5 "x"`))
	for {
		t, err := d.Token()
		fmt.Printf("%T %v %v %v %d\n", t, t, err, d.More(), d.InputOffset())
		if err != nil {
			break
		}
	}
	d = json.NewDecoder(strings.NewReader(`{"A":1,"zz":2}`))
	d.DisallowUnknownFields()
	err = d.Decode(&st)
	fmt.Printf("%v %T\n", err, err)
	d = json.NewDecoder(strings.NewReader(`{"A":1} {"A":2}  [1`))
	for {
		var v any
		err := d.Decode(&v)
		fmt.Printf("%v %v %T\n", v, err, err)
		if err != nil {
			break
		}
	}
	d = json.NewDecoder(strings.NewReader(`[1, 12345678901234567890]`))
	d.UseNumber()
	var v any
	fmt.Println(d.Decode(&v), v)
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	fmt.Println(enc.Encode(map[string]any{"a": "<&>"}), buf.String())
	fmt.Println(json.Valid([]byte(`{"a":1}`)), json.Valid([]byte(`{a}`)))
	buf.Reset()
	json.HTMLEscape(&buf, []byte(`"<a>&"`))
	fmt.Println(buf.String())
	// Embedded structs, names that hide each other, options.
	type E1 struct{ A, B int }
	type E2 struct {
		B int
		C int `json:"c"`
	}
	type E3 struct{ D int }
	type outer struct {
		E1
		*E2
		*E3
		Z  int       `json:"z,omitempty"`
		Y  *int      `json:"y,omitempty"`
		T  time.Time `json:"t,omitzero"`
		P  point
		PP *point
		M  map[point]string
		X  any
		S  []point
	}
	m(outer{E1: E1{1, 2}, M: map[point]string{{1, 2}: "x"}, X: point{3, 4}, S: []point{{5, 6}}})
	m(&outer{E2: &E2{3, 4}, Z: 1, T: time.Unix(0, 0).UTC(), PP: &point{7, 8}})
	var o outer
	fmt.Println(json.Unmarshal([]byte(`{"A":1,"B":2,"c":3,"D":4,"P":"5;6","PP":"7;8","M":{"1;2":"q"},"S":["1;1","2;2"],"z":9,"t":"2021-02-03T04:05:06+07:00"}`), &o))
	fmt.Println(o.A, o.E2, o.E3.D, o.P, *o.PP, o.M, o.S, o.Z, o.T)
	type rec struct {
		Name string
		Kids []*rec `json:",omitempty"`
		Up   *rec   `json:"-"`
	}
	m(rec{"a", []*rec{{"b", nil, nil}, {"c", []*rec{{}}, nil}}, nil})
	var r rec
	fmt.Println(json.Unmarshal([]byte(`{"name":"x","KIDS":[{"Name":"y"},null]}`), &r), r.Name, len(r.Kids), r.Kids[0].Name, r.Kids[1])
	for _, s := range []string{`-x`, `1.x`, `1ex`, `trux`, `nulL`, `fals0`, `"\u00zz"`, `{"a":tru}`, `[1.5e+]`, `-01`} {
		var v any
		u(s, &v)
	}
	deep := strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
	fmt.Println(json.Valid([]byte(deep)))
	big := strings.Repeat(`{"k":[1,2.5,"text",null,true]}`+"\n", 500)
	dec := json.NewDecoder(halves{strings.NewReader(big)})
	count := 0
	for dec.More() {
		var v map[string][]any
		if err := dec.Decode(&v); err != nil {
			fmt.Println(err)
			break
		}
		count += len(v["k"])
	}
	fmt.Println(count)
}

type point struct{ x, y int }

func (p point) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d;%d", p.x, p.y), nil }

func (p *point) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d;%d", &p.x, &p.y)
	return err
}

// halves reads half of what it could.
type halves struct{ r io.Reader }

func (h halves) Read(p []byte) (int, error) { return h.r.Read(p[:(len(p)+1)/2]) }
