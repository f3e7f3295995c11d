package chat.parley.notifications.delivery;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who brings a notification to a device; named as clients and the vault do. */
public enum PushService {
    WEB_PUSH("web-push"),
    APNS("apns"),
    FCM("fcm");

    private final String wireName;

    PushService(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
