package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.directory.AppRoleAssignment;
import dev.tenantops.onboarding.sandbox.microsoft.directory.DelegatedGrant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantState;
import dev.tenantops.onboarding.sandbox.microsoft.graph.EntityTypes.AssignmentView;
import dev.tenantops.onboarding.sandbox.microsoft.graph.EntityTypes.GrantView;
import dev.tenantops.onboarding.sandbox.microsoft.graph.EntityTypes.PrincipalView;
import dev.tenantops.onboarding.sandbox.microsoft.graph.EntityTypes.RegistrationView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What Graph shows of a tenant's state. */
final class TenantViews {

    private final SimulatedDirectory directory;

    TenantViews(SimulatedDirectory directory) {
        this.directory = directory;
    }

    PrincipalView principal(ServicePrincipal principal) {
        return new PrincipalView(
                principal,
                directory.apis().find(principal.appId()).orElse(null),
                directory.registrations().find(principal.appId()).orElse(null),
                directory.registrations().status(principal.appId()));
    }

    List<PrincipalView> live(TenantState state) {
        return state.live().values().stream().map(this::principal).toList();
    }

    List<PrincipalView> recycled(TenantState state) {
        return state.deleted().stream()
                .filter(principal -> !principal.deleted().isBefore(directory.recycledSince()))
                .map(this::principal)
                .toList();
    }

    /** The registrations of a publisher's tenant. */
    List<RegistrationView> registrations(TenantState state) {
        return directory.registrations().all().stream()
                .filter(it -> it.publisherTenantId().equals(state.tenantId()))
                .map(it -> new RegistrationView(it, null, directory.apis()))
                .toList();
    }

    List<RegistrationView> deletedRegistrations(TenantState state) {
        return directory.registrations().deleted(directory.recycledSince()).stream()
                .filter(it -> it.registration().publisherTenantId().equals(state.tenantId()))
                .map(it -> new RegistrationView(it.registration(), it.at(), directory.apis()))
                .toList();
    }

    List<AssignmentView> assignmentsOf(TenantState state, Collection<ServicePrincipal> principals) {
        List<AssignmentView> all = new ArrayList<>();
        for (ServicePrincipal principal : principals) {
            for (AppRoleAssignment role : principal.roles()) {
                state.findById(role.resourceId())
                        .ifPresent(resource -> all.add(new AssignmentView(role, principal, resource)));
            }
        }
        return all;
    }

    List<GrantView> grantsOf(TenantState state, Collection<ServicePrincipal> clients) {
        boolean leadingSpace = directory.behaviour().leadingSpaceInScopes();
        List<GrantView> all = new ArrayList<>();
        for (ServicePrincipal client : clients) {
            for (DelegatedGrant grant : state.grantsOf(client)) {
                all.add(new GrantView(grant, client, leadingSpace));
            }
        }
        return all;
    }
}
