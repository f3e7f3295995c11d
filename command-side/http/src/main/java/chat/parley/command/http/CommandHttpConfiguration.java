package chat.parley.command.http;

import chat.parley.command.http.account.AccountEndpoints;
import chat.parley.command.http.contact.ContactEndpoints;
import chat.parley.command.http.conversation.ConversationEndpoints;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.identity.login.FailedLoginDeletions;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * REST endpoints that change something. Needs the beans of {@link chat.parley.web.WebConfiguration} and
 * {@link chat.parley.identity.IdentityConfiguration}, and Axon's gateways.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    DispatchConfiguration.class,
    DeletionFinisher.class,
    FailedLoginDeletions.class,
    AccountEndpoints.class,
    ContactEndpoints.class,
    ConversationEndpoints.class
})
public class CommandHttpConfiguration {}
