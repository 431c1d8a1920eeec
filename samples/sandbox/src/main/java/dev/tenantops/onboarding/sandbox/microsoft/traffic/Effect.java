package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** What goes wrong with a request. The names in the annotations are those of the control API. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @Type(name = "aadsts", value = Effect.Aadsts.class),
    @Type(name = "status", value = Effect.Status.class),
    @Type(name = "html", value = Effect.Html.class),
    @Type(name = "empty-body", value = Effect.EmptyBody.class),
    @Type(name = "empty-object", value = Effect.EmptyObject.class),
    @Type(name = "no-content-type", value = Effect.NoContentType.class),
    @Type(name = "truncated", value = Effect.Truncated.class),
    @Type(name = "padded", value = Effect.Padded.class),
    @Type(name = "foreign-next-link", value = Effect.ForeignNextLink.class),
    @Type(name = "empty-page", value = Effect.EmptyPage.class),
    @Type(name = "missing-item", value = Effect.MissingItem.class),
    @Type(name = "slow", value = Effect.Slow.class),
    @Type(name = "disconnect", value = Effect.Disconnect.class),
    @Type(name = "claims-challenge", value = Effect.ClaimsChallenge.class)
})
public sealed interface Effect {

    /** Entra ID refuses with this AADSTS code, in the shape that the code is known for. For TOKEN and CONSENT. */
    record Aadsts(int code) implements Effect {}

    /**
     * An HTTP error in the shape of the service that was asked: 429 and 503 with the headers of throttling.
     *
     * @param retryAfterSeconds the value of Retry-After, or null for none
     * @param code the error code in the body, or null for the usual one of the status
     */
    record Status(int status, Integer retryAfterSeconds, String code) implements Effect {}

    /** A page of a gateway instead of an answer. */
    record Html(int status) implements Effect {}

    /** This status with no body at all. */
    record EmptyBody(int status) implements Effect {}

    /** 200 and <code>{}</code>. */
    record EmptyObject() implements Effect {}

    /** The right answer without a Content-Type. */
    record NoContentType() implements Effect {}

    /** The connection ends in the middle of the right answer. */
    record Truncated() implements Effect {}

    /** The right answer behind so many bytes of white space. */
    record Padded(long bytes) implements Effect {}

    /** The right answer with a nextLink that leads to another origin, such as {@code https://attacker.example}. */
    record ForeignNextLink(String origin) implements Effect {}

    /** A page without items whose nextLink leads on. */
    record EmptyPage() implements Effect {}

    /** The batch is answered without this item. For BATCH_ITEM. */
    record MissingItem() implements Effect {}

    /** The right answer, late. */
    record Slow(long millis) implements Effect {}

    /** The connection is closed without an answer. */
    record Disconnect() implements Effect {}

    /** 401 with a claims challenge, as continuous access evaluation sends it. For GRAPH and BATCH. */
    record ClaimsChallenge() implements Effect {}

    static Effect aadsts(int code) {
        return new Aadsts(code);
    }

    static Effect status(int status) {
        return new Status(status, null, null);
    }

    static Effect status(int status, Duration retryAfter) {
        return new Status(status, Math.toIntExact(retryAfter.toSeconds()), null);
    }

    /** 429 with Retry-After in whole seconds. */
    static Effect throttled(Duration retryAfter) {
        return status(429, retryAfter);
    }

    static Effect slow(Duration delay) {
        return new Slow(delay.toMillis());
    }
}
