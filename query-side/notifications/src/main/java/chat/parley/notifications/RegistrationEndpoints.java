package chat.parley.notifications;

import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.address.PushAddresses;
import chat.parley.notifications.registration.PushController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints that register devices. */
@Configuration(proxyBeanMethods = false)
@Import({RegistrationConfiguration.class, SenderConfiguration.class, PushController.class})
public class RegistrationEndpoints {
    @Bean
    PushAddresses pushAddresses(PublicAddresses publicAddresses) {
        return new PushAddresses(publicAddresses);
    }
}
