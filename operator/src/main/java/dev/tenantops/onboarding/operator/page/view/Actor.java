package dev.tenantops.onboarding.operator.page.view;

/** Who goes on. */
public enum Actor {
    /** An administrator of the customer. */
    Customer,
    /** Whoever publishes the applications. */
    Publisher,
    /** Nobody has to: it comes by itself, or nothing has to come. */
    Nobody
}
