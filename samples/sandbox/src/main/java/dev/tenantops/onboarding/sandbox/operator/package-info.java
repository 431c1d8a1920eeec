/**
 * The packaged operator in the sandbox: installed as a jar or with the chart, its pods as processes of this machine, and
 * catalogs and onboardings for it to work on.
 */
package dev.tenantops.onboarding.sandbox.operator;
