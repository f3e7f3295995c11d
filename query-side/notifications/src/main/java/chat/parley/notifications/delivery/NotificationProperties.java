package chat.parley.notifications.delivery;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/**
 * Settings of notifications to users who are offline. A service without its keys is disabled; without any service,
 * nobody is notified.
 *
 * @param settle            how long a message waits before its notification; a user who connects or reads it in this
 * time is not notified
 * @param startGrace        how long after its start a node sends no notification, because clients are reconnecting
 * @param staleAfter        age beyond which messages are not notified any more, for example after a long outage
 * @param firstRetry        pause before the first retry of a failed notification; each further pause is twice as long
 * @param giveUpAfter       how long a notification is retried while its service is down or overloaded
 * @param sendTimeout       timeout of a service's answer
 * @param maxWaiting        highest number of messages waiting for their settle time or the read side; further ones are
 * skipped
 * @param maxQueued         highest number of notifications waiting to be sent; further ones are dropped
 * @param maxQueuedPerLane  the same per service, or per Web Push server
 * @param maxSendingPerLane highest number of concurrent requests to one service, or one Web Push server
 * @param maxDevices        highest number of registered devices per user; the least recently registered is removed
 * @param registrationTtl   how long a registration is valid; clients renew it at each start
 * @param webPush           browsers
 * @param apns              Apple devices
 * @param fcm               Android devices
 */
@ConfigurationProperties("parley.notifications")
public record NotificationProperties(
        @DefaultValue("5s") Duration settle,
        @DefaultValue("30s") Duration startGrace,
        @DefaultValue("1h") Duration staleAfter,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("10m") Duration giveUpAfter,
        @DefaultValue("10s") Duration sendTimeout,
        @DefaultValue("50000") int maxWaiting,
        @DefaultValue("20000") int maxQueued,
        @DefaultValue("5000") int maxQueuedPerLane,
        @DefaultValue("32") int maxSendingPerLane,
        @DefaultValue("20") int maxDevices,
        @DefaultValue("30d") Duration registrationTtl,
        @DefaultValue WebPush webPush,
        @DefaultValue Apns apns,
        @DefaultValue Fcm fcm) {
    /** Binds the properties before beans exist. */
    public static NotificationProperties in(Environment environment) {
        return Binder.get(environment).bindOrCreate("parley.notifications", NotificationProperties.class);
    }

    public boolean anyService() {
        return webPush.isOn() || apns.isOn() || fcm.isOn();
    }

    /**
     * @param publicKey     VAPID public key: an uncompressed point of P-256, URL-safe Base64
     * @param privateKey    VAPID private key: 32 bytes, URL-safe Base64
     * @param subject       contact for push services, a {@code mailto:} or {@code https:} URL
     * @param allowLoopback whether endpoints on this machine are accepted, also with http: for tests only
     */
    public record WebPush(
            @Nullable String publicKey,
            @Nullable String privateKey,
            @Nullable String subject,
            @DefaultValue("false") boolean allowLoopback) {
        public boolean isOn() {
            return publicKey != null && privateKey != null && subject != null;
        }

        @Override
        public String toString() {
            return "WebPush[]";
        }
    }

    /**
     * @param key    the signing key, a {@code .p8} file from Apple
     * @param keyId  id of the key
     * @param teamId id of the key's owner
     * @param topic  the app's bundle id
     * @param host   Apple's server; {@code api.sandbox.push.apple.com} for development builds
     * @param port   port of that server
     * @param trust  PEM certificates to trust instead of the JDK's
     */
    public record Apns(
            @Nullable Resource key,
            @Nullable String keyId,
            @Nullable String teamId,
            @Nullable String topic,
            @DefaultValue("api.push.apple.com") String host,
            @DefaultValue("443") int port,
            @Nullable Resource trust) {
        public boolean isOn() {
            return key != null && keyId != null && teamId != null && topic != null;
        }
    }

    /**
     * @param serviceAccount the service account's key, a JSON file from Google
     * @param url            URL of Google's server
     */
    public record Fcm(
            @Nullable Resource serviceAccount,
            @DefaultValue("https://fcm.googleapis.com") URI url) {
        public boolean isOn() {
            return serviceAccount != null;
        }
    }
}
