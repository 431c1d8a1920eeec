package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogChecksTest {

    @TempDir
    Path folder;

    @Test
    void aTokenFileThatIsThereIsKept() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "header.payload.signature");
        assertThat(seen(federated(Optional.of(file.toString())))).isEqualTo(federated(Optional.of(file.toString())));
    }

    @Test
    void aTokenFileThatIsNotThereIsNone() {
        assertThat(seen(federated(Optional.of(folder.resolve("absent").toString()))))
                .isEqualTo(federated(Optional.empty()));
        assertThat(seen(federated(Optional.of("")))).isEqualTo(federated(Optional.empty()));
        assertThat(seen(federated(Optional.empty()))).isEqualTo(federated(Optional.empty()));
    }

    @Test
    void whatIsNoTokenStaysAsItIs() {
        Reading<Verifier> secret =
                Reading.of(new Verifier(Samples.VERIFIER, new Credential.ClientSecret("1", "value")));
        assertThat(seen(secret)).isSameAs(secret);
        Reading<Verifier> failed =
                Reading.failed(Failure.of(Failure.Reason.CredentialsInvalid, "There is no such Secret.", "Wait."));
        assertThat(seen(failed)).isSameAs(failed);
    }

    private static Reading<Verifier> seen(Reading<Verifier> verifier) {
        return CatalogChecks.withReadableToken(verifier);
    }

    private static Reading<Verifier> federated(Optional<String> file) {
        return Reading.of(new Verifier(Samples.VERIFIER, new Credential.FederatedToken(file)));
    }
}
