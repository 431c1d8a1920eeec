/** What a person starts to try things by hand. */
package dev.tenantops.onboarding.sandbox.demo;
