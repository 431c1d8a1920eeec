package dev.tenantops.onboarding.operator.tob;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Whoever changes something says of what: a forgotten name must not mean all. */
final class Chosen {

    private Chosen() {}

    static void one(CommandSpec spec, String name, boolean all) {
        if ((name == null) != all) {
            throw new ParameterException(spec.commandLine(), "Give either the name of an onboarding or --all.");
        }
    }
}
