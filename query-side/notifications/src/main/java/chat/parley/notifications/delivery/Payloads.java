package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushAddress.Fcm;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds the payload for each service. */
public final class Payloads {
    private static final String ALERT_TTL = "86400s";

    private final JsonMapper json = JsonMapper.builder().build();

    /** For Parley's service worker, which shows and withdraws notifications. */
    String webPush(PushNotification push) {
        return json.writeValueAsString(
                switch (push) {
                    case PushNotification.Alert alert -> {
                        Map<String, Object> payload = common(push, "message");
                        payload.put("title", alert.title());
                        payload.put("body", alert.body());
                        payload.put("unread", alert.unread());
                        yield payload;
                    }
                    case PushNotification.Withdrawal withdrawal -> common(withdrawal, "read");
                });
    }

    String apns(PushNotification push) {
        SimpleApnsPayloadBuilder builder = new SimpleApnsPayloadBuilder();
        builder.addCustomProperty("conversation", push.conversation().value())
                .addCustomProperty("position", push.position());
        switch (push) {
            case PushNotification.Alert alert ->
                builder.setAlertTitle(alert.title())
                        .setAlertBody(alert.body())
                        .setThreadId(push.conversation().value())
                        .addCustomProperty("unread", alert.unread())
                        .addCustomProperty("type", "message");
            case PushNotification.Withdrawal _ ->
                builder.setContentAvailable(true).addCustomProperty("type", "read");
        }
        return builder.build();
    }

    /** FCM accepts only strings as data. */
    String fcm(Fcm address, PushNotification push) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token", address.token());
        switch (push) {
            case PushNotification.Alert alert -> {
                Map<String, Object> data = common(push, "message");
                data.put("unread", Long.toString(alert.unread()));
                message.put("data", data);
                message.put("notification", Map.of("title", alert.title(), "body", alert.body()));
                message.put(
                        "android",
                        Map.of(
                                "collapse_key",
                                push.collapseKey(),
                                "priority",
                                "high",
                                "ttl",
                                ALERT_TTL,
                                "notification",
                                Map.of("tag", push.collapseKey(), "notification_count", alert.unread())));
            }
            case PushNotification.Withdrawal withdrawal -> {
                message.put("data", common(withdrawal, "read"));
                message.put("android", Map.of("collapse_key", push.collapseKey(), "ttl", ALERT_TTL));
            }
        }
        return json.writeValueAsString(Map.of("message", message));
    }

    private static Map<String, Object> common(PushNotification push, String type) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", type);
        payload.put("conversation", push.conversation().value());
        payload.put("position", Long.toString(push.position()));
        payload.put("tag", push.collapseKey());
        return payload;
    }

    /** Whether FCM's answer says that the token is no longer registered. */
    boolean saysUnregistered(String answer) {
        try {
            for (JsonNode detail : json.readTree(answer).path("error").path("details")) {
                if ("UNREGISTERED".equals(detail.path("errorCode").asString(""))) {
                    return true;
                }
            }
            return false;
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
