package chat.parley.notifications;

import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushSenders;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the services that have their keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
class SenderConfiguration {
    @Bean
    PublicAddresses publicAddresses(NotificationProperties properties) {
        return new PublicAddresses(properties.webPush().allowLoopback());
    }

    @Bean(destroyMethod = "close")
    PushSenders pushSenders(NotificationProperties properties, PublicAddresses publicAddresses, Clock clock) {
        return new PushSenders(properties, publicAddresses, clock);
    }
}
