package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.MessageFile;
import dev.tenantops.onboarding.operator.page.view.PageView;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Renders the templates as Quarkus does, without starting it: the same engine, the same files, the same escaping. */
public final class AdministratorRendering {

    public static final String PATH = "/onboarding/token";

    private AdministratorRendering() {}

    public static String whole(PageView page, Language language) {
        return render("administrator/onboarding", page, request(language));
    }

    public static String content(PageView page, Language language) {
        return render("administrator/content", page, request(language));
    }

    static PageRequest request(Language language) {
        return new PageRequest(PATH, language, false, Optional.empty());
    }

    static String render(String template, PageView page, PageRequest at) {
        return render(template, at.language(), Map.of("page", page, "at", at, "revision", "0"));
    }

    static String render(String template, Language language, Map<String, Object> data) {
        var instance = engine(MessageFile.of(language)).getTemplate(template).instance();
        data.forEach(instance::data);
        return instance.render();
    }

    private static Engine engine(MessageFile messages) {
        return Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addNamespaceResolver(NamespaceResolver.builder("page")
                        .resolveAsync(context -> message(messages, context))
                        .build())
                .addNamespaceResolver(NamespaceResolver.builder("state")
                        .resolveAsync(context -> message(messages, context))
                        .build())
                .addResultMapper(new HtmlEscaper(List.of("text/html")))
                .addLocator(AdministratorRendering::locate)
                .strictRendering(true)
                .removeStandaloneLines(true)
                .build();
    }

    private static CompletionStage<Object> message(MessageFile messages, EvalContext context) {
        var parameters = context.getParams().stream()
                .map(it -> context.evaluate(it).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(parameters.toArray(CompletableFuture[]::new))
                .thenApply(_ -> messages.say(
                        context.getName(),
                        parameters.stream().map(CompletableFuture::join).toArray()));
    }

    private static Optional<TemplateLocator.TemplateLocation> locate(String id) {
        var file = "/templates/" + id + ".html";
        try (var in = AdministratorRendering.class.getResourceAsStream(file)) {
            if (in == null) {
                return Optional.empty();
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new TemplateLocator.TemplateLocation() {
                @Override
                public Reader read() {
                    return new StringReader(text);
                }

                @Override
                public Optional<Variant> getVariant() {
                    return Optional.of(Variant.forContentType("text/html"));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
