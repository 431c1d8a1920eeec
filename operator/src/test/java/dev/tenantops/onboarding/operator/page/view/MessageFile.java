package dev.tenantops.onboarding.operator.page.view;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.stream.Stream;

/** The messages of one language, filled in as Quarkus does it at build time. */
public record MessageFile(Properties texts) {

    public static MessageFile of(Language language) {
        var file = "/messages/page_" + language.tag() + ".properties";
        try (var in = MessageFile.class.getResourceAsStream(file)) {
            var texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new MessageFile(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the bundle that Quarkus makes. */
    public PageMessages bundle() {
        return (PageMessages) Proxy.newProxyInstance(
                PageMessages.class.getClassLoader(),
                new Class<?>[] {PageMessages.class},
                (_, method, arguments) -> say(method, arguments == null ? new Object[0] : arguments));
    }

    public String say(String name, Object... arguments) {
        return say(method(name, arguments.length), arguments);
    }

    private String say(Method method, Object[] arguments) {
        if (ofEnum(method)) {
            return text(method.getName() + "_" + ((Enum<?>) arguments[0]).name());
        }
        var text = text(method.getName());
        for (var i = 0; i < arguments.length; i++) {
            var parameter = "{" + method.getParameters()[i].getName() + "}";
            text = text.replace(parameter, String.valueOf(arguments[i]));
        }
        return text;
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
        return Stream.of(PageMessages.class.getMethods())
                .filter(it -> it.getName().equals(name) && it.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no message " + name + " of " + parameters));
    }
}
