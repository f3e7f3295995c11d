package chat.parley.notifications.delivery;

import chat.parley.notifications.registration.PushAddress;

/** One service. */
interface PushSender<A extends PushAddress> extends AutoCloseable {
    /** Waits for the service's answer, a bounded time; whatever goes wrong on the way is an outcome too. */
    PushOutcome send(A address, PushNotification push) throws InterruptedException;

    @Override
    void close();
}
