package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.Mark;
import java.util.List;

/** A page that says one thing. */
public record Card(Mark mark, String title, List<String> paragraphs) {}
