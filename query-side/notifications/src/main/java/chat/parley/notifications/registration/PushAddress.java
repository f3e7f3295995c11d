package chat.parley.notifications.registration;

import chat.parley.notifications.delivery.PushService;
import java.net.URI;

/** Where one device is reached. Whoever knows it can write to the device, so it is never printed. */
public sealed interface PushAddress {
    PushService service();

    /** What no two devices have in common. */
    String target();

    /** Services that share a lane wait for each other; a push server that any user can name has one of its own. */
    String lane();

    /** @param keys of the browser's subscription */
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
        public String lane() {
            return service().wireName();
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
        public String lane() {
            return service().wireName();
        }

        @Override
        public String toString() {
            return "Fcm[]";
        }
    }
}
