package dev.tenantops.onboarding.operator.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import dev.tenantops.onboarding.operator.status.CatalogUse.UnknownPermission;
import dev.tenantops.onboarding.operator.status.CatalogUse.Withdrawn;
import dev.tenantops.onboarding.operator.status.SignIns;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardNoticeTest {

    private static final CatalogUse TROUBLED = new CatalogUse(
            12,
            Optional.of(new UnknownPermission("console", "Microsoft Graph has no permission Presence.Raed.")),
            new SignIns(7, 3, 1, 1),
            List.of(new Withdrawn("console", ApplicationState.ApplicationDeactivated, 7)),
            true,
            Map.of("console MicrosoftGraph Delegated User.Read.All", 7));

    @Test
    void whatAShardSaysIsReadAsItWasSaid() {
        var annotations = new HashMap<>(
                ShardNotice.annotations(new Shard("eu", ShardSelector.parse("region in (eu, ch)"), true)));
        annotations.putAll(ShardNotice.annotations(Map.of("heedify", TROUBLED)));
        assertThat(ShardNotice.of(lease(annotations)))
                .isEqualTo(new ShardNotice(
                        Optional.of(ShardSelector.parse("region in (eu, ch)")), true, Map.of("heedify", TROUBLED)));
    }

    @Test
    void aLeaseThatSaysNothingOrNonsenseSelectsNothingAndCountsNothing() {
        var nothing = new ShardNotice(Optional.empty(), false, Map.of());
        assertThat(ShardNotice.of(lease(null))).isEqualTo(nothing);
        assertThat(ShardNotice.of(lease(Map.of(
                        ApiGroup.SHARD_SELECTOR, "shard in (",
                        ApiGroup.SHARD_CATALOGS, "maybe",
                        ApiGroup.SHARD_CATALOG_USE, "[1]"))))
                .isEqualTo(nothing);
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        assertThat(ShardNotice.of(lease(Map.of(
                                ApiGroup.SHARD_CATALOG_USE,
                                "{\"heedify\":{\"onboardings\":3,\"refused\":\"NotYetKnown\",\"more\":[],\"withdrawn\":[{\"state\":"
                                        + "\"NotYetKnown\"},{\"application\":\"a\",\"state\":\"Granted\"}]}}")))
                        .use())
                .isEqualTo(Map.of("heedify", new CatalogUse(3, Optional.empty(), SignIns.NONE)));
    }

    @Test
    void aCredentialThatAnEarlierVersionCallsRefusedIsRefusedSomewhere() {
        assertThat(ShardNotice.of(lease(Map.of(
                                ApiGroup.SHARD_CATALOG_USE,
                                "{\"heedify\":{\"onboardings\":3,\"refused\":\"CredentialsInvalid\"}}")))
                        .use())
                .isEqualTo(Map.of("heedify", new CatalogUse(3, Optional.empty(), new SignIns(0, 0, 1, 0))));
    }

    @Test
    void anEarlierVersionIsToldOfARefusalOnlyWhereItCondemns() {
        assertThat(told(new SignIns(5, 0, 2, 0))).doesNotContain("refused\":");
        assertThat(told(new SignIns(1, 0, 2, 0))).contains("\"refused\":\"CredentialsInvalid\"");
        assertThat(told(new SignIns(0, 9, 0, 0))).doesNotContain("\"refused\"");
        assertThat(told(SignIns.NONE)).isEqualTo("{\"heedify\":{\"onboardings\":9}}");
    }

    private static String told(SignIns signIns) {
        return ShardNotice.annotations(Map.of("heedify", new CatalogUse(9, Optional.empty(), signIns)))
                .get(ApiGroup.SHARD_CATALOG_USE);
    }

    @Test
    void manyCatalogsWithLongMessagesLeaveRoomForTheOtherAnnotations() {
        var use = new TreeMap<String, CatalogUse>();
        IntStream.range(0, 2000)
                .forEach(it -> use.put(
                        "catalog-" + it,
                        new CatalogUse(
                                1,
                                Optional.of(new UnknownPermission("a", "m".repeat(10_000))),
                                new SignIns(1, 0, 0, 0))));
        assertThat(ShardNotice.annotations(use).get(ApiGroup.SHARD_CATALOG_USE).length())
                .isBetween(100_000, 140_000);
    }

    @Test
    void whatShardsSayOfACatalogIsAddedUp() {
        var others = new CatalogUse(
                3,
                Optional.empty(),
                new SignIns(1, 1, 1, 0),
                List.of(
                        new Withdrawn("console", ApplicationState.ApplicationDeactivated, 2),
                        new Withdrawn("recorder", ApplicationState.ApplicationDeactivated, 1),
                        new Withdrawn("console", ApplicationState.DisabledByMicrosoft, 1)),
                false);
        assertThat(TROUBLED.and(others))
                .isEqualTo(new CatalogUse(
                        15,
                        TROUBLED.unknownPermission(),
                        new SignIns(8, 4, 2, 1),
                        List.of(
                                new Withdrawn("console", ApplicationState.ApplicationDeactivated, 9),
                                new Withdrawn("recorder", ApplicationState.ApplicationDeactivated, 1),
                                new Withdrawn("console", ApplicationState.DisabledByMicrosoft, 1)),
                        true,
                        Map.of("console MicrosoftGraph Delegated User.Read.All", 7)));
        assertThat(TROUBLED.and(TROUBLED).retiring()).containsValue(14);
        assertThat(CatalogUse.NONE.and(TROUBLED)).isEqualTo(TROUBLED);
    }

    private static Lease lease(Map<String, String> annotations) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
