package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

// recording is an object as it was seen.
type recording struct {
	name   string
	object *unstructured.Unstructured
	// Whether the same object had been Ready before: what no single object shows.
	onceReady bool
}

type condition struct {
	Type    string
	Status  string
	Reason  string
	Message string
}

func loadRecordings(folder string) ([]recording, error) {
	var recordings []recording
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		object, err := readObject(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		recordings = append(recordings, recording{
			name:      name,
			object:    object,
			onceReady: strings.HasPrefix(filepath.Base(name), "after-ready-"),
		})
		return nil
	})
	return recordings, err
}

// readObject reads numbers as the API machinery does: whole ones as int64.
func readObject(path string) (*unstructured.Unstructured, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	converted, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	object := map[string]any{}
	if err := json.Unmarshal(converted, &object); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &unstructured.Unstructured{Object: object}, nil
}

// visited tells whether the operator has seen this version of the spec.
func (r recording) visited() bool {
	observed, found, err := unstructured.NestedInt64(r.object.Object, "status", "observedGeneration")
	return err == nil && found && observed == r.object.GetGeneration()
}

func (r recording) condition(kind string) (condition, bool) {
	conditions, _, err := unstructured.NestedSlice(r.object.Object, "status", "conditions")
	if err != nil {
		return condition{}, false
	}
	for _, it := range conditions {
		fields, isMap := it.(map[string]any)
		if isMap && fields["type"] == kind {
			text := func(key string) string { value, _ := fields[key].(string); return value }
			return condition{text("type"), text("status"), text("reason"), text("message")}, true
		}
	}
	return condition{}, false
}

func kstatus(recording recording) (string, error) {
	result, err := status.Compute(recording.object)
	if err != nil {
		return "", err
	}
	return result.Status.String(), nil
}
