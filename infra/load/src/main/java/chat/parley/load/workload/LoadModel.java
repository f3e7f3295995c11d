package chat.parley.load.workload;

/** When messages are sent. Confined to the event loop. */
interface LoadModel {
    void start();

    /** Nothing is sent any more; what was sent is still on its way. */
    void stop();
}
