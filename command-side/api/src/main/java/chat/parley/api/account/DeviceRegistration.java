package chat.parley.api.account;

import java.util.List;

/** @param gaveWay the devices that were removed for it, whose sessions are to be ended */
public record DeviceRegistration(List<DeviceId> gaveWay) {
    public DeviceRegistration {
        gaveWay = List.copyOf(gaveWay);
    }
}
