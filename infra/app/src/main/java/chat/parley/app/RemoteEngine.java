package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import java.time.Duration;

/** An engine that another process runs. Its text names the engine and its address, without credentials. */
interface RemoteEngine {
    Duration CONNECTING = Duration.ofSeconds(2);
    Duration ANSWERING = Duration.ofSeconds(3);

    /**
     * Asks the engine for any answer.
     *
     * @throws StartupFailure if waiting cannot help: the engine refuses the credentials or has no such database
     * @throws Exception     if the engine does not answer yet
     */
    void ask() throws Exception;

    /** The setting that has the address. */
    String setting();
}
