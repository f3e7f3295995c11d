package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushAddress;

/** Sends to one push service. */
interface PushSender<A extends PushAddress> extends AutoCloseable {
    /** Blocks a bounded time for the service's answer. Every failure is an outcome. */
    PushOutcome send(A address, PushNotification push) throws InterruptedException;

    @Override
    void close();
}
