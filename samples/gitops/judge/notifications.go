package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/expr-lang/expr"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

const subscription = "notifications.argoproj.io/subscribe."

// notifications is what argocd-notifications-cm tells Argo CD.
type notifications struct {
	services  []string
	context   map[string]string
	triggers  map[string][]trigger
	templates map[string]notificationTemplate
}

type trigger struct {
	Description string   `json:"description"`
	When        string   `json:"when"`
	Send        []string `json:"send"`
}

type notificationTemplate struct {
	Message string `json:"message"`
	Email   struct {
		Subject string `json:"subject"`
	} `json:"email"`
	Webhook map[string]struct {
		Method string `json:"method"`
		Body   string `json:"body"`
	} `json:"webhook"`
}

// testNotifications asks the libraries that Argo CD has for it what its triggers and templates make of Applications.
func testNotifications(folder string, report *report) error {
	loaded, err := loadNotifications(filepath.Join(folder, "argocd-notifications-cm.yaml"))
	if err != nil {
		return err
	}
	for name, steps := range loaded.triggers {
		for _, step := range steps {
			fits, err := step.fits()
			report.add("trigger."+name, "notifications", "sends where "+strings.Join(fits, ", "), err)
			for _, sent := range step.Send {
				if _, present := loaded.templates[sent]; !present {
					report.add("trigger."+name, "notifications", "", fmt.Errorf("there is no template.%s", sent))
				}
			}
		}
	}
	for name, it := range loaded.templates {
		report.add("template."+name, "notifications", "is rendered", loaded.rendered(it))
	}
	return loaded.testSubscriptions(filepath.Join(folder, "application-subscriptions.yaml"), report)
}

func loadNotifications(path string) (*notifications, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var configMap corev1.ConfigMap
	if err := yaml.UnmarshalStrict(text, &configMap); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	loaded := &notifications{triggers: map[string][]trigger{}, templates: map[string]notificationTemplate{}}
	for key, value := range configMap.Data {
		kind, name, _ := strings.Cut(key, ".")
		switch kind {
		case "service":
			loaded.services = append(loaded.services, name[strings.LastIndex(name, ".")+1:])
			err = yaml.Unmarshal([]byte(value), &map[string]any{})
		case "trigger":
			var steps []trigger
			err = yaml.UnmarshalStrict([]byte(value), &steps)
			loaded.triggers[name] = steps
		case "template":
			var it notificationTemplate
			err = yaml.UnmarshalStrict([]byte(value), &it)
			loaded.templates[name] = it
		case "context":
			err = yaml.UnmarshalStrict([]byte(value), &loaded.context)
		default:
			err = fmt.Errorf("the judge does not know it")
		}
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", path, key, err)
		}
	}
	return loaded, nil
}

// fits is exactly one health of an Application with onboardings, and none of another one.
func (t trigger) fits() ([]string, error) {
	var fits []string
	for _, name := range slices.Sorted(maps.Keys(applications)) {
		sends, err := expr.Eval(t.When, map[string]any{"app": applications[name]})
		if err != nil {
			return nil, fmt.Errorf("of an Application that is %s: %w", name, err)
		}
		if sends == true {
			fits = append(fits, name)
		}
	}
	if len(fits) != 1 || strings.Contains(fits[0], "without") {
		return fits, fmt.Errorf("it sends where %q", fits)
	}
	return fits, nil
}

func (n *notifications) rendered(it notificationTemplate) error {
	for _, app := range applications {
		data := map[string]any{"app": app, "context": n.context}
		for _, text := range []string{it.Message, it.Email.Subject} {
			shown, err := execute(text, data)
			if err != nil {
				return err
			}
			if strings.Contains(shown, "<no value>") {
				return fmt.Errorf("it lacks a value: %q", shown)
			}
		}
		for service, request := range it.Webhook {
			if !slices.Contains(n.services, service) {
				return fmt.Errorf("there is no service.webhook.%s", service)
			}
			body, err := execute(request.Body, data)
			if err != nil {
				return err
			}
			if !json.Valid([]byte(body)) {
				return fmt.Errorf("what %s is sent is no JSON: %s", service, body)
			}
		}
	}
	return nil
}

// testSubscriptions holds that each is to a trigger that there is, by a service for which its templates have something.
func (n *notifications) testSubscriptions(path string, report *report) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var application struct {
		Metadata metav1.ObjectMeta `json:"metadata"`
	}
	if err := yaml.UnmarshalStrict(text, &application); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for key := range application.Metadata.Annotations {
		name, service, _ := strings.Cut(strings.TrimPrefix(key, subscription), ".")
		report.add(key, "notifications", "is sent", n.sends(name, service))
	}
	return nil
}

func (n *notifications) sends(name, service string) error {
	if !slices.Contains(n.services, service) {
		return fmt.Errorf("there is no service %s", service)
	}
	steps, present := n.triggers[name]
	if !present {
		return fmt.Errorf("there is no trigger.%s", name)
	}
	for _, step := range steps {
		for _, sent := range step.Send {
			it := n.templates[sent]
			_, hook := it.Webhook[service]
			if !hook && service != "slack" && service != "email" {
				return fmt.Errorf("template.%s has nothing for %s", sent, service)
			}
		}
	}
	return nil
}

// execute makes of a template what Argo CD makes of it, with the functions that it has there.
func execute(text string, data map[string]any) (string, error) {
	parsed, err := template.New("notification").Funcs(sprig.GenericFuncMap()).Parse(text)
	if err != nil {
		return "", err
	}
	var shown bytes.Buffer
	err = parsed.Execute(&shown, data)
	return shown.String(), err
}

// applications are those that triggers and templates meet.
var applications = map[string]map[string]any{
	"degraded":          application("Degraded", onboarding(map[string]any{"status": "Degraded", "message": "A \"consent\" was lost."})),
	"suspended":         application("Suspended", onboarding(nil)),
	"healthy":           application("Healthy", onboarding(map[string]any{"status": "Healthy"})),
	"progressing":       application("Progressing", onboarding(nil)),
	"without any":       application("Degraded", map[string]any{"kind": "Deployment", "namespace": "a", "name": "b"}),
	"without resources": {"metadata": map[string]any{"name": "new", "namespace": "argocd"}, "status": map[string]any{"health": map[string]any{"status": "Degraded"}, "sync": map[string]any{"status": "Unknown"}}},
}

func application(health string, resource map[string]any) map[string]any {
	return map[string]any{
		"metadata": map[string]any{"name": "tenant-onboardings", "namespace": "argocd"},
		"status": map[string]any{
			"health":    map[string]any{"status": health},
			"sync":      map[string]any{"status": "Synced"},
			"resources": []any{resource},
		},
	}
}

// onboarding is listed with its health where Argo CD persists that.
func onboarding(health map[string]any) map[string]any {
	resource := map[string]any{
		"group": "onboarding.tenantops.dev", "kind": "TenantOnboarding", "namespace": "customer-contoso", "name": "contoso",
	}
	if health != nil {
		resource["health"] = health
	}
	return resource
}
