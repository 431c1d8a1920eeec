package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.vendor.NextActor;
import dev.tenantops.onboarding.operator.page.vendor.OverviewReason;
import dev.tenantops.onboarding.operator.page.vendor.Ready;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the overview, from {@code messages/overview_<language>.properties}. */
@MessageBundle("overview")
public interface OverviewMessages {

    @Message
    String title();

    @Message
    String signedInAs(String person);

    @Message
    String signOut();

    @Message
    String signIn();

    @Message
    String signInAgain();

    @Message
    String filter();

    @Message
    String show();

    @Message
    String showAll();

    @Message
    String anyState();

    @Message
    String anybody();

    @Message
    String anyNamespace();

    @Message
    String search();

    @Message
    String state();

    @Message
    String customer();

    @Message
    String onboarding();

    @Message
    String why();

    @Message
    String since();

    @Message
    String nextActor();

    @Message
    String granted();

    @Message
    String page();

    @Message
    String openPage();

    @Message
    String openPageOf(String customer);

    @Message
    String noPage();

    @Message
    String namespace();

    @Message
    String unnamed();

    @Message
    String counts(int matching, long open, long unknown, long ready);

    @Message
    String filtered(int matching, int visible);

    @Message
    String none();

    @Message
    String nothingYet();

    @Message
    String cut(int most);

    @Message
    String silent(String time);

    @Message
    String download();

    @Message
    String previous();

    @Message
    String next();

    @Message
    String pageOf(int page, int pages);

    @Message
    String linkIsSecret();

    @Message
    String nothingTitle();

    @Message
    String noGroup();

    @Message
    String tooManyGroups();

    @Message
    String ask();

    @Message
    String askAdministrator();

    @Message
    String afterAccess();

    @Message
    String failedTitle();

    @Message
    String failed();

    @Message
    String failedNext();

    @Message
    String awayTitle();

    @Message
    String away();

    @Message
    String awayNext();

    @Message
    String tryAgain();

    @Message
    String signedOutTitle();

    @Message
    String signedOut();

    @Message
    String ready(Ready ready);

    @Message
    String actor(NextActor actor);

    @Message
    String reason(OverviewReason reason);
}
