package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.address.PushService;
import chat.parley.notifications.delivery.NotificationProperties.WebPush;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The senders of the enabled services. */
public final class PushSenders implements AutoCloseable {
    private final @Nullable WebPushSender webPush;
    private final @Nullable ApnsSender apns;
    private final @Nullable FcmSender fcm;
    private final @Nullable String webPushKey;

    public PushSenders(NotificationProperties properties, PublicAddresses addresses, Clock clock) {
        Payloads payloads = new Payloads();
        WebPush web = properties.webPush();
        this.webPush = web.isOn()
                ? new WebPushSender(
                        VapidKeys.parse(
                                Objects.requireNonNull(web.publicKey()), Objects.requireNonNull(web.privateKey())),
                        Objects.requireNonNull(web.subject()),
                        addresses,
                        payloads,
                        properties.maxSendingPerLane(),
                        properties.sendTimeout(),
                        clock)
                : null;
        this.webPushKey = web.isOn() ? web.publicKey() : null;
        this.apns = properties.apns().isOn()
                ? new ApnsSender(properties.apns(), payloads, properties.sendTimeout(), clock)
                : null;
        this.fcm = properties.fcm().isOn()
                ? new FcmSender(properties.fcm(), payloads, properties.sendTimeout(), clock)
                : null;
    }

    public List<PushService> services() {
        List<PushService> services = new ArrayList<>();
        if (webPush != null) {
            services.add(PushService.WEB_PUSH);
        }
        if (apns != null) {
            services.add(PushService.APNS);
        }
        if (fcm != null) {
            services.add(PushService.FCM);
        }
        return services;
    }

    @Nullable
    public String webPushKey() {
        return webPushKey;
    }

    public PushOutcome send(PushAddress address, PushNotification push) throws InterruptedException {
        return switch (address) {
            case PushAddress.WebPush browser -> send(webPush, browser, push);
            case PushAddress.Apns device -> send(apns, device, push);
            case PushAddress.Fcm device -> send(fcm, device, push);
        };
    }

    /** A device may be registered for a service that is disabled now. */
    private static <A extends PushAddress> PushOutcome send(
            @Nullable PushSender<A> sender, A address, PushNotification push) throws InterruptedException {
        return sender == null ? new PushOutcome.Rejected("off") : sender.send(address, push);
    }

    @Override
    public void close() {
        if (webPush != null) {
            webPush.close();
        }
        if (apns != null) {
            apns.close();
        }
        if (fcm != null) {
            fcm.close();
        }
    }
}
