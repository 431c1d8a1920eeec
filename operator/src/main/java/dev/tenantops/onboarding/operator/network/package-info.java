/**
 * The only place that opens probe connections. A probe is a pipeline of stages, each of which passes on what it made or
 * stops with a finding; the first hop (the proxy, or without one the endpoint) is looked up once, and only a vetted
 * address is dialled.
 */
package dev.tenantops.onboarding.operator.network;
