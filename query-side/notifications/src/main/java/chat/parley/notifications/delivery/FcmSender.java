package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushAddress.Fcm;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to Android devices with the HTTP v1 API of Firebase Cloud Messaging. */
public final class FcmSender implements PushSender<Fcm> {
    private static final Logger log = LoggerFactory.getLogger(FcmSender.class);
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client;
    private final GoogleCredentials credentials;
    private final URI messages;
    private final Payloads payloads;
    private final Duration timeout;
    private final Clock clock;

    public FcmSender(NotificationProperties.Fcm properties, Payloads payloads, Duration timeout, Clock clock) {
        ServiceAccountCredentials account = account(properties);
        this.credentials = account.createScoped(SCOPE);
        this.messages = properties.url().resolve("/v1/projects/" + account.getProjectId() + "/messages:send");
        this.payloads = payloads;
        this.timeout = timeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    private static ServiceAccountCredentials account(NotificationProperties.Fcm properties) {
        try (InputStream json =
                Objects.requireNonNull(properties.serviceAccount()).getInputStream()) {
            ServiceAccountCredentials account = ServiceAccountCredentials.fromStream(json);
            if (account.getProjectId() == null) {
                throw new IllegalArgumentException("parley.notifications.fcm.service-account names no project");
            }
            return account;
        } catch (IOException e) {
            throw new IllegalArgumentException("parley.notifications.fcm.service-account cannot be used", e);
        }
    }

    @Override
    public PushOutcome send(Fcm address, PushNotification push) throws InterruptedException {
        try {
            credentials.refreshIfExpired();
            HttpRequest request = HttpRequest.newBuilder(messages)
                    .timeout(timeout)
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Objects.requireNonNull(credentials.getAccessToken())
                                            .getTokenValue())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(payloads.fcm(address, push)))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == UNAUTHORIZED) {
                credentials.refresh();
                return new PushOutcome.TryAgain(null);
            }
            return payloads.saysUnregistered(response.body())
                    ? new PushOutcome.Gone(null)
                    : HttpStatusOutcomes.outcome(
                            response.statusCode(),
                            response.headers().firstValue("Retry-After").orElse(null),
                            clock.instant());
        } catch (IOException noAnswer) {
            log.debug("FCM did not answer", noAnswer);
            return new PushOutcome.TryAgain(null);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
