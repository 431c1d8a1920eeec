/**
 * The page that consent pages return a browser to. It trusts nothing: its parameters decide which words are shown and
 * whether a verification is asked for, never what is believed to be granted.
 */
package dev.tenantops.onboarding.operator.page;
