package dev.tenantops.onboarding.operator.network.proxies;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A forward proxy, or a balancer in front of one, that is in wide use. */
public enum ProxyProduct {
    SQUID("Squid", "squid", "squid", "-v", new SquidConfiguration()),
    TINYPROXY("tinyproxy", "tinyproxy", "tinyproxy", "-v", new TinyproxyConfiguration()),
    HAPROXY("HAProxy", "haproxy", "haproxy", "-v", new HaproxyConfiguration()),
    MITMPROXY("mitmproxy", "mitmdump", "mitmproxy", "--version", new MitmproxyConfiguration());

    private final String title;
    private final String binary;
    private final String debianPackage;
    private final String versionOption;
    private final Configuration configuration;

    ProxyProduct(String title, String binary, String debianPackage, String versionOption, Configuration configuration) {
        this.title = title;
        this.binary = binary;
        this.debianPackage = debianPackage;
        this.versionOption = versionOption;
        this.configuration = configuration;
    }

    public String title() {
        return title;
    }

    /** The product's binary, also where an ordinary user's PATH does not look. */
    public Optional<Path> executable() {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, binary))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One line for a person whose machine lacks it. */
    public String howToInstall() {
        return debianPackage + " is not installed: apt-get install " + debianPackage;
    }

    /** The first line that the binary prints about itself, such as "Squid Cache: Version 5.7". */
    public String version() {
        return versionText().lines().findFirst().orElse("");
    }

    /** Whether it is installed and does all that the setup asks for. */
    public boolean can(ProxySetup setup) {
        return executable().isPresent() && configuration.can(setup, this::versionText);
    }

    /**
     * Starts it; it accepts connections when this returns.
     *
     * @throws IllegalStateException if it cannot do this, or does not start; the message has its log
     */
    public RealProxy start(ProxySetup setup) {
        if (!can(setup)) {
            throw new IllegalStateException(title + " cannot do this: " + setup);
        }
        return RealProxy.start(this, setup, configuration);
    }

    private String versionText() {
        Path executable = executable().orElseThrow(() -> new IllegalStateException(howToInstall()));
        try {
            Process process = new ProcessBuilder(executable.toString(), versionOption)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + executable, e);
        }
    }
}
