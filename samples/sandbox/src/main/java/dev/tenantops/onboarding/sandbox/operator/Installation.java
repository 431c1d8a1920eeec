package dev.tenantops.onboarding.sandbox.operator;

import java.util.List;
import java.util.Map;

/** How the operator comes into the sandbox's cluster. */
public interface Installation {

    /** The operator's namespace. */
    String NAMESPACE = "tenant-onboarding";

    /** The Secret with the keys of the pages' links. */
    String PAGE_KEYS = "tenant-onboarding-page-keys";

    /**
     * Creates what has to be there before catalogs and onboardings are: the definitions, and what the operator needs. Its
     * namespace and the customers' exist.
     */
    void install(OperatorSettings settings);

    /** How many replicas run. */
    int replicas();

    /**
     * How one replica is started.
     *
     * @param name of its pod
     */
    Launch launch(String name);

    /**
     * How the process of the administrators' pages is started, once the Secret with its keys is there.
     *
     * @param name of its pod
     */
    Launch launchPage(String name);

    /**
     * What a process is started with.
     *
     * @param jvmFlags of the Java runtime
     * @param environment its variables
     */
    record Launch(List<String> jvmFlags, Map<String, String> environment) {}
}
