package dev.tenantops.onboarding.operator.delivery;

/** When the objects of each kind are looked at. */
public record Schedules(CheckSchedule onboardings, CheckSchedule catalogs) {}
