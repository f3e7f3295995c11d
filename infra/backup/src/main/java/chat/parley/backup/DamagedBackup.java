package chat.parley.backup;

/** A backup cannot be restored, because it is unfinished or was altered. */
final class DamagedBackup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedBackup(String reason) {
        super(reason + ". Take another backup; nothing was restored from this one.");
    }
}
