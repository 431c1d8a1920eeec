package dev.tenantops.onboarding.operator.page.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which namespaces the members of each group see. Whoever is in several sees those of all; whoever is in none, nothing. */
public record GroupAccess(Map<String, List<NamespacePattern>> groups) {

    public GroupAccess {
        groups = groups.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> List.copyOf(it.getValue())));
    }

    /**
     * Reads {@code {"onboarding-managers": ["customer-a", "team-*"], "admins": ["*"]}}.
     *
     * @throws IllegalArgumentException for anything else, with what is wrong
     */
    public static GroupAccess parse(String json) {
        try {
            var groups = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readValue(json, new TypeReference<Map<String, List<String>>>() {});
            if (groups == null
                    || groups.isEmpty()
                    || groups.values().stream().anyMatch(it -> it == null || it.contains(null) || it.isEmpty())) {
                throw new IllegalArgumentException("No group sees anything, or one has no namespaces");
            }
            return new GroupAccess(groups.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            it -> it.getValue().stream()
                                    .map(NamespacePattern::new)
                                    .toList())));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Groups are written as {\"group\": [\"namespace\", \"team-*\"]}, and this is not: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** What somebody sees who is in these groups. Capitals matter, as providers tell groups apart by them. */
    public Access of(Collection<String> memberships) {
        var patterns = memberships.stream()
                .distinct()
                .flatMap(it -> groups.getOrDefault(it, List.of()).stream())
                .distinct()
                .toList();
        return patterns.isEmpty() ? new Access.Nothing(Access.Cause.NoGroup) : new Access.Namespaces(patterns);
    }
}
