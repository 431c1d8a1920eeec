package dev.tenantops.onboarding.operator.delivery;

/**
 * The API server, as far as statuses of one kind go. A request ends, one way or the other, and is never tried twice by
 * itself.
 *
 * @param <R> the kind
 * @param <S> its status
 */
interface StatusRequests<R, S> {

    /** Replaces the status of the very object that was read: its uid and its resource version are preconditions. */
    Reply<R> put(R read, S status) throws InterruptedException;

    /** Reads the object that has the name now. */
    Reply<R> get(ObjectKey key) throws InterruptedException;
}
