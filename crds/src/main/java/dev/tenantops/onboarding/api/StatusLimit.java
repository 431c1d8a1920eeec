package dev.tenantops.onboarding.api;

import java.util.List;

/**
 * How much a status has room for: the definitions say it, and whoever writes a status cuts to it. Strings are counted in
 * characters, as the API server does.
 */
public final class StatusLimit {

    /** All of a status as JSON, in bytes. Each kilobyte is paid for at each write, by the API server and by etcd. */
    public static final int BYTES = 256 * 1024;

    public static final int VERIFIERS = 20;
    public static final int APPLICATIONS = 200;
    public static final int ENDPOINTS = 100;
    public static final int CONDITIONS = 16;
    public static final int CATALOG_CONDITIONS = 8;

    /** Of the applications of a catalog, and of its verifier. */
    public static final int REGISTRATIONS = 51;

    /** The permissions of one application in one list. */
    public static final int PERMISSIONS = 50;

    /** The prerequisites of one application. */
    public static final int PREREQUISITES = 20;

    /** The retirements that a catalog's status tells of. */
    public static final int RETIREMENTS = 50;

    public static final int STAGES = 16;

    /** What the annotation {@link TenantOnboarding#RECONCILE_REQUESTED_AT} is echoed of. */
    public static final int REQUESTED_AT = 1024;

    public static final int GRANTED = 32;
    public static final int NEXT_ACTION = 4096;
    public static final int TIME = 64;
    public static final int DATE = 10;
    public static final int CATALOG = 253;
    public static final int NAME = 63;
    public static final int ENDPOINT_NAME = CATALOG + 1 + NAME;
    public static final int DISPLAY_NAME = 120;
    public static final int ID = 36;
    public static final int LINK = 4096;
    public static final int ROLES = 256;
    public static final int STATE = 64;
    public static final int MESSAGE = 1024;
    public static final int STAGE = 64;
    public static final int URL = 512;
    public static final int ADDRESS = 64;
    public static final int RESOURCE = 64;
    public static final int VALUE = 120;

    /** A permission in one word, with the longest type. */
    public static final int COMPACT_PERMISSION = RESOURCE + 13 + VALUE;

    public static final int CONDITION_TYPE = 316;
    public static final int REASON = 1024;
    public static final int CONDITION_MESSAGE = 32768;

    private StatusLimit() {}

    /** The first of them, as many as {@link #PERMISSIONS} allows. */
    public static <T> List<T> permissions(List<T> all) {
        return all.size() <= PERMISSIONS ? all : all.subList(0, PERMISSIONS);
    }
}
