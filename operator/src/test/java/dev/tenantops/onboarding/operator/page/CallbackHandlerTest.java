package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackHandlerTest {

    private static final String UID = "7d1c2a34-0b5e-4f6a-8c9d-112233445566";
    private static final String GONE = "00000000-0000-4000-8000-000000000000";
    private static final String TENANT = "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    private Instant now = NOW;
    private final Onboardings onboardings = new Onboardings();
    private final CallbackHandler handler = new CallbackHandler(onboardings, () -> now, Runnable::run);

    @Test
    void aReportedConsentAsksForAVerification() {
        var page = said(reported(UID, TENANT));

        assertThat(onboardings.requests).containsExactly(UID + " call-center " + NOW);
        assertThat(page.title()).isEqualTo("The consent was reported");
        assertThat(page.paragraphs()).anyMatch(it -> it.contains("is now being verified"));
    }

    @Test
    void theTenantIsComparedWithoutRegardToCase() {
        handler.handle(reported(UID, TENANT.toUpperCase(Locale.ROOT)));

        assertThat(onboardings.requests).hasSize(1);
    }

    @Test
    void aReportedConsentIsNeverCalledGranted() {
        var page = said(reported(UID, TENANT));

        assertThat(page.title() + page.paragraphs()).doesNotContainIgnoringCase("granted");
    }

    @Test
    void aRequestThatCannotBeWrittenIsNotClaimed() {
        onboardings.writable = false;

        assertThat(said(reported(UID, TENANT)).paragraphs())
                .anyMatch(it -> it.contains("at the next regular check"))
                .noneMatch(it -> it.contains("is now being verified"));
    }

    @Test
    void aConsentToWhatCannotBeReadNowIsFoundLater() {
        onboardings.readable = false;

        var page = said(reported(UID, TENANT));

        assertThat(onboardings.requests).isEmpty();
        assertThat(page.title()).isEqualTo("The consent was reported");
        assertThat(page.paragraphs()).anyMatch(it -> it.contains("at the next regular check"));
    }

    @Test
    void whyAConsentWasNotGivenIsSaidWhateverCanBeRead() {
        var refused = Map.of("error", List.of("access_denied"), "state", List.of(UID + ".call-center"));
        var known = said(refused);
        onboardings.readable = false;

        assertThat(said(refused)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04T05:05:57.123456Z, 1",
        "2026-03-04T05:05:57.123457Z, 0",
        "2026-03-04T05:06:07.123456Z, 0",
        "2026-03-04T05:06:17.123455Z, 0",
        "2026-03-04T05:06:17.123456Z, 1",
        "2126-01-01T00:00:00Z, 1"
    })
    void oneOnboardingIsVerifiedAtMostOncePerTenSeconds(Instant last, int requests) {
        onboardings.consentReturned = Optional.of(last);

        var page = said(reported(UID, TENANT));

        assertThat(onboardings.requests).hasSize(requests);
        assertThat(page.paragraphs()).anyMatch(it -> it.contains("is now being verified"));
    }

    @Test
    void aConsentInAnotherTenantChangesNothingAndSaysWhatToDo() {
        var page = said(reported(UID, "11111111-2222-3333-4444-555555555555"));

        assertThat(onboardings.requests).isEmpty();
        assertThat(page.title()).isEqualTo("The consent was given in another tenant");
        assertThat(page.paragraphs())
                .anyMatch(it -> it.contains("private browser window") && it.contains(TENANT))
                .noneMatch(it -> it.contains("11111111"));
    }

    @Test
    void aConsentThroughTheLinkOfAnOnboardingThatIsGoneHasThoseOfItsTenantChecked() {
        var page = said(reported(GONE, TENANT));

        assertThat(onboardings.requests).isEmpty();
        assertThat(onboardings.checks).containsExactly(UID + " call-center " + NOW);
        assertThat(page.title()).isEqualTo("The consent was reported through an earlier link");
        assertThat(page.paragraphs()).anyMatch(it -> it.contains("is checked, now or at its next regular check"));
    }

    @Test
    void thePageOfAnEarlierLinkDoesNotTellWhetherThereIsAnOnboarding() {
        var stranger = reported(GONE, "11111111-2222-3333-4444-555555555555");

        assertThat(said(stranger)).isEqualTo(said(reported(GONE, TENANT)));
        assertThat(said(stranger).toString()).doesNotContain("11111111");
    }

    @Test
    void whatRunsBesideThePageDoesNotHoldItUp() {
        var beside = new ArrayList<Runnable>();
        var page = said(new CallbackHandler(onboardings, () -> now, beside::add).handle(reported(GONE, TENANT)));

        assertThat(page.title()).isEqualTo("The consent was reported through an earlier link");
        assertThat(onboardings.checks).isEmpty();
        beside.forEach(Runnable::run);
        assertThat(onboardings.checks).hasSize(1);
    }

    @Test
    void earlierLinksHaveFewOnboardingsCheckedInAMinuteHoweverManyAreClaimed() {
        for (int i = 0; i < 500; i++) {
            handler.handle(reported(GONE, TENANT));
        }
        assertThat(onboardings.checks).hasSize(20);

        now = NOW.plusSeconds(60);
        handler.handle(reported(GONE, TENANT));
        assertThat(onboardings.checks).hasSize(21);
    }

    @Test
    void aClockThatIsSetBackDoesNotBlockEarlierLinks() {
        for (int i = 0; i < 20; i++) {
            handler.handle(reported(GONE, TENANT));
        }
        now = NOW.minusSeconds(3600);

        handler.handle(reported(GONE, TENANT));

        assertThat(onboardings.checks).hasSize(21);
    }

    @Test
    void anErrorThroughAnEarlierLinkIsToldAsAnyOther() {
        var error = Map.of("error", List.of("access_denied"), "error_description", List.of("AADSTS50020: x"));
        var through = new HashMap<>(error);
        through.put("state", List.of(GONE + ".call-center"));
        var known = new HashMap<>(error);
        known.put("state", List.of(UID + ".call-center"));

        assertThat(said(through)).isEqualTo(said(known));
        assertThat(onboardings.checks).isEmpty();
    }

    @Test
    void aVisitWithoutParametersDoesNotEvenLookAnythingUp() {
        handler.handle(Map.of());

        assertThat(onboardings.lookups).isEmpty();
        assertThat(onboardings.requests).isEmpty();
    }

    @Test
    void anErrorChangesNothingAndIsToldInOurOwnWords() {
        var page = said(Map.of(
                "error", List.of("access_denied"),
                "error_description", List.of("AADSTS65004: <b>Call 555-0100 now</b>"),
                "state", List.of(UID + ".call-center")));

        assertThat(onboardings.requests).isEmpty();
        assertThat(page.title()).isEqualTo("The consent was declined");
        assertThat(page.paragraphs())
                .anyMatch(it -> it.contains("AADSTS65004"))
                .noneMatch(it -> it.contains("555") || it.contains("Call"));
    }

    private Card said(Map<String, List<String>> parameters) {
        return said(handler.handle(parameters));
    }

    /** What a person reads. */
    private static Card said(CallbackHandler.Handled handled) {
        return new Cards(Words.of(Language.English)).callback(handled.outcome(), handled.requested());
    }

    private static Map<String, List<String>> reported(String uid, String tenant) {
        return Map.of(
                "admin_consent", List.of("True"),
                "tenant", List.of(tenant),
                "state", List.of(uid + ".call-center"));
    }

    private static final class Onboardings implements OnboardingLookup {
        private final List<String> lookups = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();
        private final List<String> checks = new ArrayList<>();
        private Optional<Instant> consentReturned = Optional.empty();
        private boolean writable = true;
        private boolean readable = true;

        @Override
        public Optional<KnownOnboarding> byUid(String uid) {
            lookups.add(uid);
            if (!readable) {
                throw new Unreadable(new IllegalStateException("the API server is away"));
            }
            return uid.equals(UID)
                    ? Optional.of(new KnownOnboarding(UID, "customers", "contoso", TENANT, consentReturned))
                    : Optional.empty();
        }

        @Override
        public List<KnownOnboarding> ofTenant(String tenantId, String application) {
            return tenantId.equals(TENANT) && application.equals("call-center")
                    ? List.of(new KnownOnboarding(UID, "customers", "contoso", TENANT, consentReturned))
                    : List.of();
        }

        @Override
        public void requestCheck(KnownOnboarding onboarding, Instant at) {
            checks.add(onboarding.uid() + " call-center " + at);
        }

        @Override
        public boolean requestVerification(KnownOnboarding onboarding, String application, Instant at) {
            requests.add(onboarding.uid() + " " + application + " " + at);
            return writable;
        }
    }
}
