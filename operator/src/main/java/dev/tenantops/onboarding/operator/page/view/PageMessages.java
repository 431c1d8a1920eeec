package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the administrator's page, from {@code messages/page_<language>.properties}. A method of an enum has a word for
 * each of its constants, {@code <method>_<constant>}.
 */
@MessageBundle("page")
public interface PageMessages {

    @Message
    String title(String tenant);

    @Message
    String titleUnnamed();

    @Message
    String skip();

    @Message
    String languages();

    @Message
    String readOnly();

    @Message
    String questions();

    @Message
    String supportPage();

    @Message
    String awayTitle();

    @Message
    String away(String time);

    @Message
    String progress();

    @Message
    String consents(int granted, int needed);

    @Message
    String consentsUnverified(int granted, int needed, int unverified);

    @Message
    String attestedCount(int attested);

    @Message
    String nextTitle();

    @Message
    String tenant();

    @Message
    String lastVerified();

    @Message
    String validUntil();

    @Message
    String never();

    @Message
    String ended();

    @Message
    String nothingValid();

    @Message
    String privateWindow();

    @Message
    String verifierName();

    @Message
    String verifierReason(String publisher);

    @Message
    String consentButton();

    @Message
    String whoCan();

    @Message
    String or();

    @Message
    String clientId();

    @Message
    String grantedSince(String time);

    @Message
    String reported(String time);

    @Message
    String publishButton();

    @Message
    String publishOpen();

    @Message
    String publishFind(String app);

    @Message
    String publishAllow();

    @Message
    String publishNotSeen();

    @Message
    String prerequisites();

    @Message
    String until(String date);

    @Message
    String readMore();

    @Message
    String permissions(int count);

    @Message
    String otherApi();

    @Message
    String optional();

    @Message
    String retires(String date);

    @Message
    String surplusTitle(int count);

    @Message
    String surplus(String name);

    @Message
    String more(int count);

    @Message
    String details();

    @Message
    String optionalExplained();

    @Message
    String networkTitle();

    @Message
    String networkExplained();

    @Message
    String networkProxy(String proxy);

    @Message
    String host();

    @Message
    String port();

    @Message
    String protocol();

    @Message
    String tried();

    @Message
    String since();

    @Message
    String forNetworkTeam();

    @Message
    String firewallTitle();

    @Message
    String firewallExplained();

    @Message
    String copy();

    @Message
    String copied();

    @Message
    String formerTitle();

    @Message
    String formerExplained();

    @Message
    String formerSteps(String name);

    @Message
    String helpTitle();

    @Message
    String forwardTitle();

    @Message
    String forward();

    @Message
    String privateTitle();

    @Message
    String privateWindowReason();

    @Message
    String waitTitle();

    @Message
    String waitFirst();

    @Message
    String waitThen();

    @Message
    String whatTitle();

    @Message
    String what();

    @Message
    String sendTitle();

    @Message
    String sendExplained();

    @Message
    String packText();

    @Message
    String packMarkdown();

    @Message
    String proofLink();

    @Message
    String provenTitle();

    @Message
    String proven();

    @Message
    String notFoundTitle();

    @Message
    String notFound();

    @Message
    String notFoundNext();

    @Message
    String endedTitle();

    @Message
    String linkEnded();

    @Message
    String endedNext();

    @Message
    String unavailableTitle();

    @Message
    String unavailable();

    @Message
    String tooManyTitle();

    @Message
    String tooMany();

    @Message
    String tooManyNext();

    @Message
    String rootTitle();

    @Message
    String root();

    @Message
    String rootNext();

    @Message
    String callbackNothingTitle();

    @Message
    String callbackNothing();

    @Message
    String callbackNothingNext();

    @Message
    String callbackTenant(String tenant);

    @Message
    String callbackTenantNext(String tenant);

    @Message
    String callbackTenantRemove();

    @Message
    String callbackEarlierTitle();

    @Message
    String callbackEarlier();

    @Message
    String callbackEarlierChecked();

    @Message
    String callbackEarlierNext();

    @Message
    String callbackAsked();

    @Message
    String callbackUnasked();

    @Message
    String callbackDone();

    @Message
    String callbackCode(String code);

    @Message
    String packIntro();

    @Message
    String packAsOf(String time);

    @Message
    String packUnverified();

    @Message
    String packLink();

    @Message
    String packNoLink();

    @Message
    String packWhat();

    @Message
    String proofTitle(String tenant);

    @Message
    String proofStatement(String verified, String made, String until);

    @Message
    String proofAttested();

    @Message
    String proofApplication();

    @Message
    String proofPermissions();

    @Message
    String proofState();

    @Message
    String proofSince();

    @Message
    String proofNone();

    @Message
    String proofNoneText();

    @Message
    String proofBack();

    @Message
    String print();

    @Message
    String ready(Condition.Status ready);

    @Message
    String next(NextKind kind);

    @Message
    String sectionTitle(SectionKind kind);

    @Message
    String role(Role role);

    @Message
    String permissionType(PermissionType type);

    @Message
    String permissionTypeExplained(PermissionType type);

    @Message
    String grant(Grant grant);

    @Message
    String prerequisite(PrerequisiteStatus.State state);

    @Message
    String noticeTitle(NoticeKind kind);

    @Message
    String notice(NoticeKind kind);
}
