package chat.parley.api.account;

import java.util.List;

/** @param gaveWay the devices that were removed to stay within the limit; the caller ends their sessions */
public record DeviceRegistration(List<DeviceId> gaveWay) {
    public DeviceRegistration {
        gaveWay = List.copyOf(gaveWay);
    }
}
