package dev.tenantops.onboarding.operator.truth;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.util.List;

/**
 * Something that happens. A step that makes no sense where it stands, such as the revocation of what was never granted,
 * does nothing, so that any part of a history is a history too. Numbers of permissions count modulo how many there are.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "Wait", value = Step.Wait.class),
    @JsonSubTypes.Type(name = "Consent", value = Step.Consent.class),
    @JsonSubTypes.Type(name = "UserConsent", value = Step.UserConsent.class),
    @JsonSubTypes.Type(name = "Callback", value = Step.Callback.class),
    @JsonSubTypes.Type(name = "Revoke", value = Step.Revoke.class),
    @JsonSubTypes.Type(name = "RevokeAll", value = Step.RevokeAll.class),
    @JsonSubTypes.Type(name = "GrantSurplus", value = Step.GrantSurplus.class),
    @JsonSubTypes.Type(name = "AssignWithoutRole", value = Step.AssignWithoutRole.class),
    @JsonSubTypes.Type(name = "LookAlike", value = Step.LookAlike.class),
    @JsonSubTypes.Type(name = "Disable", value = Step.Disable.class),
    @JsonSubTypes.Type(name = "Enable", value = Step.Enable.class),
    @JsonSubTypes.Type(name = "Delete", value = Step.Delete.class),
    @JsonSubTypes.Type(name = "Restore", value = Step.Restore.class),
    @JsonSubTypes.Type(name = "Purge", value = Step.Purge.class),
    @JsonSubTypes.Type(name = "RemoveResource", value = Step.RemoveResource.class),
    @JsonSubTypes.Type(name = "ProvisionResource", value = Step.ProvisionResource.class),
    @JsonSubTypes.Type(name = "DisableResource", value = Step.DisableResource.class),
    @JsonSubTypes.Type(name = "EnableResource", value = Step.EnableResource.class),
    @JsonSubTypes.Type(name = "CatalogGrows", value = Step.CatalogGrows.class),
    @JsonSubTypes.Type(name = "CatalogShrinks", value = Step.CatalogShrinks.class),
    @JsonSubTypes.Type(name = "RegistrationFollows", value = Step.RegistrationFollows.class),
    @JsonSubTypes.Type(name = "DeleteRegistration", value = Step.DeleteRegistration.class),
    @JsonSubTypes.Type(name = "RestoreRegistration", value = Step.RestoreRegistration.class),
    @JsonSubTypes.Type(name = "License", value = Step.License.class),
    @JsonSubTypes.Type(name = "RevokeVerifier", value = Step.RevokeVerifier.class),
    @JsonSubTypes.Type(name = "LowerVerifier", value = Step.LowerVerifier.class),
    @JsonSubTypes.Type(name = "ConsentToVerifier", value = Step.ConsentToVerifier.class),
    @JsonSubTypes.Type(name = "RotateSecret", value = Step.RotateSecret.class),
    @JsonSubTypes.Type(name = "StoreSecret", value = Step.StoreSecret.class),
    @JsonSubTypes.Type(name = "ReplaceSecret", value = Step.ReplaceSecret.class),
    @JsonSubTypes.Type(name = "CredentialLag", value = Step.CredentialLag.class),
    @JsonSubTypes.Type(name = "Lag", value = Step.Lag.class),
    @JsonSubTypes.Type(name = "Pages", value = Step.Pages.class),
    @JsonSubTypes.Type(name = "Fail", value = Step.Fail.class),
    @JsonSubTypes.Type(name = "Heal", value = Step.Heal.class),
    @JsonSubTypes.Type(name = "Restart", value = Step.Restart.class),
    @JsonSubTypes.Type(name = "ApiServerDown", value = Step.ApiServerDown.class),
    @JsonSubTypes.Type(name = "Suspend", value = Step.Suspend.class),
    @JsonSubTypes.Type(name = "Resume", value = Step.Resume.class),
    @JsonSubTypes.Type(name = "CatalogAway", value = Step.CatalogAway.class),
    @JsonSubTypes.Type(name = "CatalogBack", value = Step.CatalogBack.class),
    @JsonSubTypes.Type(name = "ClaimedElsewhere", value = Step.ClaimedElsewhere.class),
    @JsonSubTypes.Type(name = "ClaimFreed", value = Step.ClaimFreed.class),
    @JsonSubTypes.Type(name = "ForgedReturn", value = Step.ForgedReturn.class),
    @JsonSubTypes.Type(name = "NextDay", value = Step.NextDay.class),
    @JsonSubTypes.Type(name = "Retire", value = Step.Retire.class),
    @JsonSubTypes.Type(name = "Unretire", value = Step.Unretire.class),
    @JsonSubTypes.Type(name = "AskForAttestation", value = Step.AskForAttestation.class),
    @JsonSubTypes.Type(name = "Attest", value = Step.Attest.class),
    @JsonSubTypes.Type(name = "AttestPrerequisite", value = Step.AttestPrerequisite.class),
    @JsonSubTypes.Type(name = "WithdrawAttestations", value = Step.WithdrawAttestations.class)
})
sealed interface Step {

    /** Time passes, and the operator checks when it is due. */
    record Wait(int seconds) implements Step {}

    /** An administrator consents to everything registered. */
    record Consent(String application, boolean callback) implements Step {}

    record UserConsent(String application) implements Step {}

    /** Somebody returns from the consent page who declined, or forged the return. */
    record Callback(String application) implements Step {}

    record Revoke(String application, int permission) implements Step {}

    record RevokeAll(String application) implements Step {}

    /** A tenant-wide grant that the catalog does not ask for. */
    record GrantSurplus(String application) implements Step {}

    /** The default assignment, which carries no permission. */
    record AssignWithoutRole(String application) implements Step {}

    /** Somebody else's application of the same display name gets everything granted. */
    record LookAlike(String application) implements Step {}

    /** No tokens are given out any more: by the tenant's administrator, by the publisher or by Microsoft. */
    record Disable(String application, int how) implements Step {}

    record Enable(String application) implements Step {}

    record Delete(String application) implements Step {}

    record Restore(String application) implements Step {}

    record Purge(String application) implements Step {}

    record RemoveResource(String resource) implements Step {}

    record ProvisionResource(String resource) implements Step {}

    record DisableResource(String resource) implements Step {}

    record EnableResource(String resource) implements Step {}

    /** The catalog asks for one more permission, and the application registers it too or not. */
    record CatalogGrows(String application, int permission, boolean registered) implements Step {}

    record CatalogShrinks(String application, int permission) implements Step {}

    /** The application registers all that the catalog asks for. */
    record RegistrationFollows(String application) implements Step {}

    /** The publisher deletes the registration, and the catalog's status says so. */
    record DeleteRegistration(String application) implements Step {}

    record RestoreRegistration(String application) implements Step {}

    record License(String plan) implements Step {}

    record RevokeVerifier() implements Step {}

    /** The verifier keeps the lower read tier only. */
    record LowerVerifier() implements Step {}

    record ConsentToVerifier() implements Step {}

    /** The publisher replaces the verifier's secret. */
    record RotateSecret() implements Step {}

    /** The operator's Secret gets the present one. */
    record StoreSecret() implements Step {}

    /** Both at once, as secrets are rotated that are kept in a vault. */
    record ReplaceSecret() implements Step {}

    /** How long a new secret takes to reach the replicas that sign in, in seconds; they answer in turn. */
    record CredentialLag(List<Integer> seconds) implements Step {}

    /** How far the replicas are behind, in seconds; they answer in turn. */
    record Lag(List<Integer> seconds) implements Step {}

    record Pages(int size, boolean leadingSpace) implements Step {}

    /** From now on requests of this kind fail. */
    record Fail(RequestKind kind, String path, Effect effect) implements Step {}

    record Heal() implements Step {}

    /** The operator is gone for so long, and comes back knowing what the API server knows. */
    record Restart(int seconds) implements Step {}

    /** Nothing can be written for so long. */
    record ApiServerDown(int seconds) implements Step {}

    record Suspend() implements Step {}

    record Resume() implements Step {}

    /** The catalog is deleted. */
    record CatalogAway() implements Step {}

    /** It is applied again. */
    record CatalogBack() implements Step {}

    /** An older onboarding of the same tenant may use the catalog, so the tenant is its to verify. */
    record ClaimedElsewhere() implements Step {}

    /** That one is gone. */
    record ClaimFreed() implements Step {}

    /** Somebody writes that a browser returned from the consent page, so many seconds from now or ago. */
    record ForgedReturn(String application, long seconds) implements Step {}

    /** Time passes until so many seconds after the next midnight. */
    record NextDay(int seconds) implements Step {}

    /** The catalog says that a permission does not work from so many days on. */
    record Retire(String application, int permission, int days) implements Step {}

    /** The catalog says so of none of the application any more. */
    record Unretire(String application) implements Step {}

    /** Whether the catalog says that the application needs something that somebody has to attest. */
    record AskForAttestation(String application, boolean asked) implements Step {}

    /** Somebody attests for so long that the customer does without a permission, whether the catalog allows that or not. */
    record Attest(String application, int permission, int seconds) implements Step {}

    /** Somebody attests for so long what the application needs, whether anybody asks for that or not. */
    record AttestPrerequisite(String application, int seconds) implements Step {}

    record WithdrawAttestations() implements Step {}
}
