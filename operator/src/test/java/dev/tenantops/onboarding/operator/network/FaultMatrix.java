package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.FaultTrial.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every fault on every way where it can be arranged, each with a reason of its own: as tests, and printed by {@code make
 * proxies}.
 */
public final class FaultMatrix {

    private FaultMatrix() {}

    /** The trials, those of one fault together. */
    static List<FaultTrial> trials() {
        List<FaultTrial> all = Stream.of(
                        EndpointFaults.trials(), ProxyFaults.trials(), ScriptedFaults.trials(), ClusterFaults.trials())
                .flatMap(List::stream)
                .toList();
        List<String> faults = List.copyOf(
                new LinkedHashSet<>(all.stream().map(FaultTrial::fault).toList()));
        return all.stream()
                .sorted(Comparator.comparing(it -> faults.indexOf(it.fault())))
                .toList();
    }

    /** Arranges a fault, looks what is made of it, and puts everything away. */
    static Outcome run(FaultTrial trial, Path folder) throws Exception {
        try (FaultGround ground = new FaultGround(folder)) {
            return trial.attempt().run(ground);
        }
    }

    /** Prints the matrix. Exit code 1 when a fault is misnamed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("fault-matrix");
        Set<String> absent = new LinkedHashSet<>();
        Set<String> faults = new HashSet<>();
        List<FaultTrial> misnamed = new ArrayList<>();
        System.out.printf("%-64s %-15s %-31s %s%n", "FAULT", "WAY", "EXPECTED", "GOT");
        for (FaultTrial trial : trials()) {
            if (trial.way().absence().isPresent()) {
                absent.add(trial.way().title() + " is left out: "
                        + trial.way().absence().get());
                continue;
            }
            Outcome outcome = run(trial, folder);
            String got = outcome.name();
            System.out.printf(
                    "%-64s %-15s %-31s %s%n", trial.fault(), trial.way().title(), trial.expected(), got);
            faults.add(trial.fault());
            if (!got.equals(trial.expected())) {
                misnamed.add(trial);
                System.out.println("    " + outcome.details());
            }
        }
        Files.deleteIfExists(folder.resolve("ca.crt"));
        Files.deleteIfExists(folder);
        absent.forEach(System.out::println);
        long sound = faults.stream().filter(it -> it.startsWith("none")).count();
        System.out.printf("proxies: %d faults, %d misnamed%n", faults.size() - sound, misnamed.size());
        System.exit(misnamed.isEmpty() ? 0 : 1);
    }
}
