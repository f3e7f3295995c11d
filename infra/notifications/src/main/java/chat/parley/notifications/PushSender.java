package chat.parley.notifications;

/** One service. */
interface PushSender<A extends PushAddress> extends AutoCloseable {
    /** Waits for the service's answer, a bounded time; whatever goes wrong on the way is an outcome too. */
    Outcome send(A address, Push push) throws InterruptedException;

    @Override
    void close();
}
