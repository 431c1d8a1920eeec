package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What verdicts on the applications of one catalog need to know of the past.
 *
 * @param licensed by name, what the licences bring
 * @param former by name, what they no longer bring
 */
public record CatalogMemory(Map<String, Memory> licensed, Map<String, Memory> former) {

    public CatalogMemory {
        licensed = Map.copyOf(licensed);
        former = Map.copyOf(former);
    }

    /**
     * The same with what else is known of the licensed applications.
     *
     * @param remembered takes the name of one and what was remembered of it
     */
    public CatalogMemory with(BiFunction<String, Memory, Memory> remembered) {
        return new CatalogMemory(
                licensed.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> remembered.apply(it.getKey(), it.getValue()))),
                former);
    }

    Memory of(DesiredApplication application) {
        return licensed.getOrDefault(application.name(), Memory.NONE);
    }

    Memory of(FormerApplication application) {
        return former.getOrDefault(application.name(), Memory.NONE);
    }
}
