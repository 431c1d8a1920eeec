/** The operator: reconcilers that run the pipeline, and the event sources that trigger them. */
package dev.tenantops.onboarding.operator;
