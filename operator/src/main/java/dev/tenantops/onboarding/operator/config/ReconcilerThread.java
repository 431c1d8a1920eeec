package dev.tenantops.onboarding.operator.config;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the operator SDK runs the reconcilers on, one after the other. */
@Singleton
public class ReconcilerThread {

    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("reconcilers").factory());

    ExecutorService executor() {
        return executor;
    }

    @PreDestroy
    void end() {
        executor.shutdownNow();
    }
}
