package chat.parley.transparency.tile;

import static chat.parley.transparency.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class EntryBundleTest {
    @Property(tries = 200)
    void isReadAsItWasWritten(@ForAll @Size(min = 1, max = 256) List<byte[]> entries) {
        byte[] bundle = EntryBundle.encode(entries);
        assertThat(EntryBundle.encode(EntryBundle.decode(bundle, entries.size())))
                .isEqualTo(bundle);
    }

    @Example
    void hasBigEndianLengths() {
        assertThat(EntryBundle.encode(List.of(new byte[] {7}, new byte[0]))).containsExactly(0, 1, 7, 0, 0);
        assertThat(EntryBundle.encode(List.of(new byte[0xFFFF])))
                .startsWith(0xFF, 0xFF, 0)
                .hasSize(2 + 0xFFFF);
    }

    @Example
    void isReadInOneWayOnly() {
        byte[] bundle = {0, 1, 7, 0, 0};
        assertThat(EntryBundle.decode(bundle, 2)).hasSize(2);
        assertRefused(Reason.MALFORMED, () -> EntryBundle.decode(bundle, 1));
        assertRefused(Reason.MALFORMED, () -> EntryBundle.decode(bundle, 3));
        assertRefused(Reason.MALFORMED, () -> EntryBundle.decode(new byte[] {0}, 1));
        assertRefused(Reason.MALFORMED, () -> EntryBundle.decode(new byte[] {0, 2, 1}, 1));
        assertRefused(Reason.OUT_OF_RANGE, () -> EntryBundle.decode(bundle, 0));
        assertRefused(Reason.OUT_OF_RANGE, () -> EntryBundle.decode(bundle, 257));
        assertRefused(Reason.OUT_OF_RANGE, () -> EntryBundle.encode(List.of()));
        assertRefused(Reason.OUT_OF_RANGE, () -> EntryBundle.encode(Collections.nCopies(257, new byte[0])));
        assertRefused(Reason.TOO_LARGE, () -> EntryBundle.encode(List.of(new byte[0x10000])));
    }
}
