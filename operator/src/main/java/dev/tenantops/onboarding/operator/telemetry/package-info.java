/** What Prometheus, OpenTelemetry and the kubelet get to know: metrics, what the onboardings come to in numbers, traces, health. */
package dev.tenantops.onboarding.operator.telemetry;
