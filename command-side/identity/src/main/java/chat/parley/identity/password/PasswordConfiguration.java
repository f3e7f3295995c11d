package chat.parley.identity.password;

import chat.parley.api.port.PersonalRecords;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Stores and compares passwords, and mails one-time codes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
@Import({
    Credentials.class,
    CredentialLookup.class,
    Passwords.class,
    PasswordCheck.class,
    OneTimeCodes.class,
    MailAddresses.class,
    Mailer.class,
    CodeMailer.class
})
public class PasswordConfiguration {
    @Bean
    PersonalRecords mailAddressRecords(MailAddresses addresses) {
        return PersonalRecords.named("mailAddresses", user -> List.of(addresses.of(user)));
    }
}
