package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.address.PushAddress.WebPush;
import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryption;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to browsers (RFC 8030), encrypted (RFC 8291) and signed with the VAPID key (RFC 8292). Endpoints come from
 * users, so only public addresses are contacted, redirects are not followed, and response bodies are not read.
 */
public final class WebPushSender implements PushSender<WebPush> {
    private static final Logger log = LoggerFactory.getLogger(WebPushSender.class);

    /** One day: a user who returns later sees the inbox. */
    private static final long ALERT_TTL_SECONDS = 86_400;
    /** RFC 8292 allows up to a day. */
    private static final int SIGNATURE_HOURS = 12;

    private static final int THREADS = 8;
    private static final long DESTINATION_IDLE_MS = 60_000;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HttpClient client = new HttpClient();
    private final MessageEncryption encryption = MessageEncryptions.of();
    private final Payloads payloads;
    private final VAPIDKeyPair vapid;
    private final String subject;
    private final Duration timeout;
    private final Clock clock;

    public WebPushSender(
            VAPIDKeyPair vapid,
            String subject,
            PublicAddresses addresses,
            Payloads payloads,
            int maxConnections,
            Duration timeout,
            Clock clock) {
        this.vapid = vapid;
        this.subject = subject;
        this.payloads = payloads;
        this.timeout = timeout;
        this.clock = clock;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("web-push");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setSocketAddressResolver(new PublicResolver(addresses));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxConnectionsPerDestination(maxConnections);
        client.setDestinationIdleTimeout(DESTINATION_IDLE_MS);
        client.setConnectTimeout(timeout.toMillis());
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The Web Push client did not start", e);
        }
    }

    @Override
    public PushOutcome send(WebPush address, PushNotification push) throws InterruptedException {
        EncryptedPushMessage message = encryption.encrypt(
                address.keys().forEncryption(),
                PushMessage.of(payloads.webPush(push).getBytes(StandardCharsets.UTF_8)));
        Request request = client.POST(address.endpoint())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(HttpHeader.AUTHORIZATION, authorization(address))
                        .put(HttpHeader.CONTENT_ENCODING, message.contentEncoding())
                        .put("TTL", Long.toString(timeToLive(push)))
                        .put("Urgency", push instanceof PushNotification.Alert ? "high" : "low")
                        .put("Topic", push.collapseKey()))
                .body(new BytesRequestContent(message.mediaType(), message.toBytes()));
        CompletableFuture<Response> answered = new CompletableFuture<>();
        request.send(result -> {
            if (result.isSucceeded()) {
                answered.complete(result.getResponse());
            } else {
                answered.completeExceptionally(result.getFailure());
            }
        });
        try {
            return outcome(answered.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            // Only the exception's class, because its message may contain the address.
            log.debug(
                    "A Web Push server did not answer: {}", noAnswer.getClass().getName());
            var _ = request.abort(noAnswer);
            return new PushOutcome.TryAgain(null);
        }
    }

    private PushOutcome outcome(Response response) {
        int status = response.getStatus();
        return status == NOT_FOUND || status == GONE
                ? new PushOutcome.Gone(null)
                : HttpStatusOutcomes.outcome(
                        status, response.getHeaders().get(HttpHeader.RETRY_AFTER), clock.instant());
    }

    /** A withdrawal replaces a waiting alert at the service, but is not stored by the service itself. */
    private static long timeToLive(PushNotification push) {
        return push instanceof PushNotification.Alert ? ALERT_TTL_SECONDS : 0;
    }

    private String authorization(WebPush address) {
        return vapid.generateAuthorizationHeaderValue(VAPIDJWTParam.getBuilder()
                .resourceURLString(address.endpoint().toString())
                .expirationTime(clock.instant().plus(Duration.ofHours(SIGNATURE_HOURS)))
                .subject(subject)
                .build());
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The Web Push client did not stop", e);
        }
    }

    /** The checked addresses are those connected to, so a second name lookup cannot change them. */
    private record PublicResolver(PublicAddresses addresses) implements SocketAddressResolver {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            Thread.startVirtualThread(() -> {
                try {
                    promise.succeeded(addresses.resolve(host).stream()
                            .map(address -> new InetSocketAddress(address, port))
                            .toList());
                } catch (UnknownHostException e) {
                    promise.failed(e);
                }
            });
        }
    }
}
