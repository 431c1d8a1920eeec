package main

import "fmt"

// report prints a line for each judgement, and counts those that are not as expected.
type report struct {
	objects  int
	disagree int
}

func (r *report) compare(object, judge, expected, verdict string, err error) {
	if err == nil && verdict != expected {
		err = fmt.Errorf("%s, expected %q", verdict, expected)
	}
	r.add(object, judge, verdict, err)
}

func (r *report) add(object, judge, verdict string, err error) {
	if err != nil {
		r.disagree++
		fmt.Printf("DISAGREE  %-16s %s: %v\n", judge, object, err)
		return
	}
	fmt.Printf("ok        %-16s %s: %s\n", judge, object, verdict)
}
