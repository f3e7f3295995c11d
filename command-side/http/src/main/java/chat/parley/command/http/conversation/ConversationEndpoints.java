package chat.parley.command.http.conversation;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints of conversations, their messages and the inbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdditionLimits.class)
@Import({
    MembershipCheck.class,
    AdditionLimiter.class,
    ConversationStarter.class,
    ConversationsController.class,
    MessagesController.class,
    PinsController.class,
    InboxController.class
})
public class ConversationEndpoints {}
