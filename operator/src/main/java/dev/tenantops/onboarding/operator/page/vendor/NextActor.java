package dev.tenantops.onboarding.operator.page.vendor;

/** Who has to act before an onboarding goes on. */
public enum NextActor {
    /** The customer's administrator: consents, and whatever else is decided in the customer's tenant or network. */
    Customer,
    /** The vendor of the applications: registrations, credentials, catalogs. */
    Vendor,
    /** Who runs the cluster and the operator, and writes the onboardings. */
    Platform,
    /** Nobody: all is well, or it goes on by itself. */
    Nobody
}
