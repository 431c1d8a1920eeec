package dev.tenantops.onboarding.operator.page.view;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The messages of one language, from the files that Quarkus makes the templates' bundles of at build time. They are read here for
 * what is no template, so that it is said where no Quarkus has started, too.
 */
public record MessageFile(Properties texts) {

    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

    public static MessageFile of(Language language) {
        var texts = new Properties();
        for (var bundle : List.of("page", "state")) {
            var file = "/messages/" + bundle + "_" + language.tag() + ".properties";
            try (var in = MessageFile.class.getResourceAsStream(file)) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("The messages of " + file + " cannot be read", e);
            }
        }
        return new MessageFile(texts);
    }

    /** As the bundles that Quarkus makes. */
    Words words() {
        return new Words(bundle(PageMessages.class), bundle(StateMessages.class));
    }

    private <T> T bundle(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> say(method, arguments == null ? new Object[0] : arguments)));
    }

    static Stream<Method> methods() {
        return Stream.of(PageMessages.class, StateMessages.class).flatMap(it -> Stream.of(it.getMethods()));
    }

    public String say(String name, Object... arguments) {
        return say(method(name, arguments.length), arguments);
    }

    private String say(Method method, Object[] arguments) {
        if (ofEnum(method)) {
            return text(method.getName() + "_" + ((Enum<?>) arguments[0]).name());
        }
        // At once: what stands in an argument is text, and no part of the message.
        var parts = parts(method.getParameters(), arguments);
        return PART.matcher(text(method.getName()))
                .replaceAll(it -> Matcher.quoteReplacement(parts.getOrDefault(it.group(1), it.group())));
    }

    private static Map<String, String> parts(Parameter[] parameters, Object[] arguments) {
        return IntStream.range(0, parameters.length)
                .boxed()
                .collect(Collectors.toMap(it -> parameters[it].getName(), it -> String.valueOf(arguments[it])));
    }

    private String text(String key) {
        var text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no message " + key);
        }
        return text;
    }

    static boolean ofEnum(Method method) {
        return method.getParameterCount() == 1 && method.getParameterTypes()[0].isEnum();
    }

    private static Method method(String name, int parameters) {
        return methods()
                .filter(it -> it.getName().equals(name) && it.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no message " + name + " of " + parameters));
    }
}
