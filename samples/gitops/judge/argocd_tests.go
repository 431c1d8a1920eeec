package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const requestedAt = "reconcile.fluxcd.io/requestedAt"

type action struct {
	Name     string `json:"name"`
	Disabled bool   `json:"disabled"`
}

// testHealth runs each health_test.yaml, in the form of Argo CD's repository.
func testHealth(root string, report *report) error {
	return eachFile(root, "health_test.yaml", func(folder string, text []byte) error {
		var file struct {
			Tests []struct {
				InputPath    string       `json:"inputPath"`
				HealthStatus healthStatus `json:"healthStatus"`
			} `json:"tests"`
		}
		if err := yaml.UnmarshalStrict(text, &file); err != nil {
			return err
		}
		script, err := os.ReadFile(filepath.Join(folder, "health.lua"))
		if err != nil {
			return err
		}
		for _, test := range file.Tests {
			object, err := readObject(filepath.Join(folder, test.InputPath))
			if err != nil {
				return err
			}
			var result healthStatus
			err = runLua(string(script), object.Object, &result)
			if err == nil && result != test.HealthStatus {
				err = fmt.Errorf("%+v, expected %+v", result, test.HealthStatus)
			}
			report.add(filepath.Join(filepath.Base(folder), test.InputPath), "health_test", result.Status, err)
		}
		return nil
	})
}

// testActions runs each action_test.yaml.
func testActions(root string, report *report) error {
	return eachFile(root, "action_test.yaml", func(folder string, text []byte) error {
		var file struct {
			DiscoveryTests []struct {
				InputPath string   `json:"inputPath"`
				Result    []action `json:"result"`
			} `json:"discoveryTests"`
			ActionTests []struct {
				Action             string `json:"action"`
				InputPath          string `json:"inputPath"`
				ExpectedOutputPath string `json:"expectedOutputPath"`
			} `json:"actionTests"`
		}
		if err := yaml.UnmarshalStrict(text, &file); err != nil {
			return err
		}
		for _, test := range file.DiscoveryTests {
			found, err := discover(folder, test.InputPath)
			if err == nil && !reflect.DeepEqual(found, test.Result) {
				err = fmt.Errorf("%+v, expected %+v", found, test.Result)
			}
			report.add(test.InputPath, "discovery_test", fmt.Sprintf("%+v", found), err)
		}
		for _, test := range file.ActionTests {
			stamped, err := act(folder, test.Action, test.InputPath, test.ExpectedOutputPath)
			report.add(test.InputPath, "action_test", test.Action+stamped, err)
		}
		return nil
	})
}

func discover(folder, input string) ([]action, error) {
	object, err := readObject(filepath.Join(folder, input))
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(filepath.Join(folder, "discovery.lua"))
	if err != nil {
		return nil, err
	}
	found := map[string]action{}
	if err := runLua(string(script), object.Object, &found); err != nil {
		return nil, err
	}
	var actions []action
	for name, it := range found {
		actions = append(actions, action{Name: name, Disabled: it.Disabled})
	}
	slices.SortFunc(actions, func(first, second action) int { return strings.Compare(first.Name, second.Name) })
	return actions, nil
}

// act compares everything but the time, which has to be that of the run, and says what it was if the action stamps one.
func act(folder, name, input, output string) (string, error) {
	object, err := readObject(filepath.Join(folder, input))
	if err != nil {
		return "", err
	}
	expected, err := readObject(filepath.Join(folder, output))
	if err != nil {
		return "", err
	}
	script, err := os.ReadFile(filepath.Join(folder, name, "action.lua"))
	if err != nil {
		return "", err
	}
	result := &unstructured.Unstructured{}
	if err := runLua(string(script), object.Object, &result.Object); err != nil {
		return "", err
	}
	stamped := ""
	if expected.GetAnnotations()[requestedAt] != object.GetAnnotations()[requestedAt] {
		stamp, err := takeStamp(result, expected)
		if err != nil {
			return "", err
		}
		stamped = " stamps " + stamp
	}
	same, err := equalJSON(expected, result)
	if err != nil {
		return "", err
	}
	if !same {
		return "", fmt.Errorf("the result of %s is not %s", name, output)
	}
	return stamped, nil
}

// takeStamp puts what is expected in the place of a stamp that is of now.
func takeStamp(result, expected *unstructured.Unstructured) (string, error) {
	stamp := result.GetAnnotations()[requestedAt]
	written, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return "", err
	}
	if age := time.Since(written).Abs(); age > time.Minute {
		return "", fmt.Errorf("%s is %s away from now", stamp, age)
	}
	annotations := result.GetAnnotations()
	annotations[requestedAt] = expected.GetAnnotations()[requestedAt]
	result.SetAnnotations(annotations)
	return stamp, nil
}

// equalJSON forgets which numbers were whole: Lua has but one kind.
func equalJSON(first, second *unstructured.Unstructured) (bool, error) {
	left, err := yaml.Marshal(first.Object)
	if err != nil {
		return false, err
	}
	right, err := yaml.Marshal(second.Object)
	return string(left) == string(right), err
}

func eachFile(root, name string, test func(folder string, text []byte) error) error {
	found := false
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != name {
			return err
		}
		found = true
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := test(filepath.Dir(path), text); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
	if err == nil && !found {
		return fmt.Errorf("%s holds no %s", root, name)
	}
	return err
}
