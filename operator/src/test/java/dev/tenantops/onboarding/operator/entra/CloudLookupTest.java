package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantHome;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant that is not in its catalog's cloud is looked for in the others, each of which is a simulator here. */
class CloudLookupTest {

    private static final String STRANGER = "3c1f6d0e-0000-4000-8000-00000000dead";

    static final List<Effect> NO_ANSWER = List.of(
            new Effect.Html(200),
            new Effect.Html(400),
            new Effect.Html(403),
            new Effect.EmptyBody(200),
            new Effect.EmptyBody(302),
            new Effect.EmptyObject(),
            new Effect.Truncated(),
            new Effect.Disconnect(),
            Effect.status(500),
            Effect.throttled(Duration.ofSeconds(9)));

    private final VirtualClock clock = new VirtualClock(Instant.now());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Laboratory laboratory = new Laboratory();
    private MicrosoftSimulator government;
    private MicrosoftSimulator china;
    private GraphTenantDirectory directory;

    @BeforeEach
    void start() {
        government = MicrosoftSimulator.start(laboratory.authority, 0, new SimulatedDirectory());
        china = MicrosoftSimulator.start(laboratory.authority, 0, new SimulatedDirectory());
        directory = new GraphTenantDirectory(
                Laboratory.settings(laboratory.authority, 1024 * 1024),
                clock,
                clock::nanos,
                (kind, outcome, duration) -> heard.add(kind + " " + outcome),
                List.of(
                        global(),
                        governmentCloud(Cloud.USGovernment, "https://graph.microsoft.us"),
                        governmentCloud(Cloud.USGovernmentDoD, "https://dod-graph.microsoft.us"),
                        new CloudEndpoints(
                                Cloud.China, china.url(), URI.create("https://microsoftgraph.chinacloudapi.cn"))));
    }

    @AfterEach
    void stop() {
        directory.close();
        china.close();
        government.close();
        laboratory.close();
    }

    @Test
    void aTenantThatTheCatalogsCloudKnowsToBeAnothersIsNamedWithItsCloud() {
        laboratory.tenants.moveTenant(TENANT, TenantHome.GCC_HIGH);
        Failure failure = failure(global(), TENANT);
        assertThat(failure.reason()).isEqualTo(Reason.WrongCloud);
        assertThat(failure.message())
                .isEqualTo("The tenant " + TENANT + " lives in the cloud USGovernment, and the catalog is for Global"
                        + " (AADSTS900382).");
        assertThat(failure.remedy())
                .isEqualTo(
                        new Remedy.Instruction("License the publisher's catalog for the cloud USGovernment; client ids"
                                + " differ per cloud."));
        assertThat(asked(laboratory.simulator)).isEqualTo(1);
        assertThat(asked(government) + asked(china)).isZero();
        assertThat(heard).containsExactly("Token Denied", "CloudLookup Succeeded");
    }

    @ParameterizedTest
    @ValueSource(ints = {90002, 90038, 900382, 900432, 1000104})
    void whateverTheSignInSaysOfTheCloudItIsLookedUp(int code) {
        laboratory.tenants.moveTenant(TENANT, TenantHome.CHINA);
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(code)));
        assertThat(failure(global(), TENANT).message())
                .contains("lives in the cloud China, and the catalog is for Global (AADSTS" + code + ")");
    }

    @Test
    void theTwoCloudsOfTheUsGovernmentAreToldApartThoughTheyShareALoginService() {
        government.directory().createTenant(STRANGER, "A department");
        government.directory().moveTenant(STRANGER, TenantHome.DOD);
        assertThat(failure(governmentCloud(Cloud.USGovernment, "https://graph.microsoft.us"), STRANGER)
                        .message())
                .contains("lives in the cloud USGovernmentDoD, and the catalog is for USGovernment");
        government.directory().moveTenant(STRANGER, TenantHome.GCC_HIGH);
        assertThat(failure(governmentCloud(Cloud.USGovernmentDoD, "https://dod-graph.microsoft.us"), STRANGER)
                        .message())
                .contains("lives in the cloud USGovernment, and the catalog is for USGovernmentDoD");
        assertThat(asked(laboratory.simulator) + asked(china)).isZero();
    }

    @Test
    void aTenantThatTheCatalogsCloudDoesNotKnowIsFoundInAnother() {
        china.directory().createTenant(STRANGER, "A company");
        china.directory().moveTenant(STRANGER, TenantHome.CHINA);
        Failure failure = failure(global(), STRANGER);
        assertThat(failure.reason()).isEqualTo(Reason.WrongCloud);
        assertThat(failure.message()).contains("lives in the cloud China, and the catalog is for Global (AADSTS90002)");
        assertThat(asked(government)).isEqualTo(1);
    }

    @Test
    void aTenantOfTheGlobalCloudIsFoundForACatalogOfAnother() {
        laboratory.tenants.createTenant(STRANGER, "A company");
        assertThat(failure(governmentCloud(Cloud.USGovernment, "https://graph.microsoft.us"), STRANGER)
                        .message())
                .contains("lives in the cloud Global, and the catalog is for USGovernment");
        assertThat(asked(china)).isZero();
    }

    @Test
    void aTenantThatNoCloudHasIsNotFoundAndWhoWasAskedIsSaid() {
        Failure failure = failure(global(), STRANGER);
        assertThat(failure.reason()).isEqualTo(Reason.TenantNotFound);
        assertThat(failure.message())
                .isEqualTo("No Microsoft cloud that the operator knows has the tenant " + STRANGER
                        + " (AADSTS90002); asked were "
                        + laboratory.simulator.url().getAuthority() + ", "
                        + government.url().getAuthority() + ", "
                        + china.url().getAuthority() + ".");
        assertThat(failure.remedy())
                .isEqualTo(
                        new Remedy.Instruction("Check spec.tenantId; a changed tenant needs a new TenantOnboarding."));
        assertThat(heard)
                .containsExactly(
                        "Token Denied", "CloudLookup Succeeded", "CloudLookup Succeeded", "CloudLookup Succeeded");
    }

    @Test
    void aTenantOfACloudWithoutANameKeepsTheSignInsFailure() {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(90038)));
        Failure failure = failure(global(), STRANGER);
        assertThat(failure.reason()).isEqualTo(Reason.WrongCloud);
        assertThat(failure.message()).contains("lives in another Microsoft cloud (AADSTS90038)");
    }

    @Test
    void aTenantThatIsInTheCatalogsCloudAfterAllKeepsTheSignInsFailure() {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(5000224)));
        Failure failure = failure(global(), TENANT);
        assertThat(failure.reason()).isEqualTo(Reason.TenantNotFound);
        assertThat(failure.message()).contains("cannot sign in").contains("AADSTS5000224");
        assertThat(asked(laboratory.simulator)).isEqualTo(1);
        assertThat(asked(government) + asked(china)).isZero();
    }

    @ParameterizedTest
    @FieldSource("NO_ANSWER")
    void aLookUpThatFailsKeepsTheSignInsFailureAndIsTriedAgain(Effect effect) {
        laboratory.tenants.moveTenant(TENANT, TenantHome.GCC_HIGH);
        laboratory.tenants.fail(Fault.on(RequestKind.DISCOVERY, effect));
        Failure failure = failure(global(), TENANT);
        assertThat(failure.reason()).isEqualTo(Reason.WrongCloud);
        assertThat(failure.message())
                .contains("cannot sign in")
                .contains("AADSTS900382")
                .doesNotContain("html");
        assertThat(asked(government) + asked(china)).isZero();
        laboratory.tenants.heal();
        assertThat(failure(global(), TENANT).message()).contains("lives in the cloud USGovernment");
    }

    @ParameterizedTest
    @FieldSource("NO_ANSWER")
    void aTenantIsNowhereOnlyIfEveryCloudSaysSo(Effect effect) {
        government.directory().fail(Fault.on(RequestKind.DISCOVERY, effect));
        assertThat(failure(global(), STRANGER).message())
                .contains("there is no such tenant in this cloud (AADSTS90002)");
        china.directory().createTenant(STRANGER, "A company");
        china.directory().moveTenant(STRANGER, TenantHome.CHINA);
        assertThat(failure(global(), STRANGER).message()).contains("lives in the cloud China");
    }

    @ParameterizedTest
    @CsvSource({"30, 5", "2, 2"})
    void aLookUpIsNotWaitedForLong(int callTimeoutSeconds, int lookUpSeconds) {
        List<Long> timeouts = new CopyOnWriteArrayList<>();
        OkHttpClient late = new OkHttpClient.Builder()
                .callTimeout(Duration.ofSeconds(callTimeoutSeconds))
                .addInterceptor(chain -> {
                    timeouts.add(TimeUnit.NANOSECONDS.toSeconds(
                            chain.call().timeout().timeoutNanos()));
                    throw new InterruptedIOException("timeout");
                })
                .build();
        Failure failure = Failure.of(Reason.TenantNotFound, "It is not there.", "Wait.");
        CloudLookup lookup = new CloudLookup(late, List.of(), RequestListener.NONE, Ticker.systemTicker());
        assertThat(lookup.explain(global(), TENANT, failure, Optional.empty())).isEqualTo(failure);
        assertThat(timeouts).containsExactly((long) lookUpSeconds);
    }

    @Test
    void theCustomCloudIsAskedAloneAndKeepsItsOwnWords() {
        Failure failure = failure(laboratory.cloud(), STRANGER);
        assertThat(failure.reason()).isEqualTo(Reason.TenantNotFound);
        assertThat(failure.message()).contains("there is no such tenant in this cloud (AADSTS90002)");
        assertThat(asked(laboratory.simulator)).isEqualTo(1);
        assertThat(asked(government) + asked(china)).isZero();
    }

    @Test
    void aTenantIsLookedUpOnceAnHourAndNotAtEveryCheck() {
        laboratory.tenants.moveTenant(TENANT, TenantHome.GCC_HIGH);
        for (int check = 0; check < 3; check++) {
            assertThat(failure(global(), TENANT).message()).contains("USGovernment");
            assertThat(failure(global(), STRANGER).reason()).isEqualTo(Reason.TenantNotFound);
            clock.advance(Duration.ofMinutes(19));
        }
        assertThat(asked(laboratory.simulator)).isEqualTo(2);
        assertThat(asked(government)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(3));
        laboratory.tenants.moveTenant(TENANT, TenantHome.CHINA);
        assertThat(failure(global(), TENANT).message()).contains("China");
        assertThat(asked(laboratory.simulator)).isEqualTo(3);
    }

    @Test
    void whatIsRememberedOfATenantIsForOneCatalogsCloud() {
        laboratory.tenants.moveTenant(TENANT, TenantHome.GCC_HIGH);
        assertThat(failure(global(), TENANT).message()).contains("USGovernment");
        assertThat(failure(laboratory.cloud(), TENANT).message()).contains("the catalog is for Custom");
    }

    @Test
    void aHealthyCheckLooksNothingUp() {
        for (int check = 0; check < 2; check++) {
            assertThat(read(global(), TENANT).applications().ifComplete()).isPresent();
        }
        laboratory.tenants.moveTenant(TENANT, TenantHome.GCC);
        clock.advance(Duration.ofHours(2));
        assertThat(read(global(), TENANT).applications().ifComplete()).isPresent();
        assertThat(asked(laboratory.simulator) + asked(government) + asked(china))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {7000229, 7000215, 53003, 90055, 90033, 1})
    void aSignInThatFailsForAnotherReasonLooksNothingUp(int code) {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(code)));
        assertThat(failure(global(), TENANT).message()).contains("AADSTS" + code);
        assertThat(asked(laboratory.simulator)).isZero();
    }

    @Test
    void aTokenThatGraphRefusesLooksNothingUp() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(401)));
        assertThat(read(global(), TENANT).applications().ifFailed()).isPresent();
        assertThat(asked(laboratory.simulator)).isZero();
    }

    private CloudEndpoints global() {
        return new CloudEndpoints(Cloud.Global, laboratory.simulator.url(), laboratory.simulator.url());
    }

    private CloudEndpoints governmentCloud(Cloud cloud, String graph) {
        return new CloudEndpoints(cloud, government.url(), URI.create(graph));
    }

    private static long asked(MicrosoftSimulator simulator) {
        return simulator.requests().count(RequestKind.DISCOVERY);
    }

    private Failure failure(CloudEndpoints cloud, String tenantId) {
        return read(cloud, tenantId).applications().ifFailed().orElseThrow();
    }

    private TenantObservation read(CloudEndpoints cloud, String tenantId) {
        return laboratory.read(directory, cloud, tenantId);
    }
}
