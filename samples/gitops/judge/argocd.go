package main

import (
	"fmt"
	"net/url"
	"os"

	"github.com/expr-lang/expr"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// argoCD is what argocd-cm tells Argo CD.
type argoCD struct {
	checks map[string]string
	links  []deepLink
}

type deepLink struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Icon        string `json:"icon.class"`
	If          string `json:"if"`
}

type healthStatus struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

func loadArgoCD(path string) (*argoCD, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var configMap corev1.ConfigMap
	if err := yaml.UnmarshalStrict(text, &configMap); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	loaded := &argoCD{checks: configMap.Data}
	if err := yaml.UnmarshalStrict([]byte(configMap.Data["resource.links"]), &loaded.links); err != nil {
		return nil, fmt.Errorf("%s, resource.links: %w", path, err)
	}
	return loaded, nil
}

func (a *argoCD) health(object *unstructured.Unstructured) (string, string, error) {
	group := object.GroupVersionKind().Group
	script := a.checks["resource.customizations.health."+group+"_"+object.GetKind()]
	if script == "" {
		return "", "", fmt.Errorf("argocd-cm has no health check for %s", object.GetKind())
	}
	var result healthStatus
	err := runLua(script, object.Object, &result)
	return result.Status, result.Message, err
}

// isMessageOf holds that a person reads in Argo CD what a condition says.
func isMessageOf(recording recording, message string) error {
	if !recording.visited() {
		return nil
	}
	for _, kind := range []string{"Ready", "CredentialsValid"} {
		if condition, present := recording.condition(kind); present && condition.Message == message {
			return nil
		}
	}
	return fmt.Errorf("the message %q is that of no condition", message)
}

type shownLink struct {
	title string
	url   string
	err   error
}

func (l shownLink) shown() string { return l.title + " " + l.url }

// linksOf renders resource.links with the libraries that Argo CD uses for it.
func (a *argoCD) linksOf(object *unstructured.Unstructured) []shownLink {
	data := map[string]any{"resource": object.Object}
	var shown []shownLink
	for _, link := range a.links {
		fits, err := expr.Eval(link.If, data)
		if err != nil {
			shown = append(shown, shownLink{title: link.Title, err: err})
			continue
		}
		if fits == true {
			rendered, err := render(link.URL, data)
			shown = append(shown, shownLink{link.Title, rendered, err})
		}
	}
	return shown
}

func render(text string, data map[string]any) (string, error) {
	rendered, err := execute(text, data)
	if err != nil {
		return "", err
	}
	target, err := url.Parse(rendered)
	if err != nil {
		return "", err
	}
	if target.Scheme != "https" || target.Query().Get("client_id") == "" {
		return "", fmt.Errorf("%q is no consent link", rendered)
	}
	return rendered, nil
}
