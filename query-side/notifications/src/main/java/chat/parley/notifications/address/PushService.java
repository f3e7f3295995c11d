package chat.parley.notifications.address;

import com.fasterxml.jackson.annotation.JsonValue;

/** The push services, named as in REST and in the vault. */
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
