package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The running exports of this node, and those that ended recently. */
final class Exports {
    private final Clock clock;
    private final int maxRunning;
    private final int maxKept;
    private final Duration ttl;
    /** Oldest first. */
    private final Map<String, Export> exports = new LinkedHashMap<>();

    Exports(Clock clock, AnalystProperties properties) {
        this.clock = clock;
        this.maxRunning = properties.maxRunningExports();
        this.maxKept = properties.maxKeptExports();
        this.ttl = properties.exportTtl();
    }

    /** @throws Refused {@link Refusal#LIMIT_EXCEEDED} */
    synchronized Export begin(UserId owner) {
        forgetExpired();
        List<Export> own = exports.values().stream()
                .filter(export -> export.owner().equals(owner))
                .toList();
        if (own.stream().filter(Export::isRunning).count() >= maxRunning) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        own.stream()
                .filter(export -> !export.isRunning())
                .limit(Math.max(0, own.size() - maxKept + 1))
                .forEach(oldest -> exports.remove(oldest.id()));
        Export export = new Export(UUID.randomUUID().toString(), owner, clock);
        exports.put(export.id(), export);
        return export;
    }

    /** @throws Refused {@link Refusal#EXPORT_NOT_FOUND}, also for another user's export */
    synchronized Export of(UserId owner, String id) {
        forgetExpired();
        Export export = exports.get(id);
        if (export == null || !export.owner().equals(owner)) {
            throw new Refused(Refusal.EXPORT_NOT_FOUND);
        }
        return export;
    }

    private void forgetExpired() {
        exports.values().removeIf(export -> export.endedBefore(clock.instant().minus(ttl)));
    }
}
