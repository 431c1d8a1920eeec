/** What processes on one machine need: an environment without its user, files, an end, and somebody who waits. */
package dev.tenantops.onboarding.sandbox.process;
