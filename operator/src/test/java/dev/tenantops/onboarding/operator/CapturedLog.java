package dev.tenantops.onboarding.operator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged while it is open: all of the operator's own classes, and of others what is on. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private static final Formatter MESSAGE = new PatternFormatter("%s");
    private static final String OWN = "dev.tenantops.onboarding.operator";

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger own = Logger.getLogger(OWN);
    private final Level before = own.getLevel();

    /**
     * One line.
     *
     * @param text its message with the stack trace of what was thrown
     * @param context what the thread said that it was working for
     */
    public record Line(String logger, Level level, String text, Map<String, String> context) {}

    /** @param level of the operator's own classes */
    public CapturedLog(Level level) {
        setLevel(Level.ALL);
        own.setLevel(level);
        // As application.properties has it.
        Logger.getLogger("com.microsoft.aad.msal4j").setLevel(Level.OFF);
        root.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        var record = ExtLogRecord.wrap(entry);
        lines.add(new Line(
                record.getLoggerName(),
                record.getLevel(),
                MESSAGE.format(record) + trace(record.getThrown()),
                Map.copyOf(record.getMdcCopy())));
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Everything, one line after the other. */
    public String text() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        root.removeHandler(this);
        own.setLevel(before);
    }

    private static String trace(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return "\n" + text;
    }
}
