package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.delivery.CheckSchedule;

/** When the objects of each kind are looked at. */
record Schedules(CheckSchedule onboardings, CheckSchedule catalogs) {}
