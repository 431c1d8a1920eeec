package dev.tenantops.onboarding.operator.sharding;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import dev.tenantops.onboarding.operator.status.CatalogUse.UnknownPermission;
import dev.tenantops.onboarding.operator.status.CatalogUse.Withdrawn;
import dev.tenantops.onboarding.operator.status.SignIns;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the leader of a shard says of it on its Lease, for the shard that has the catalogs.
 *
 * @param selector of its onboardings; empty where it does not say so in words that this version reads
 * @param catalogs whether it writes the statuses of the catalogs
 * @param use what its onboardings make of each catalog
 */
public record ShardNotice(Optional<ShardSelector> selector, boolean catalogs, Map<String, CatalogUse> use) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All annotations of an object together have 256 KiB. */
    private static final int LIMIT = 128 * 1024;

    private static final int MESSAGE_LIMIT = 512;

    /** As JSON has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Use(
            int onboardings,
            String application,
            String message,
            // Earlier versions know this one alone.
            String refused,
            Integer accepted,
            Integer doubtful,
            Integer refusals,
            Integer ended,
            List<Withdrawal> withdrawn,
            Boolean deactivationNotShown,
            Map<String, Integer> retiring) {

        static Use of(CatalogUse use) {
            return new Use(
                    use.onboardings(),
                    use.unknownPermission().map(UnknownPermission::application).orElse(null),
                    use.unknownPermission()
                            .map(UnknownPermission::message)
                            .map(it -> it.substring(0, Math.min(it.length(), MESSAGE_LIMIT)))
                            .orElse(null),
                    use.signIns()
                            .against()
                            .filter(it -> it != Reason.CredentialsPropagating)
                            .map(Reason::name)
                            .orElse(null),
                    some(use.signIns().accepted()),
                    some(use.signIns().doubtful()),
                    some(use.signIns().refused()),
                    some(use.signIns().ended()),
                    use.withdrawn().isEmpty()
                            ? null
                            : use.withdrawn().stream()
                                    .map(it -> new Withdrawal(
                                            it.application(), it.state().name(), it.onboardings()))
                                    .toList(),
                    use.deactivationNotShown() ? true : null,
                    use.retiring().isEmpty() ? null : new TreeMap<>(use.retiring()));
        }

        private static Integer some(int count) {
            return count == 0 ? null : count;
        }

        CatalogUse read() {
            return new CatalogUse(
                    onboardings,
                    Optional.ofNullable(application)
                            .map(it -> new UnknownPermission(it, Objects.requireNonNullElse(message, ""))),
                    new SignIns(
                            Objects.requireNonNullElse(accepted, 0),
                            Objects.requireNonNullElse(doubtful, 0),
                            Objects.requireNonNullElse(refusals, atLeastOne(Reason.CredentialsInvalid)),
                            Objects.requireNonNullElse(ended, atLeastOne(Reason.CredentialsExpired))),
                    Optional.ofNullable(withdrawn).orElse(List.of()).stream()
                            .flatMap(it -> it.read().stream())
                            .toList(),
                    Boolean.TRUE.equals(deactivationNotShown),
                    known(retiring));
        }

        private int atLeastOne(Reason reason) {
            return reason.name().equals(refused) ? 1 : 0;
        }
    }

    /** An application that no tenant can use, as JSON has it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Withdrawal(String application, String state, int onboardings) {

        /** Empty for a state of another version. */
        Optional<Withdrawn> read() {
            return Stream.of(ApplicationState.values())
                    .filter(it -> it.name().equals(state) && CatalogUse.isWithdrawn(it) && application != null)
                    .findFirst()
                    .map(it -> new Withdrawn(application, it, onboardings));
        }
    }

    /** Of a stranger's numbers those that are some. */
    private static Map<String, Integer> known(Map<String, Integer> counts) {
        var known = new TreeMap<String, Integer>();
        Optional.ofNullable(counts).orElse(Map.of()).forEach((key, count) -> {
            if (key != null && count != null) {
                known.put(key, count);
            }
        });
        return known;
    }

    public ShardNotice {
        use = Map.copyOf(use);
    }

    /** What a Lease says. */
    public static ShardNotice of(HasMetadata lease) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of());
        return new ShardNotice(
                Optional.ofNullable(annotations.get(ApiGroup.SHARD_SELECTOR)).flatMap(ShardNotice::selector),
                Boolean.parseBoolean(annotations.get(ApiGroup.SHARD_CATALOGS)),
                use(annotations.getOrDefault(ApiGroup.SHARD_CATALOG_USE, "{}")));
    }

    /** The annotations that say which onboardings are a shard's. */
    public static Map<String, String> annotations(Shard shard) {
        return Map.of(
                ApiGroup.SHARD_SELECTOR, shard.selector().toString(),
                ApiGroup.SHARD_CATALOGS, Boolean.toString(shard.catalogs()));
    }

    /** The annotation that says what a shard's onboardings make of the catalogs: of as many as there is room for. */
    public static Map<String, String> annotations(Map<String, CatalogUse> use) {
        var written = new TreeMap<String, Use>();
        var size = 0;
        for (var entry : new TreeMap<>(use).entrySet()) {
            var one = Use.of(entry.getValue());
            size += entry.getKey().length() + json(one).length() + 4;
            if (size < LIMIT) {
                written.put(entry.getKey(), one);
            }
        }
        return Map.of(ApiGroup.SHARD_CATALOG_USE, json(written));
    }

    private static Optional<ShardSelector> selector(String text) {
        try {
            return Optional.of(ShardSelector.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, CatalogUse> use(String text) {
        var read = new TreeMap<String, CatalogUse>();
        try {
            Optional.ofNullable(JSON.readValue(text, new TypeReference<Map<String, Use>>() {}))
                    .orElse(Map.of())
                    .entrySet()
                    .stream()
                    .filter(it -> it.getValue() != null)
                    .forEach(it -> read.put(it.getKey(), it.getValue().read()));
        } catch (JsonProcessingException e) {
            // Of a later version, or of a stranger.
            read.clear();
        }
        return read;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
