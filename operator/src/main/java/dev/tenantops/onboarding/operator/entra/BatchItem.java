package dev.tenantops.onboarding.operator.entra;

/**
 * One read inside a batch.
 *
 * @param part what is read
 * @param url relative to the version, with its query encoded
 */
record BatchItem(GraphPart part, String url) {}
