package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;

/** Follows delivery, for whoever wants to count. */
public interface DeliveryListener {

    /** Follows nothing. */
    DeliveryListener NONE = new DeliveryListener() {
        @Override
        public void checked(String kind, boolean failed, Duration took) {}

        @Override
        public void written(String kind, boolean refused) {}
    };

    /**
     * A check came to its end.
     *
     * @param failed by a fault of the operator; what is wrong with a tenant fails no check
     */
    void checked(String kind, boolean failed, Duration took);

    /** The API server stored a status, or refused it, or gave no answer. */
    void written(String kind, boolean refused);
}
