package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends mail in the background. No answer to a client depends on whether or when a mail is sent. */
public final class Mailer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mailer.class);
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 30;

    private final @Nullable JavaMailSender server;
    private final MailProperties properties;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor waiting;

    Mailer(ObjectProvider<JavaMailSender> server, MailProperties properties, MeterRegistry meters) {
        this.server = server.getIfAvailable();
        this.properties = properties;
        this.meters = meters;
        this.waiting = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.queue()),
                Thread.ofPlatform().daemon().name("mail-", 0).factory());
        waiting.allowCoreThreadTimeOut(true);
    }

    /** @throws Refused {@link Refusal#MAIL_OFF} */
    void requireOn() {
        if (server == null) {
            throw new Refused(Refusal.MAIL_OFF);
        }
    }

    /** Runs work in the background that may send mails. */
    void later(Runnable work) {
        try {
            waiting.execute(() -> attempt(work));
        } catch (RejectedExecutionException full) {
            count("dropped");
            log.warn(
                    "A mail is dropped, because {} are waiting or the server is stopping; it can be requested again",
                    waiting.getQueue().size());
        }
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            log.warn("A mail was not sent: {}", refused.refusal().code());
        } catch (RuntimeException failed) {
            log.warn("A mail was not sent", failed);
        }
    }

    /** Called only within {@link #later}. The log never holds the recipient or the text. */
    void send(String to, MailTemplate letter) {
        requireOn();
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(to);
        message.setSubject(letter.subject());
        message.setText(letter.text());
        try {
            if (server != null) {
                server.send(message);
                count("sent");
            }
        } catch (MailException failed) {
            count("failed");
            // The message of the exception contains the address.
            log.warn("The mail server did not take a mail: {}", rootCause(failed));
        }
    }

    /** Whether no mail is waiting or being sent. */
    public boolean isIdle() {
        return waiting.getActiveCount() == 0 && waiting.getQueue().isEmpty();
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getName();
    }

    private void count(String outcome) {
        meters.counter("parley.mails", "outcome", outcome).increment();
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
