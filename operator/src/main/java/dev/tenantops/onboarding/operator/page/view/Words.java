package dev.tenantops.onboarding.operator.page.view;

/**
 * All that is said in one language.
 *
 * @param messages sentences of the page
 * @param states what states, outcomes and kinds are called
 */
public record Words(PageMessages messages, StateMessages states) {}
