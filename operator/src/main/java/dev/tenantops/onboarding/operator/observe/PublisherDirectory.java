package dev.tenantops.onboarding.operator.observe;

/** Reads what a publisher's own tenant shows of registrations. It never writes to it. */
public interface PublisherDirectory {

    /**
     * Reads the registrations of the query. Blocks; safe for many threads at once.
     *
     * @return all of them, or why they could not be read: a part of them would say nothing of the others
     */
    Reading<PublisherObservation> registrations(PublisherQuery query);
}
