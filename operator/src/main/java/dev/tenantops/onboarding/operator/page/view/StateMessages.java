package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationState;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the administrator's page, from {@code messages/page_<language>.properties}. A method of an enum has a word for
 * each of its constants, {@code <method>_<constant>}.
 */
@MessageBundle("state")
public interface StateMessages {

    @Message
    String stateTitle(ApplicationState state);

    @Message
    String state(ApplicationState state);

    @Message
    String stateNext(ApplicationState state);

    @Message
    String obstacle(Obstacle obstacle);

    @Message
    String verifierTitle(VerifierState state);

    @Message
    String verifier(VerifierState state);

    @Message
    String endpointTitle(EndpointState state);

    @Message
    String endpoint(EndpointState state);

    @Message
    String outcomeTitle(ConsentOutcome outcome);

    @Message
    String outcome(ConsentOutcome outcome);
}
