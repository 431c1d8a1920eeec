package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	notificationv1 "github.com/fluxcd/notification-controller/api/v1beta3"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"github.com/fluxcd/pkg/runtime/conditions"
	"github.com/fluxcd/pkg/runtime/conditions/check"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"sigs.k8s.io/yaml"
)

// flux holds the health checks of the Kustomizations in samples/gitops/flux.
type flux struct {
	checks []healthCheck
}

type healthCheck struct {
	name      string
	kind      string
	evaluator *cel.StatusEvaluator
}

// loadFlux reads every object with the types of the controller that it is for. A field that those do not know is an
// error.
func loadFlux(folder string) (*flux, error) {
	loaded := &flux{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, document := range strings.Split(string(text), "\n---\n") {
			if err := loaded.add(document); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		return nil
	})
	return loaded, err
}

func (f *flux) add(document string) error {
	var header struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(document), &header); err != nil {
		return err
	}
	switch header.APIVersion + "/" + header.Kind {
	case "kustomize.toolkit.fluxcd.io/v1/Kustomization":
		var kustomization kustomizev1.Kustomization
		if err := yaml.UnmarshalStrict([]byte(document), &kustomization); err != nil {
			return err
		}
		return f.addChecks(kustomization.Name, kustomization.Spec.HealthCheckExprs)
	case "helm.toolkit.fluxcd.io/v2/HelmRelease":
		return yaml.UnmarshalStrict([]byte(document), &helmv2.HelmRelease{})
	case "source.toolkit.fluxcd.io/v1/GitRepository":
		return yaml.UnmarshalStrict([]byte(document), &sourcev1.GitRepository{})
	case "notification.toolkit.fluxcd.io/v1beta3/Provider":
		return yaml.UnmarshalStrict([]byte(document), &notificationv1.Provider{})
	case "notification.toolkit.fluxcd.io/v1beta3/Alert":
		return yaml.UnmarshalStrict([]byte(document), &notificationv1.Alert{})
	case "kustomize.config.k8s.io/v1beta1/Kustomization", "v1/Namespace":
		return nil
	default:
		return fmt.Errorf("the judge does not know %s %s", header.APIVersion, header.Kind)
	}
}

// addChecks names a check by the end of its Kustomization's name, after the last dash.
func (f *flux) addChecks(kustomization string, exprs []kustomize.CustomHealthCheck) error {
	for _, it := range exprs {
		evaluator, err := cel.NewStatusEvaluator(&it.HealthCheckExpressions)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", kustomization, it.Kind, err)
		}
		name := kustomization[strings.LastIndex(kustomization, "-")+1:]
		f.checks = append(f.checks, healthCheck{name, it.Kind, evaluator})
	}
	return nil
}

func (f *flux) healthChecks(kind string) []healthCheck {
	var fitting []healthCheck
	for _, it := range f.checks {
		if it.kind == kind {
			fitting = append(fitting, it)
		}
	}
	return fitting
}

func (c healthCheck) evaluate(recording recording) (string, error) {
	result, err := c.evaluator.Evaluate(context.Background(), recording.object)
	if err != nil {
		return "", err
	}
	return result.Status.String(), nil
}

// fluxConditions is Flux's linter of conditions. It has checks for a settled status, and fewer for one in progress.
func fluxConditions(recording recording) (string, error) {
	if !recording.visited() {
		if conditions.Has(conditions.UnstructuredGetter(recording.object), "Ready") {
			return verdict("in progress", check.NewInProgressChecker(nil), recording)
		}
		return "not applicable before the first visit", nil
	}
	if ready, _ := recording.condition("Ready"); ready.Status == "Unknown" {
		return verdict("in progress", check.NewInProgressChecker(nil), recording)
	}
	polarity := &check.Conditions{NegativePolarity: []string{"Stalled", "Reconciling"}}
	return verdict("settled", check.NewChecker(nil, polarity), recording)
}

func verdict(kind string, checker *check.Checker, recording recording) (string, error) {
	checker.DisableFetch = true
	failures, warnings := checker.Check(context.Background(), conditions.UnstructuredGetter(recording.object))
	if failures != nil {
		return "", failures
	}
	if warnings != nil {
		return kind + ", warning: " + warnings.Error(), nil
	}
	return kind + ", no failure, no warning", nil
}
