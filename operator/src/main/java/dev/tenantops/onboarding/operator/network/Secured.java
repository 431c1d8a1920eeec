package dev.tenantops.onboarding.operator.network;

import javax.net.ssl.SSLSocket;

/**
 * An encrypted connection to the target.
 *
 * @param inspected whether something in between opens it: its certificate is trusted only thanks to what was declared
 *     with the proxy, so what answers may not be the endpoint
 */
record Secured(SSLSocket socket, boolean inspected) {}
