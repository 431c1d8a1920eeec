/** The customer pack: what the administrator's page says, as a message to send. Pure: the page and the words are given. */
package dev.tenantops.onboarding.operator.page.pack;
