package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.operator.Installation.Launch;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is measured: the image's runtime, program and AOT cache, without a container around them. */
enum Program {
    /** As {@code make} has staged it for the image. */
    IMAGE("the image's runtime and AOT cache"),
    /** The packaged jar with the JDK that runs this. */
    JAR("the JDK, without an AOT cache"),
    /** Whatever {@code OPERATOR_COMMAND} names. */
    COMMAND("OPERATOR_COMMAND");

    private static final Path IMAGE_ROOT = Samples.repository().resolve("operator/image/target/root");

    private final String description;

    Program(String description) {
        this.description = description;
    }

    static Program chosen() {
        String command = System.getenv(OperatorProcess.COMMAND_VARIABLE);
        if (command != null && !command.isBlank()) {
            return COMMAND;
        }
        return Files.isRegularFile(cache()) ? IMAGE : JAR;
    }

    String description() {
        return description;
    }

    /** Whatever the chart's pod says of it comes with the launch. */
    List<String> command(Launch launch) {
        if (this != IMAGE) {
            return OperatorProcess.command(
                    OperatorProcess.JAR, launch.jvmFlags(), System.getenv(OperatorProcess.COMMAND_VARIABLE));
        }
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(launch.jvmFlags());
        command.add("-XX:AOTCache=" + cache());
        command.addAll(List.of("-jar", IMAGE_ROOT.resolve("app/quarkus-run.jar").toString()));
        return command;
    }

    /** The Java runtime that it runs with. */
    String java() {
        return this == IMAGE
                ? IMAGE_ROOT.resolve("opt/java/bin/java").toString()
                : Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path cache() {
        return IMAGE_ROOT.resolve("app/operator.aot");
    }
}
