package chat.parley.app.role;

import static chat.parley.api.process.Role.API;
import static chat.parley.api.process.Role.AUDIT;
import static chat.parley.api.process.Role.COMMAND;
import static chat.parley.api.process.Role.NOTIFY;
import static chat.parley.api.process.Role.PROJECTION;
import static chat.parley.api.process.Role.PUSH;
import static chat.parley.api.process.Role.SEARCH;

import chat.parley.api.KebabCase;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.DeviceLeases;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.LiveSessions;
import chat.parley.api.process.Roles;
import chat.parley.audit.AuditConfiguration;
import chat.parley.audit.replay.TicketConfiguration;
import chat.parley.command.http.CommandHttpConfiguration;
import chat.parley.dispatch.AccountChanges;
import chat.parley.eventprocessing.feed.FeedFollower;
import chat.parley.identity.IdentityConfiguration;
import chat.parley.identity.login.JdbcDeviceLeases;
import chat.parley.identity.security.SecurityConfiguration;
import chat.parley.identity.security.UnservedConfiguration;
import chat.parley.notifications.NotificationsConfiguration;
import chat.parley.notifications.RegistrationConfiguration;
import chat.parley.notifications.RegistrationEndpoints;
import chat.parley.page.PageConfiguration;
import chat.parley.projections.ProjectionsConfiguration;
import chat.parley.push.PushConfiguration;
import chat.parley.query.http.QueryHttpConfiguration;
import chat.parley.retention.RetentionConfiguration;
import chat.parley.search.history.OperatorEndpoints;
import chat.parley.search.history.SearchConfiguration;
import chat.parley.search.history.analyst.AnalystEndpoints;
import chat.parley.search.history.query.QueryConfiguration;
import chat.parley.web.openapi.OpenApiConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Which configurations of the modules a process has in each role. Several roles may need the same one. */
@Configuration(proxyBeanMethods = false)
public class RoleConfiguration {
    /** One time series for each role of this process, so that an alert can tell that no process has a role. */
    @Bean
    MeterBinder roleMeters(Roles roles) {
        return registry -> roles.all()
                .forEach(role -> Gauge.builder("parley.role", () -> 1)
                        .tag("role", KebabCase.of(role))
                        .register(registry));
    }

    /** Whoever reads access tokens, of which the first one of an issuer's user registers an account. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({API, PUSH, AUDIT})
    @Import(IdentityConfiguration.class)
    static class Clients {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({API, AUDIT})
    @Import(SecurityConfiguration.class)
    static class Requests {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(
            value = {COMMAND, PROJECTION, SEARCH, PUSH, NOTIFY},
            unless = {API, AUDIT})
    @Import(UnservedConfiguration.class)
    static class NoRequests {}

    /** All roles but that of the index ask the read side. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({COMMAND, PROJECTION, PUSH, API, NOTIFY, AUDIT})
    @Import(ProjectionsConfiguration.class)
    static class ReadSide {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({SEARCH, API, AUDIT})
    @Import(SearchConfiguration.class)
    static class Search {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(AUDIT)
    @Import({
        AuditConfiguration.class,
        RetentionConfiguration.class,
        RegistrationConfiguration.class,
        OperatorEndpoints.class
    })
    static class Audit {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(API)
    @Import({
        OpenApiConfiguration.class,
        CommandHttpConfiguration.class,
        QueryHttpConfiguration.class,
        RegistrationEndpoints.class,
        QueryConfiguration.class,
        AnalystEndpoints.class,
        PageConfiguration.class
    })
    static class Api {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(PUSH)
    @Import({TicketConfiguration.class, PushConfiguration.class})
    static class Push {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NOTIFY)
    @Import({JdbcDeviceLeases.class, NotificationsConfiguration.class})
    static class Notify {
        @Bean
        @ConditionalOnRole(value = NOTIFY, unless = PUSH)
        LiveSessions liveSessions(DeviceLeases leases) {
            return leases::connected;
        }
    }

    /** Whoever asks accounts for their blocks. The push tier forgets them itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(
            value = {COMMAND, API, NOTIFY, AUDIT},
            unless = PUSH)
    static class Blocks {
        @Bean
        FeedFollower accountChangesFollower(EventFeed feed, UserRelationships relations) {
            return AccountChanges.follower(feed, relations);
        }
    }
}
