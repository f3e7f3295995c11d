package chat.parley.notifications;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/**
 * Notifications for whoever is offline. A service without its keys is off; without any, nobody is notified.
 *
 * @param settle            how long a message waits before anybody is notified of it; who connects or reads meanwhile
 *                          is not
 * @param startGrace        how long after its start a node notifies nobody: clients are still coming back
 * @param staleAfter        messages older than this are not notified any more, as after a long pause
 * @param firstRetry        how long after a failure a notification is tried again; each further pause is twice as long
 * @param giveUpAfter       how long a service that is down or overloaded is tried again for one notification
 * @param sendTimeout       how long a service may take to answer
 * @param maxWaiting        how many messages wait for their time, or for the read side, before further ones are passed
 *                          over
 * @param maxQueued         how many notifications wait to be sent before further ones are dropped
 * @param maxQueuedPerLane  the same for one service, or one Web PushNotification server
 * @param maxSendingPerLane how many are being sent to one service, or one Web PushNotification server, at once
 * @param maxDevices        how many devices of one user are registered; the ones registered longest ago give way
 * @param registrationTtl   how long a registration is good for; clients renew it whenever they start
 * @param webPush           browsers
 * @param apns              Apple's devices
 * @param fcm               Android's devices
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
    /** As configured, where no bean can be had yet. */
    static NotificationProperties in(Environment environment) {
        return Binder.get(environment).bindOrCreate("parley.notifications", NotificationProperties.class);
    }

    boolean anyService() {
        return webPush.isOn() || apns.isOn() || fcm.isOn();
    }

    /**
     * @param publicKey     the VAPID key that browsers subscribe with: an uncompressed point of P-256, URL-safe Base64
     * @param privateKey    its private half, 32 bytes, URL-safe Base64
     * @param subject       whom a push service may turn to, as {@code mailto:} or {@code https:}
     * @param allowLoopback whether endpoints on this machine, also by http, are taken: for tests only
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
     * @param key    the signing key, a {@code .p8} file as Apple gives it
     * @param keyId  of that key
     * @param teamId of its owner
     * @param topic  the app's bundle id
     * @param host   Apple's server; {@code api.sandbox.push.apple.com} for development builds
     * @param port   of that server
     * @param trust  certificates to trust instead of the JDK's, PEM
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
     * @param serviceAccount the service account's key, a JSON file as Google gives it
     * @param url            Google's server
     */
    public record Fcm(
            @Nullable Resource serviceAccount,
            @DefaultValue("https://fcm.googleapis.com") URI url) {
        public boolean isOn() {
            return serviceAccount != null;
        }
    }
}
