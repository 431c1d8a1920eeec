package main

import (
	"fmt"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

// expectations are the rows of expected.yaml, for each kind.
type expectations map[string][]row

type row struct {
	Ready     string `json:"ready"`
	Reason    string `json:"reason"`
	Stalled   bool   `json:"stalled"`
	Condition string `json:"condition"`
	OnceReady *bool  `json:"onceReady"`
	verdicts  `json:",inline"`
}

type verdicts struct {
	Kstatus   string `json:"kstatus"`
	ArgoCD    string `json:"argocd"`
	Consented string `json:"consented"`
	Published string `json:"published"`
	Link      bool   `json:"link"`
}

func loadExpectations(path string) (expectations, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	table := expectations{}
	if err := yaml.UnmarshalStrict(text, &table); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return table, nil
}

// of finds the first row that fits.
func (e expectations) of(recording recording) (verdicts, error) {
	ready, _ := recording.condition("Ready")
	stalled, _ := recording.condition("Stalled")
	if !recording.visited() {
		ready = condition{Status: "NotVisited"}
		stalled = condition{}
	}
	for _, row := range e[recording.object.GetKind()] {
		other := true
		if row.Condition != "" {
			_, other = recording.conditionFits(row.Condition)
		}
		if other && row.Ready == ready.Status && (row.Reason == "" || row.Reason == ready.Reason) &&
			row.Stalled == (stalled.Status == "True") &&
			(row.OnceReady == nil || *row.OnceReady == recording.onceReady) {
			return row.verdicts, nil
		}
	}
	return verdicts{}, fmt.Errorf("no row for %s with Ready=%s %s, Stalled=%s",
		recording.object.GetKind(), ready.Status, ready.Reason, stalled.Status)
}

// conditionFits reads a condition written as Type=Status.
func (r recording) conditionFits(written string) (condition, bool) {
	for _, it := range []string{"True", "False", "Unknown"} {
		if kind, found := strings.CutSuffix(written, "="+it); found {
			condition, present := r.condition(kind)
			return condition, present && condition.Status == it
		}
	}
	return condition{}, false
}

func (v verdicts) of(check string) string {
	switch check {
	case "consented":
		return v.Consented
	case "published":
		return v.Published
	default:
		return v.Kstatus
	}
}
