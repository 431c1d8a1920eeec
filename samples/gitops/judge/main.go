// The judge asks the code that GitOps tools run what it makes of recorded objects, and compares that with a table.
//
//	judge [-gitops FOLDER] [STATES]
//
// STATES is a folder of objects as a run of the sandbox recorded them. Without it only the samples themselves are
// judged: Argo CD's own tests beside the Lua files, its notifications, and Flux's objects by Flux's types.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	gitops := flag.String("gitops", "..", "the folder samples/gitops")
	flag.Parse()
	report := &report{}
	if err := run(*gitops, flag.Arg(0), report); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
	fmt.Printf("judge: %d objects, %d disagree\n", report.objects, report.disagree)
	if report.disagree > 0 {
		os.Exit(1)
	}
}

func run(gitops, states string, report *report) error {
	argo, err := loadArgoCD(filepath.Join(gitops, "argocd", "argocd-cm.yaml"))
	if err != nil {
		return err
	}
	customizations := filepath.Join(gitops, "argocd", "resource_customizations")
	if err := testHealth(customizations, report); err != nil {
		return err
	}
	if err := testActions(customizations, report); err != nil {
		return err
	}
	flux, err := loadFlux(filepath.Join(gitops, "flux"))
	if err != nil {
		return err
	}
	samples := filepath.Join(gitops, "..", "notifications")
	if err := testNotifications(filepath.Join(samples, "argocd"), report); err != nil {
		return err
	}
	if _, err := loadFlux(filepath.Join(samples, "flux")); err != nil {
		return err
	}
	if states == "" {
		return nil
	}
	table, err := loadExpectations(filepath.Join(gitops, "judge", "expected.yaml"))
	if err != nil {
		return err
	}
	recordings, err := loadRecordings(states)
	if err != nil {
		return err
	}
	if len(recordings) == 0 {
		return fmt.Errorf("%s holds no recorded object", states)
	}
	for _, recording := range recordings {
		report.objects++
		judge(recording, table, argo, flux, report)
	}
	return nil
}

func judge(recording recording, table expectations, argo *argoCD, flux *flux, report *report) {
	expected, err := table.of(recording)
	if err != nil {
		report.add(recording.name, "expected.yaml", "", err)
		return
	}
	verdict, err := kstatus(recording)
	report.compare(recording.name, "kstatus", expected.Kstatus, verdict, err)

	verdict, message, err := argo.health(recording.object)
	if err == nil {
		err = isMessageOf(recording, message)
	}
	report.compare(recording.name, "argocd", expected.ArgoCD, verdict, err)
	links := argo.linksOf(recording.object)
	for _, link := range links {
		report.add(recording.name, "argocd link", link.shown(), link.err)
	}
	if len(links) == 0 && expected.Link {
		report.add(recording.name, "argocd link", "", errors.New("there is no link to a consent"))
	}

	for _, check := range flux.healthChecks(recording.object.GetKind()) {
		verdict, err := check.evaluate(recording)
		report.compare(recording.name, "flux "+check.name, expected.of(check.name), verdict, err)
	}
	verdict, err = fluxConditions(recording)
	report.add(recording.name, "flux check", verdict, err)
}
