package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {

    private final Canary canary = new Canary("s3cret/+~word");

    @Test
    void aSecretIsFoundAsItIsAndUrlEncoded() {
        assertFound("{client_secret=s3cret/+~word}");
        assertFound("client_secret=" + URLEncoder.encode(canary.value(), StandardCharsets.UTF_8) + "&x=y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "user:", "onboarding:"})
    void aSecretIsFoundInBase64WhateverStandsBeforeAndBehindIt(String before) {
        var bytes = (before + canary.value() + "!!").getBytes(StandardCharsets.UTF_8);
        assertFound("Basic " + Base64.getEncoder().encodeToString(bytes));
        assertFound("jwt." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Test
    void whatIsNoSecretIsNotFound() {
        assertThatCode(() -> canary.assertAbsentFrom("log", "The secret is not shown"))
                .doesNotThrowAnyException();
    }

    private void assertFound(String text) {
        assertThatThrownBy(() -> canary.assertAbsentFrom("log", text)).isInstanceOf(AssertionError.class);
    }
}
