package chat.parley.identity.password;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of mail. Mail is on if {@code spring.mail.host} names an SMTP server.
 *
 * @param from sender of the mails
 * @param codeTtl validity of a code that was sent by mail
 * @param issuedCodeTtl validity of a code that an admin has issued
 * @param queue maximum number of waiting mails; further mails are dropped and can be requested again
 */
@ConfigurationProperties("parley.mail")
public record MailProperties(
        @DefaultValue("parley@localhost") String from,
        @DefaultValue("30m") Duration codeTtl,
        @DefaultValue("24h") Duration issuedCodeTtl,
        @DefaultValue("1000") int queue) {}
