package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushAddress.Apns;
import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;

/** Sends to Apple devices, with token authentication. */
public final class ApnsSender implements PushSender<Apns> {
    private static final Logger log = LoggerFactory.getLogger(ApnsSender.class);

    private static final Duration ALERT_TTL = Duration.ofDays(1);
    private static final Set<String> GONE = Set.of("BadDeviceToken", "Unregistered", "DeviceTokenNotForTopic");
    private static final int TOO_MANY_REQUESTS = 429;

    private final ApnsClient client;
    private final String topic;
    private final Payloads payloads;
    private final Duration timeout;
    private final Clock clock;

    public ApnsSender(NotificationProperties.Apns properties, Payloads payloads, Duration timeout, Clock clock) {
        this.client = client(properties, timeout);
        this.topic = Objects.requireNonNull(properties.topic());
        this.payloads = payloads;
        this.timeout = timeout;
        this.clock = clock;
    }

    private static ApnsClient client(NotificationProperties.Apns properties, Duration timeout) {
        try (InputStream key = Objects.requireNonNull(properties.key()).getInputStream()) {
            ApnsClientBuilder builder = new ApnsClientBuilder()
                    .setApnsServer(properties.host(), properties.port())
                    .setConnectionTimeout(timeout)
                    .setSigningKey(ApnsSigningKey.loadFromInputStream(key, properties.teamId(), properties.keyId()));
            Resource trust = properties.trust();
            if (trust != null) {
                try (InputStream certificates = trust.getInputStream()) {
                    builder.setTrustedServerCertificateChain(certificates);
                    return builder.build();
                }
            }
            return builder.build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("parley.notifications.apns.key cannot be used", e);
        }
    }

    @Override
    public PushOutcome send(Apns address, PushNotification push) throws InterruptedException {
        CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>> answered =
                client.sendNotification(notification(address, push));
        try {
            return outcome(answered.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            log.debug("APNs did not answer", noAnswer);
            return new PushOutcome.TryAgain(null);
        }
    }

    /** A silent notification has the type "background", for which Apple requires the lower priority. */
    private SimpleApnsPushNotification notification(Apns address, PushNotification push) {
        boolean alert = push instanceof PushNotification.Alert;
        return new SimpleApnsPushNotification(
                address.token(),
                topic,
                payloads.apns(push),
                clock.instant().plus(ALERT_TTL),
                alert ? DeliveryPriority.IMMEDIATE : DeliveryPriority.CONSERVE_POWER,
                alert ? PushType.ALERT : PushType.BACKGROUND,
                push.collapseKey());
    }

    private static PushOutcome outcome(PushNotificationResponse<SimpleApnsPushNotification> response) {
        if (response.isAccepted()) {
            return new PushOutcome.Accepted();
        }
        String reason = response.getRejectionReason().orElse("");
        int status = response.getStatusCode();
        if (GONE.contains(reason)) {
            return new PushOutcome.Gone(response.getTokenInvalidationTimestamp().orElse(null));
        }
        return status == TOO_MANY_REQUESTS || status / 100 == 5
                ? new PushOutcome.TryAgain(null)
                : new PushOutcome.Rejected(reason);
    }

    @Override
    public void close() {
        client.close().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
