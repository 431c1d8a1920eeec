/** A vendor's endpoints: HTTP, WebSockets and SignalR over TLS, as they ought to be and as middleboxes leave them. */
package dev.tenantops.onboarding.sandbox.endpoint;
