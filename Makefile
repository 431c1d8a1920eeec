# The front door: `make help` lists the targets. Each does the set-up that it needs.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# What the sandbox runs, and what the tests run in addition.
export KUBERNETES_VERSION ?= 1.37.2
TEST_KUBERNETES_VERSIONS ?= $(KUBERNETES_VERSION) 1.34.4
# For make bench and make plan-check: how many onboardings at most; and how many probes at once.
ONBOARDINGS ?= 1000
PROBES ?= 200
# For make page-bench: how many pages are open at once.
PAGES ?= 500
# For make truth: how many random steps, from which seed; or a file with a history that an earlier run printed.
STEPS ?= 10000
SEED ?= $(shell date +%s)
HISTORY ?=
# For make plan-check: OPERATOR_RUNS=1 compares with the packaged operator before an API server, in place of its pipeline.
OPERATOR_RUNS ?=
# For make chaos: how long it runs, from which SEED, and with which kinds of faults, if not all (KINDS=watch-gone,leader-killed).
MINUTES ?= 20
KINDS ?=
# For make smoke and make demo: CHART=1 installs the operator with Helm.
CHART ?=
# What renders and installs the chart; and what Argo CD and older pipelines render it with, in tests.
HELM_VERSION := 4.3.1
TEST_HELM_VERSIONS := $(HELM_VERSION) 3.22.0

MAVEN ?= mvn
JDK_CANDIDATES = "$${JAVA_HOME:-}" /usr/lib/jvm/*25* "$$HOME"/.sdkman/candidates/java/25* \
	/Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
	/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home "$$(dirname "$$(dirname "$$(readlink -f "$$(command -v javac)")")")"
# Looked for once, by the first target that needs it.
JDK = $(eval JDK := $(shell { for home in $(JDK_CANDIDATES); do \
	if [[ -x $$home/bin/javac ]] && (($$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$$home/release") >= 25)); \
	then echo "$$home"; break; fi; done; } 2>/dev/null))$(JDK)
JVM_FLAGS := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
MVN = JAVA_HOME="$(JDK)" MAVEN_OPTS="$(JVM_FLAGS) $${MAVEN_OPTS:-}" $(MAVEN)
SANDBOX = exec "$(JDK)/bin/java" $(JVM_FLAGS) -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
	-cp "samples/sandbox/target/classes:samples/sandbox/target/lib/*" dev.tenantops.onboarding.sandbox

# What stands among the operator's tests and runs by itself.
TESTS = "$(JDK)/bin/java" $(JVM_FLAGS) -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
	-cp "operator/target/test-classes:operator/target/quarkus-app/app/*:operator/target/quarkus-app/lib/main/*:samples/sandbox/target/classes:samples/sandbox/target/lib/*:$$(cat $(TEST_CLASSES))" \
	dev.tenantops.onboarding.operator

OPERATOR := operator/target/quarkus-app/quarkus-run.jar
SOURCES = pom.xml $(wildcard */pom.xml) samples/sandbox/pom.xml \
	$(shell find crds/src/main operator/src/main samples/sandbox/src/main -type f)

# What the operator's memory is compared with.
EMPTY_OPERATOR := samples/sandbox/empty/target/quarkus-app/quarkus-run.jar

# The tests that write what they compare with -Ddocs.write=true.
DOCUMENTS := RunbooksTest,MetricsDocumentTest,GitOpsArgoCdConfigTest,BenchDocumentsTest
TEST_CLASSES := operator/target/test-classpath

# The image's architecture is that of its Java runtime; its Java options are the chart's, whose AOT cache needs the same.
ARCHITECTURE := $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,amd64)
JAVA_OPTIONS = $(shell sed -n 's/^javaOptions: //p' helm/tenant-onboarding-operator/values.yaml)
AOT_CACHE := operator/image/target/root/app/operator.aot
# Further properties of operator/image/pom.xml, such as IMAGE_FLAGS='-Dimage.base=tar:///tmp/base.tar'.
IMAGE_FLAGS ?=
JIB = $(MVN) -q -f operator/image/pom.xml -Dimage.architecture=$(ARCHITECTURE) -Dimage.java-options="$(JAVA_OPTIONS)" \
	-Dimage.revision="$$(git rev-parse HEAD 2>/dev/null || echo unknown)" $(IMAGE_FLAGS)

.PHONY: help build demo smoke judge sandbox test failover shards chaos rbac bench page-bench proxies truth plan-check image image-push image-smoke sbom crds \
	chart docs pictures clean jdk maven helm kubernetes

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: $(OPERATOR) ## Build the operator and the sandbox

demo: build kubernetes $(if $(CHART),helm) ## Run the operator with the samples against a simulated Microsoft cloud, to try it by hand
	@$(SANDBOX).demo.Demo $(if $(CHART),chart)

smoke: build kubernetes $(if $(CHART),helm) ## The demo without a person: one line for each step
	@$(SANDBOX).smoke.Smoke $(if $(CHART),chart)

judge: smoke ## Ask the code of kstatus, Flux and Argo CD about every status that the smoke run passed through
	@samples/gitops/judge/run samples/sandbox/target/states

sandbox: build kubernetes ## Kubernetes, a simulated Microsoft cloud and a proxy, without the operator
	@$(SANDBOX).demo.WithoutOperator

test: jdk maven ## Run every test
	@for version in $(TEST_KUBERNETES_VERSIONS); do samples/sandbox/kubernetes/provide "$$version"; done
	@for version in $(TEST_HELM_VERSIONS); do helm/provide "$$version" || true; done
	@echo "Maven runs every test, and names each class when it has passed (about half an hour on two cores) ..." >&2
	@$(MVN) verify

failover: build kubernetes ## Kill, stop and freeze the replica that leads, and measure how another takes over
	@$(SANDBOX).replicas.Failover

shards: build kubernetes helm ## Three releases share the onboardings; kill all their leaders, and take one away
	@$(SANDBOX).replicas.Shards

chaos: build kubernetes helm ## Let faults come at random for MINUTES=20 from SEED, and hold every promise against the truth
	@$(SANDBOX).chaos.Chaos "$(SEED)" "$(MINUTES)" "$(KINDS)"

rbac: build kubernetes helm ## Take each right from the operator in turn, and show what breaks
	@$(SANDBOX).rights.Rights

bench: build kubernetes helm $(AOT_CACHE) $(EMPTY_OPERATOR) $(TEST_CLASSES) ## Measure what the image has with up to ONBOARDINGS=1000 tenants, and PROBES=200 at once
	@($(SANDBOX).bench.Bench $(ONBOARDINGS))
	@$(TESTS).network.ProbeBench $(PROBES)

page-bench: build kubernetes ## Measure PAGES=500 open administrators' pages among ONBOARDINGS=1000: events, loads, memory
	@$(SANDBOX).bench.PageBench $(PAGES) $(ONBOARDINGS)

proxies: build $(TEST_CLASSES) ## Name every fault of a network, through Squid, tinyproxy, HAProxy and mitmproxy
	@$(TESTS).network.FaultMatrix

truth: build $(TEST_CLASSES) ## Judge STEPS=10000 random steps from SEED by an oracle, or replay HISTORY=file
	@$(TESTS).truth.TruthRun "$(or $(HISTORY),$(STEPS))" "$(SEED)"

plan-check: build $(TEST_CLASSES) $(if $(OPERATOR_RUNS),kubernetes) ## Plan a random change of a catalog for ONBOARDINGS=1000 from SEED, and compare with what the operator's pipeline says after it; OPERATOR_RUNS=1: the packaged operator
	@$(TESTS).$(if $(OPERATOR_RUNS),tob.OperatorPlanRun,plan.PlanRun) $(ONBOARDINGS) "$(SEED)"

image: $(AOT_CACHE) ## Build a container image into operator/image/target/image.tar, without a daemon
	@.ci/progress "Putting the image together" "about a minute" env $(JIB) jib:buildTar
	@echo "operator/image/target/image.tar: $$(cat operator/image/target/image.digest)"

image-push: $(AOT_CACHE)
	@.ci/progress "Pushing the image" "about a minute" env $(JIB) jib:build

image-smoke: build kubernetes $(if $(CHART),helm) ## Load operator/image/target/image.tar into podman, and run make smoke with it
	@shared=$$(operator/image/run --prepare); \
	OPERATOR_COMMAND=operator/image/run JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$$shared" $(SANDBOX).smoke.Smoke $(if $(CHART),chart)

sbom: build ## List what the operator consists of in operator/target/bom.json (CycloneDX)
	@echo operator/target/bom.json

crds: jdk maven ## Generate the custom resource definitions, and the schemas for editors, anew from the API types
	@$(MVN) -q test -pl crds -Dtest=CommittedDefinitionsTest,EditorSchemaTest -Dcrds.write=true

docs: jdk maven ## Generate anew what the documents repeat of the code: tables, indexes, Argo CD's configuration
	@$(MVN) -q test -pl operator -am -Dtest='$(DOCUMENTS)' -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true

chart: jdk maven helm ## Generate the chart's README, schema and definitions, and render its golden files, anew
	@$(MVN) -q test -pl samples/sandbox -am -Dtest='HelmChartFilesTest,HelmChartRenderTest' \
		-Dsurefire.failIfNoSpecifiedTests=false -Dhelm.write=true

pictures: jdk maven kubernetes ## Take README's pictures of the administrator's page anew
	@.ci/progress "A browser goes through the sample customers' pages" "about five minutes" \
		env $(MVN) -q verify -pl operator -am -Dtest=ArchitectureTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test='AdministratorJourneyIT#anAdministrator*' -Dfailsafe.failIfNoSpecifiedTests=false
	@mkdir -p docs/pictures
	@cp operator/target/screenshots/northwind-1-before.png docs/pictures/page-before.png
	@cp operator/target/screenshots/northwind-3-after.png docs/pictures/page-after.png

clean: jdk maven ## Delete what was built
	@for folder in . operator/image samples/sandbox/empty; do $(MVN) -q -f $$folder clean; done

$(OPERATOR): $(SOURCES) | jdk maven
	@.ci/progress "Maven builds the operator and the sandbox" "one or two minutes; longer the first time, when it downloads libraries" \
		env $(MVN) -q package -DskipTests
	@touch $@

$(TEST_CLASSES): $(OPERATOR) $(shell find operator/src/test/java -type f)
	@.ci/progress "Maven compiles the tests" "about a minute" \
		env $(MVN) -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath
	@touch $@

$(EMPTY_OPERATOR): pom.xml samples/sandbox/empty/pom.xml $(shell find samples/sandbox/empty/src -type f) | jdk maven
	@$(MVN) -q -f samples/sandbox/empty/pom.xml package
	@touch $@

helm:
	@helm/provide $(HELM_VERSION)

# The Java runtime of the image runs the smoke test, which exercises everything, and records what it loads meanwhile.
$(AOT_CACHE): $(OPERATOR) operator/image/stage helm/tenant-onboarding-operator/values.yaml | kubernetes
	@.ci/progress "Linking the image's Java runtime" "about half a minute" operator/image/stage runtime "$(JDK)"
	@operator/image/stage operator operator/target/quarkus-app
	@OPERATOR_COMMAND="operator/image/target/root/opt/java/bin/java $(JAVA_OPTIONS) -XX:AOTMode=record \
		-XX:AOTConfiguration=operator/image/target/operator.aotconf -jar operator/image/target/root/app/quarkus-run.jar" \
		.ci/progress "The image's operator runs through the smoke test, to record what it loads" "about two minutes" \
		$(SHELL) -c '$(SANDBOX).smoke.Smoke' >operator/image/target/smoke.log || { cat operator/image/target/smoke.log >&2; exit 1; }
	@JAVA_OPTIONS="$(JAVA_OPTIONS)" .ci/progress "Making the AOT cache of it" "about half a minute" \
		operator/image/stage cache operator/image/target/operator.aotconf

kubernetes:
	@samples/sandbox/kubernetes/provide $(KUBERNETES_VERSION)

jdk:
	@[[ -n "$(JDK)" ]] || { .ci/missing-jdk >&2; exit 1; }

maven: jdk
	@command -v $(MAVEN) >/dev/null || { echo "Maven 3.8.7 or newer is needed. Install the package maven." >&2; exit 1; }
	@version=$$($(MVN) -v | sed -nE 's/.*Apache Maven ([0-9.]+).*/\1/p'); \
	if [[ $$(printf '%s\n' 3.8.7 "$$version" | sort -V | head -n 1) != 3.8.7 ]]; then \
		echo "Maven 3.8.7 or newer is needed; $$(command -v $(MAVEN)) is $$version." >&2; exit 1; fi
