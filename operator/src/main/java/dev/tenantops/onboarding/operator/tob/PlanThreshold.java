package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.operator.plan.CatalogPlan;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * From what on a plan is too much.
 *
 * @param kind what is counted
 * @param customers how many are too many
 */
record PlanThreshold(Kind kind, long customers) {

    enum Kind {
        CHANGE,
        CONSENT,
        UNKNOWN,
        READY,
        SURPLUS,
        LINK,
        PROBLEM
    }

    boolean isReached(CatalogPlan plan) {
        return count(plan) >= customers;
    }

    private long count(CatalogPlan plan) {
        return switch (kind) {
            case CHANGE -> plan.onboardings().size();
            case CONSENT -> plan.needingConsent();
            case UNKNOWN -> plan.needingConsent() + plan.undecided();
            case READY -> plan.losingReady();
            case SURPLUS -> plan.withSurplus();
            case LINK -> plan.withChangedLinks();
            case PROBLEM -> plan.withProblems();
        };
    }

    static final class Converter implements ITypeConverter<PlanThreshold> {

        @Override
        public PlanThreshold convert(String text) {
            var parts = text.split("=", 2);
            try {
                var customers = parts.length == 1 ? 1 : Long.parseLong(parts[1]);
                if (customers < 1) {
                    throw new TypeConversionException("the number of customers is at least 1");
                }
                return new PlanThreshold(Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)), customers);
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException(
                        "'" + text + "' is none of change, consent, unknown, ready, surplus, link, problem, each with"
                                + " =NUMBER where one customer is not too many yet");
            }
        }
    }
}
