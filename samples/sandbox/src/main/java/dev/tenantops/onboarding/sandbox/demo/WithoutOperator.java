package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.program.Terminal;

/** Everything that the operator talks to, empty, for a person who starts the operator from elsewhere. Runs until Ctrl-C. */
public final class WithoutOperator {

    private WithoutOperator() {}

    public static void main(String[] arguments) throws InterruptedException {
        Terminal.untilInterrupted(resources -> {
            Sandbox sandbox = Sandbox.start(resources);
            resources.add(ShellEnvironment.write(sandbox));
            Instructions instructions = new Instructions(sandbox);
            System.out.println("""

                    %s

                    In another terminal, this brings kubectl and what an operator needs to know:
                      . %s

                    There, what the simulated cloud can be told, beginning with tenants and registrations:
                      %s

                    Ctrl-C stops everything and leaves nothing behind.""".formatted(
                            instructions.addresses(),
                            Samples.repository().relativize(ShellEnvironment.FILE),
                            Instructions.CONTROL));
        });
    }
}
