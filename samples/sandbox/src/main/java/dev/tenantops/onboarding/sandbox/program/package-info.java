/** What the programs of the sandbox have in common: steps that are printed, an exit code, and a quiet terminal. */
package dev.tenantops.onboarding.sandbox.program;
