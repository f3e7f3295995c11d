package chat.parley.notifications;

import chat.parley.api.port.PersonalRecords;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.registration.Registrations;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the registrations of devices. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
public class RegistrationConfiguration {
    @Bean
    Registrations pushRegistrations(DataSource vault, Clock clock, NotificationProperties properties) {
        return new Registrations(vault, clock, properties.maxDevices(), properties.registrationTtl());
    }

    /** Without the address at the push service, which lets its holder send notifications. */
    @Bean
    PersonalRecords pushRegistrationRecords(Registrations registrations) {
        return PersonalRecords.named(
                "pushRegistrations",
                user -> registrations.of(List.of(user)).stream()
                        .map(device -> Map.of(
                                "device",
                                device.id(),
                                "service",
                                device.address().service().wireName()))
                        .toList());
    }
}
