package dev.tenantops.onboarding.sandbox.microsoft.login;

import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.FederatedCredential;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether a client is who it claims to be, by secret, certificate or federated identity. */
final class ClientAuthentication {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Set<String> LOGIN_HOSTS = Set.of(
            "login.microsoftonline.com",
            "login.microsoft.com",
            "login.windows.net",
            "sts.windows.net",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn");

    private ClientAuthentication() {}

    /**
     * @param tenantNames how the request and the directory name the tenant
     * @return why the client is refused, or empty
     */
    static Optional<EntraError> check(
            ApplicationRegistration application,
            Map<String, String> form,
            String host,
            List<String> tenantNames,
            Instant now) {
        String secret = form.get("client_secret");
        String assertion = form.get("client_assertion");
        if (secret == null && assertion == null) {
            return refuse(7000218);
        }
        if (secret != null) {
            return checkSecret(application, secret);
        }
        if (!JWT_BEARER.equals(form.get("client_assertion_type"))) {
            return refuse(900144, "The request body must contain the following parameter: 'client_assertion_type'.");
        }
        Optional<ClientAssertion> parsed = ClientAssertion.parse(assertion);
        if (parsed.isEmpty()) {
            return refuse(50012);
        }
        Optional<EntraError> untimely = checkTime(parsed.get(), now);
        if (untimely.isPresent()) {
            return untimely;
        }
        return parsed.get().issuer().equalsIgnoreCase(application.clientId())
                ? checkCertificate(application, parsed.get(), host, tenantNames, now)
                : checkFederation(application, parsed.get());
    }

    private static Optional<EntraError> checkSecret(ApplicationRegistration application, String secret) {
        if (application.secrets().contains(secret)) {
            return Optional.empty();
        }
        if (application.expiredSecrets().contains(secret)) {
            return refuse(
                    7000222,
                    "The provided client secret keys for app '" + application.clientId()
                            + "' are expired. Visit the Azure portal to create new keys for your app, or consider using"
                            + " certificate credentials for added security.");
        }
        return refuse(
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                        + " value, not the client secret ID, for a secret added to app '" + application.clientId()
                        + "'.");
    }

    private static Optional<EntraError> checkTime(ClientAssertion assertion, Instant now) {
        boolean expired = assertion
                .expires()
                .map(end -> end.plus(CLOCK_SKEW).isBefore(now))
                .orElse(true);
        boolean early = assertion
                .notBefore()
                .map(start -> start.minus(CLOCK_SKEW).isAfter(now))
                .orElse(false);
        if (!expired && !early) {
            return Optional.empty();
        }
        return refuse(
                700024,
                "Client assertion is not within its valid time range. Current time: " + now
                        + ", assertion valid from "
                        + assertion.notBefore().map(Instant::toString).orElse("<not given>")
                        + ", expiry time of assertion "
                        + assertion.expires().map(Instant::toString).orElse("<not given>") + ".");
    }

    private static Optional<EntraError> checkCertificate(
            ApplicationRegistration application,
            ClientAssertion assertion,
            String host,
            List<String> tenantNames,
            Instant now) {
        if (!assertion.subject().equalsIgnoreCase(application.clientId())) {
            return refuse(700021);
        }
        if (assertion.audiences().stream().noneMatch(audience -> isTokenEndpoint(audience, host, tenantNames))) {
            return refuse(700023);
        }
        Optional<X509Certificate> certificate =
                application.certificates().stream().filter(assertion::names).findFirst();
        if (certificate.isEmpty()) {
            return refuse(
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on"
                            + " application. [Reason - The key was not found., Thumbprint of key used by client: '"
                            + assertion.thumbprint() + "'].");
        }
        if (certificate.get().getNotAfter().toInstant().isBefore(now)) {
            return refuse(
                    700027,
                    "Client assertion failed signature validation. [Reason - The key used is expired., Thumbprint of"
                            + " key used by client: '" + assertion.thumbprint() + "'].");
        }
        return assertion.isSignedBy(certificate.get().getPublicKey())
                ? Optional.empty()
                : refuse(
                        700027,
                        "Client assertion contains an invalid signature. [Reason - The key was found, but use"
                                + " of the key to verify the signature failed.]");
    }

    private static Optional<EntraError> checkFederation(
            ApplicationRegistration application, ClientAssertion assertion) {
        List<FederatedCredential> credentials = application.federatedCredentials();
        if (credentials.isEmpty()) {
            return refuse(70021);
        }
        List<FederatedCredential> ofIssuer = credentials.stream()
                .filter(credential -> credential.issuer().equals(assertion.issuer()))
                .toList();
        if (ofIssuer.isEmpty()) {
            return refuse(700211, unmatched("issuer '" + assertion.issuer() + "'"));
        }
        List<FederatedCredential> ofAudience = ofIssuer.stream()
                .filter(credential -> assertion.audiences().contains(credential.audience()))
                .toList();
        if (ofAudience.isEmpty()) {
            return refuse(700212, unmatched("audience '" + String.join(", ", assertion.audiences()) + "'"));
        }
        List<FederatedCredential> ofSubject = ofAudience.stream()
                .filter(credential -> credential.subject().equals(assertion.subject()))
                .toList();
        if (ofSubject.isEmpty()) {
            return refuse(700213, unmatched("subject '" + assertion.subject() + "'"));
        }
        boolean signed = ofSubject.stream()
                .anyMatch(credential -> credential.issuerKeys().isEmpty()
                        || credential.issuerKeys().stream().anyMatch(assertion::isSignedBy));
        return signed ? Optional.empty() : refuse(700027, "Client assertion contains an invalid signature.");
    }

    /** The audience names the customer tenant's token endpoint or issuer. Ports differ behind a redirecting client. */
    private static boolean isTokenEndpoint(String audience, String host, List<String> tenantNames) {
        try {
            URI uri = URI.create(audience);
            boolean hostFits = uri.getHost() != null
                    && (LOGIN_HOSTS.contains(uri.getHost())
                            || uri.getHost()
                                    .equalsIgnoreCase(
                                            URI.create("https://" + host).getHost()));
            return "https".equals(uri.getScheme())
                    && hostFits
                    && tenantNames.stream()
                            .anyMatch(tenant -> uri.getPath().equalsIgnoreCase("/" + tenant + "/oauth2/v2.0/token")
                                    || uri.getPath().equalsIgnoreCase("/" + tenant + "/v2.0"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String unmatched(String what) {
        return "No matching federated identity record found for presented assertion " + what
                + ". Please check your federated identity credential Subject, Audience and Issuer against the presented"
                + " assertion.";
    }

    private static Optional<EntraError> refuse(int code) {
        return Optional.of(EntraErrors.of(code));
    }

    private static Optional<EntraError> refuse(int code, String message) {
        return Optional.of(EntraErrors.of(code, message));
    }
}
