package dev.tenantops.onboarding.operator.sharding;

import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of a label selector, by the rules of {@code labels.Parse} in k8s.io/apimachinery. */
final class SelectorText {

    private static final Pattern TOKEN = Pattern.compile("\\s*(==|!=|[=!(),<>]|[^\\s=!(),<>]+)");

    /** What stands before the slash of a key, if one does. */
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern NAME = Pattern.compile("(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final Set<String> SPECIAL = Set.of("==", "!=", "=", "!", "(", ")", ",", "<", ">");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    SelectorText(String text) {
        this.text = text;
        var matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            matcher.region(matcher.end(), text.length());
        }
    }

    List<LabelSelectorRequirement> requirements() {
        var requirements = new ArrayList<LabelSelectorRequirement>();
        if (tokens.isEmpty()) {
            return requirements;
        }
        do {
            requirements.add(requirement());
        } while (taken(","));
        if (next < tokens.size()) {
            throw wrong("a comma is missing before " + tokens.get(next));
        }
        return requirements;
    }

    private LabelSelectorRequirement requirement() {
        if (taken("!")) {
            return ShardSelector.requirement(key(), "DoesNotExist", List.of());
        }
        var key = key();
        return switch (peek().orElse(",")) {
            case "=", "==" -> compared(key, "In");
            case "!=" -> compared(key, "NotIn");
            case "in" -> listed(key, "In");
            case "notin" -> listed(key, "NotIn");
            case "<", ">" -> throw wrong("labels are not compared with < and > here");
            default -> ShardSelector.requirement(key, "Exists", List.of());
        };
    }

    private LabelSelectorRequirement compared(String key, String operator) {
        next++;
        return ShardSelector.requirement(key, operator, List.of(value()));
    }

    private LabelSelectorRequirement listed(String key, String operator) {
        next++;
        if (!taken("(")) {
            throw wrong("the values after " + key + " stand in parentheses");
        }
        var values = new ArrayList<String>();
        do {
            values.add(value());
        } while (taken(","));
        if (!taken(")")) {
            throw wrong("the parenthesis of " + key + " is not closed");
        }
        return ShardSelector.requirement(key, operator, values);
    }

    private String key() {
        var key = word().orElseThrow(() -> wrong("a label's key is missing"));
        var slash = key.indexOf('/');
        if (!NAME.matcher(key.substring(slash + 1)).matches()
                || (slash >= 0 && !DOMAIN.matcher(key.substring(0, slash)).matches())) {
            throw wrong(key + " is no key of a label");
        }
        return key;
    }

    /** Nothing stands for the empty value. */
    private String value() {
        var value = word().orElse("");
        if (!VALUE.matcher(value).matches()) {
            throw wrong(value + " is no value of a label");
        }
        return value;
    }

    private Optional<String> word() {
        var word = peek().filter(it -> !SPECIAL.contains(it));
        word.ifPresent(_ -> next++);
        return word;
    }

    private boolean taken(String token) {
        var found = peek().filter(token::equals).isPresent();
        if (found) {
            next++;
        }
        return found;
    }

    private Optional<String> peek() {
        return next < tokens.size() ? Optional.of(tokens.get(next)) : Optional.empty();
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The label selector \"" + text + "\" is wrong: " + what + ".");
    }
}
