package chat.parley.notifications.registration;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.DeviceId;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.address.PushAddresses;
import chat.parley.notifications.address.PushService;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.web.token.AuthenticatedUser;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registers the caller's devices for notifications. */
@RestController
@RequestMapping("/api/v1")
public final class PushController {
    private final Registrations registrations;

    private final PushAddresses addresses;
    private final PushSenders senders;

    public PushController(Registrations registrations, PushAddresses addresses, PushSenders senders) {
        this.registrations = registrations;
        this.addresses = addresses;
        this.senders = senders;
    }

    /** An endpoint with keys for {@code web-push}, a token for the other services. */
    public record Registration(
            @NotNull PushService service,
            @Nullable String endpoint,
            @Nullable Keys keys,
            @Nullable String token) {
        @Override
        public String toString() {
            return "Registration[service=" + service + "]";
        }
    }

    public record Keys(@Nullable String p256dh, @Nullable String auth) {
        @Override
        public String toString() {
            return "Keys[]";
        }
    }

    /** @param webPushKey the VAPID public key for subscriptions of browsers */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Services(
            List<PushService> services, @Nullable String webPushKey) {}

    @Operation(
            summary = "List the push services",
            description =
                    "Answers the services that this server can notify through, and the VAPID key for Web" + " Push.")
    @GetMapping("/push-services")
    public Services services() {
        return new Services(senders.services(), senders.webPushKey());
    }

    /** A subscription is its device's own, so no other device can register it. */
    @Operation(
            summary = "Register a device for push notifications",
            description = "Replaces an earlier registration of the device. A device can register only itself; a"
                    + " token of an external issuer names no device and can register any.")
    @PutMapping("/users/me/devices/{device}/push")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.FORBIDDEN,
        Refusal.PUSH_SERVICE_OFF,
        Refusal.PUSH_ENDPOINT_INVALID,
        Refusal.PUSH_KEYS_INVALID,
        Refusal.PUSH_TOKEN_INVALID
    })
    public void register(
            @PathVariable DeviceId device,
            @Valid @RequestBody Registration registration,
            @AuthenticationPrincipal Jwt token) {
        AuthenticatedUser caller = AuthenticatedUser.of(token);
        DeviceId own = caller.device();
        if (own != null && !own.equals(device)) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        if (!senders.services().contains(registration.service())) {
            throw new Refused(Refusal.PUSH_SERVICE_OFF);
        }
        registrations.put(
                new RegisteredDevice(caller.user(), device, address(registration)),
                own == null ? null : caller.login());
    }

    private PushAddress address(Registration registration) {
        return switch (registration.service()) {
            case WEB_PUSH -> {
                Keys keys = registration.keys();
                yield addresses.webPush(
                        registration.endpoint(),
                        keys == null ? null : keys.p256dh(),
                        keys == null ? null : keys.auth());
            }
            case APNS -> addresses.apns(registration.token());
            case FCM -> addresses.fcm(registration.token());
        };
    }

    @Operation(summary = "Remove a device's push registration", description = "Repeating it changes nothing.")
    @DeleteMapping("/users/me/devices/{device}/push")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(Refusal.INVALID_ID)
    public void unregister(@PathVariable DeviceId device, @AuthenticationPrincipal Jwt token) {
        registrations.remove(AuthenticatedUser.of(token).user(), device);
    }
}
