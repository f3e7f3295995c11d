package chat.parley.identity.password;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is sent by mail, which is on where {@code spring.mail.host} names an SMTP server.
 *
 * @param from          whom mails are from
 * @param codeTtl       how long a code that was sent by mail is good
 * @param issuedCodeTtl how long a code is good that an admin has issued
 * @param queue         how many mails wait for the server at most; more are dropped, and can be asked for again
 */
@ConfigurationProperties("parley.mail")
record MailProperties(
        @DefaultValue("parley@localhost") String from,
        @DefaultValue("30m") Duration codeTtl,
        @DefaultValue("24h") Duration issuedCodeTtl,
        @DefaultValue("1000") int queue) {}
