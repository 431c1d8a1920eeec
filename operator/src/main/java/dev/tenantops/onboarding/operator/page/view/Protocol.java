package dev.tenantops.onboarding.operator.page.view;

/** What is spoken with an endpoint. */
public enum Protocol {
    Https("HTTPS"),
    WebSocket("WSS (WebSocket over TLS)");

    private final String standard;

    Protocol(String standard) {
        this.standard = standard;
    }

    /** As firewalls and their administrators call it. */
    public String standard() {
        return standard;
    }
}
