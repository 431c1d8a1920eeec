package dev.tenantops.onboarding.operator.page.view;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A directory role of Microsoft Entra. */
public enum Role {
    CloudApplicationAdministrator("Cloud Application Administrator"),
    ApplicationAdministrator("Application Administrator"),
    PrivilegedRoleAdministrator("Privileged Role Administrator"),
    GlobalAdministrator("Global Administrator"),
    TeamsAdministrator("Teams Administrator");

    private final String english;

    Role(String english) {
        this.english = english;
    }

    /** The roles that a status names; empty where it names anything else. */
    static Optional<List<Role>> named(String grantableBy) {
        if (grantableBy == null || grantableBy.isBlank()) {
            return Optional.empty();
        }
        var roles = Arrays.stream(grantableBy.split(", | or "))
                .map(text -> Arrays.stream(values())
                        .filter(it -> it.english.equals(text.strip()))
                        .findFirst())
                .toList();
        return roles.stream().allMatch(Optional::isPresent)
                ? Optional.of(roles.stream().map(Optional::get).toList())
                : Optional.empty();
    }
}
