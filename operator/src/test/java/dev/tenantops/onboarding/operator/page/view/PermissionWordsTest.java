package dev.tenantops.onboarding.operator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionWordsTest {

    @ParameterizedTest
    @EnumSource
    void everyPermissionOfTheSamplesHasWords(Language language) {
        var words = PermissionWords.of(language);
        var permissions = SampleTenants.catalogs().values().stream()
                .flatMap(it -> it.getSpec().applications().stream())
                .flatMap(it -> it.permissions().stream())
                .flatMap(it -> Stream.of(
                                it.delegated().stream()
                                        .map(value -> new Permission(it.resource(), PermissionType.Delegated, value)),
                                it.application().stream()
                                        .map(value -> new Permission(it.resource(), PermissionType.Application, value)),
                                Stream.ofNullable(it.optional())
                                        .flatMap(optional -> optional.delegated().stream())
                                        .map(value -> new Permission(it.resource(), PermissionType.Delegated, value)),
                                Stream.ofNullable(it.optional())
                                        .flatMap(optional -> optional.application().stream())
                                        .map(value -> new Permission(it.resource(), PermissionType.Application, value)))
                        .flatMap(one -> one));
        assertThat(permissions).isNotEmpty().allMatch(words::knows);
    }

    @Test
    void everyLanguageHasWordsForTheSamePermissions() {
        assertThat(PermissionWords.of(Language.German).keys())
                .isEqualTo(PermissionWords.of(Language.English).keys());
    }

    @Test
    void theSameValueOfTheOtherTypeIsAnotherPermission() {
        var words = PermissionWords.of(Language.English);
        assertThat(words.of(new Permission("MicrosoftGraph", PermissionType.Application, "Mail.Send")))
                .isNotEqualTo(words.of(new Permission("MicrosoftGraph", PermissionType.Delegated, "Mail.Send")));
    }

    @Test
    void anApiIsTheSameByNameAndById() {
        var words = PermissionWords.of(Language.English);
        assertThat(words.of(
                        new Permission("00000003-0000-0000-C000-000000000000", PermissionType.Delegated, "User.Read")))
                .isEqualTo(words.of(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read")));
    }

    @ParameterizedTest
    @EnumSource
    void aPermissionThatNobodyWroteWordsForIsToldByItsType(Language language) {
        var words = PermissionWords.of(language);
        assertThat(words.of(new Permission("MicrosoftGraph", PermissionType.Application, "Brand.New")))
                .isNotBlank()
                .isNotEqualTo(words.of(new Permission("MicrosoftGraph", PermissionType.Delegated, "Brand.New")));
    }
}
