package dev.tenantops.onboarding.operator.config;

/** Whether the process of the pages has what it needs. */
public interface PageState {

    /** Whether all onboardings and catalogs have been seen. */
    boolean synced();

    /** Whether there is a key that links can be proven with. */
    boolean hasKeys();
}
