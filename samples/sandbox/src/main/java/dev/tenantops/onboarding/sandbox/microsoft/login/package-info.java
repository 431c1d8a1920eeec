/** How applications sign in: the token endpoint, how clients prove who they are, the tokens, and discovery. */
package dev.tenantops.onboarding.sandbox.microsoft.login;
