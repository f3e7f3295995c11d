package chat.parley.eventprocessing.sharing;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.api.process.StartupFailure;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the read models that this node may fill, replace and remove.
 *
 * @param epoch the present epoch of the owner's event store
 * @param mayMeetOthers whether a store may be another installation's by a wrong address; those of embedded engines are in
 *     the data directory
 */
public record ReadModelOwner(Installation installation, Epoch epoch, boolean mayMeetOthers) {
    /**
     * Whether the store has yet to be told its owner. To be asked before anything in the store is changed.
     *
     * @param store the store, as the beginning of a sentence
     * @param removal how an operator removes the read model from the store, as an imperative
     * @param named the installation that the store names; null if an earlier version wrote it
     * @param ofEpoch the epoch that the store names; null if an earlier version wrote it
     * @throws StartupFailure if the read model is another installation's, or may be
     */
    public boolean adopts(String store, String removal, @Nullable String named, @Nullable String ofEpoch) {
        if (installation.value().equals(named)) {
            return false;
        }
        String advice = "Correct the address of the store. If nobody needs this read model, " + removal
                + ": Parley builds its own from the events";
        if (named != null) {
            throw new StartupFailure(
                    store + " has the read model of another installation of Parley. Nothing of it was changed", advice);
        }
        if (mayMeetOthers && !epoch.value().equals(ofEpoch)) {
            throw new StartupFailure(
                    store + " has a read model of an earlier version of Parley, and not of this event store's epoch, so"
                            + " it may be another installation's. Nothing of it was changed",
                    advice);
        }
        return true;
    }
}
