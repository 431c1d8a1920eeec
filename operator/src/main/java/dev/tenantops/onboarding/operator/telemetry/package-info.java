/** What Prometheus, OpenTelemetry and the kubelet get to know: metrics, also of the state of all objects, traces, health. */
package dev.tenantops.onboarding.operator.telemetry;
