package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;

/**
 * What a token is good for. Two clouds may share a login service and differ in Microsoft Graph, hence the whole cloud.
 *
 * @param credentialVersion the version of the credential that it was, or is to be, obtained with
 */
record TokenKey(CloudEndpoints cloud, String tenantId, String clientId, String credentialVersion) {}
