/** How Entra ID and Microsoft Graph refuse: the errors, and the shapes of their answers. */
package dev.tenantops.onboarding.sandbox.microsoft.error;
