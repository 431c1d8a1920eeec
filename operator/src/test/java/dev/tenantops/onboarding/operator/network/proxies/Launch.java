package dev.tenantops.onboarding.operator.network.proxies;

import java.util.List;
import java.util.Map;

/** How to run a proxy: its command, and the files that have to be in its folder first, by name. */
record Launch(List<String> command, Map<String, String> files) {}
