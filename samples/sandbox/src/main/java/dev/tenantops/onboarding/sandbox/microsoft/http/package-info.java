/** HTTPS on the loopback interface, and JSON. */
package dev.tenantops.onboarding.sandbox.microsoft.http;
