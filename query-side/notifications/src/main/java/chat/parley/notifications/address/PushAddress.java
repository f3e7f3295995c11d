package chat.parley.notifications.address;

import java.net.URI;

/**
 * The address of one device at a push service. It is a secret, because anybody who knows it can send to the device, so
 * it is never logged.
 */
public sealed interface PushAddress {
    PushService service();

    /** A value that is unique per device. */
    String target();

    /**
     * The lane of {@link chat.parley.notifications.decision.NotificationQueue}: one per service, and one per Web Push
     * server, because users choose those.
     */
    default String lane() {
        return service().wireName();
    }

    /** @param keys keys of the browser's subscription */
    record WebPush(URI endpoint, SubscriptionKeys keys) implements PushAddress {
        @Override
        public PushService service() {
            return PushService.WEB_PUSH;
        }

        @Override
        public String target() {
            return endpoint.toString();
        }

        @Override
        public String lane() {
            return service().wireName() + " " + endpoint.getAuthority();
        }

        @Override
        public String toString() {
            return "WebPush[]";
        }
    }

    record Apns(String token) implements PushAddress {
        @Override
        public PushService service() {
            return PushService.APNS;
        }

        @Override
        public String target() {
            return token;
        }

        @Override
        public String toString() {
            return "Apns[]";
        }
    }

    record Fcm(String token) implements PushAddress {
        @Override
        public PushService service() {
            return PushService.FCM;
        }

        @Override
        public String target() {
            return token;
        }

        @Override
        public String toString() {
            return "Fcm[]";
        }
    }
}
