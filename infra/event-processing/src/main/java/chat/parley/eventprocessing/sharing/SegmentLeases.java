package chat.parley.eventprocessing.sharing;

import chat.parley.api.RandomValues;
import chat.parley.api.process.RepeatingThread;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.lifecycle.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Shares segments among the processes whose lease in the vault has not ended. Each round renews this process's lease,
 * reads who else is alive, and claims and releases segments until this process holds its share. Shares change only when a
 * process begins or ends.
 *
 * <p>A process that could not renew its lease in time, because it was paused or the vault was away, takes all others for
 * alive at first: they may have found the vault away as well.
 */
public final class SegmentLeases implements SegmentOwners, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SegmentLeases.class);

    /** Several rounds; with one more it is the time after which the segments of a dead process are claimed. */
    private static final Duration LEASE = Duration.ofMillis(1_500);

    private static final Duration ROUND = Duration.ofMillis(300);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int NAME_BYTES = 6;

    private final NodeTable table;
    private final String self = ManagementFactory.getRuntimeMXBean().getName() + "-" + RandomValues.text(NAME_BYTES);
    private final List<RunningProcessors> shared = new CopyOnWriteArrayList<>();
    private final RepeatingThread rounds =
            new RepeatingThread("parley-segments", Duration.ZERO, ROUND, STOP, this::round, this::failed);
    private volatile List<ProcessingNode> alive = List.of();
    private long renewedNanos;
    private long patientUntilNanos;
    private boolean failing;

    public SegmentLeases(DataSource vault) {
        this.table = new NodeTable(vault);
        this.renewedNanos = System.nanoTime();
        this.patientUntilNanos = renewedNanos;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Set<String> others() {
        return alive.stream()
                .map(ProcessingNode::name)
                .filter(name -> !name.equals(self))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean isOurs(String processor, int segment, int[] all) {
        return ProcessingNode.isShare(self, alive, processor, segment, all);
    }

    @Override
    public void share(RunningProcessors processors) {
        shared.add(processors);
        processors.whenChanged(rounds::wake);
    }

    private List<SharedProcessor> processors() {
        return shared.stream().flatMap(some -> some.all().stream()).toList();
    }

    private void round() {
        List<SharedProcessor> processors = processors();
        renew(processors);
        processors.forEach(this::balance);
        if (failing) {
            log.info("This node's share of the segments is known again");
            failing = false;
        }
    }

    private void renew(List<SharedProcessor> processors) {
        table.renew(
                self, processors.stream().map(SharedProcessor::name).distinct().toList(), LEASE);
        long now = System.nanoTime();
        if (now - renewedNanos > LEASE.toNanos()) {
            patientUntilNanos = now + LEASE.toNanos();
        }
        renewedNanos = now;
        alive = table.nodes(now < patientUntilNanos);
        table.forgetEnded();
    }

    private void balance(SharedProcessor processor) {
        int[] all = processor.segments();
        Set<Integer> held = processor.held().keySet();
        for (int segment : all) {
            boolean ours = isOurs(processor.name(), segment, all);
            if (ours && !held.contains(segment)) {
                processor.claim(segment);
            } else if (!ours && held.contains(segment)) {
                processor.release(segment);
            }
        }
    }

    private void failed(RuntimeException reason) {
        if (!failing) {
            log.warn("This node's share of the segments cannot be found out: {}", reason.getMessage());
            failing = true;
        }
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
        try {
            table.end(self);
        } catch (DataAccessException e) {
            log.debug("This node's lease ends by itself", e);
        }
    }

    @Override
    public boolean isRunning() {
        return rounds.isStarted();
    }

    /** Started before processors, and stopped after them. */
    @Override
    public int getPhase() {
        return Phase.INBOUND_EVENT_CONNECTORS - 1;
    }
}
