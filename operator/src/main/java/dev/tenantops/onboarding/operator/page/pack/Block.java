package dev.tenantops.onboarding.operator.page.pack;

import java.util.List;
import java.util.Optional;

/** A part of a pack, without any form. */
sealed interface Block {

    /** @param level 1 for the pack's own */
    record Heading(int level, String text) implements Block {}

    record Paragraph(String text) implements Block {}

    /**
     * Something to do or to know, with its number in the order.
     *
     * @param state how it is, in words
     */
    record Step(int number, String title, String state, List<String> sentences, List<Line> lines) implements Block {}

    /** Lines to copy as they are. */
    record Listing(List<String> lines) implements Block {}

    /**
     * A part of a step.
     *
     * @param url what it leads to, in place of a text
     */
    record Line(String label, String text, Optional<String> url, List<String> items) {

        static Line of(String label, String text) {
            return new Line(label, text, Optional.empty(), List.of());
        }

        static Line link(String label, String url) {
            return new Line(label, "", Optional.of(url), List.of());
        }

        static Line items(String label, List<String> items) {
            return new Line(label, "", Optional.empty(), items);
        }
    }
}
