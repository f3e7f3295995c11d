package chat.parley.load.workload;

/** Decides when messages are sent. Confined to the event loop. */
interface LoadModel {
    void start();

    /** Sends nothing from now on; messages that were sent may still be in flight. */
    void stop();
}
