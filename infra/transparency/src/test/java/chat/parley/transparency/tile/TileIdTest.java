package chat.parley.transparency.tile;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TileIdTest {
    @Example
    void hasThePathOfTheSpecification() {
        assertThat(TileId.full(0, 1_234_067)).hasToString("tile/0/x001/x234/067");
        assertThat(new TileId(1, 1000, 17)).hasToString("tile/1/x001/000.p/17");
        assertThat(TileId.full(3, Long.MAX_VALUE)).hasToString("tile/3/x009/x223/x372/x036/x854/x775/807");
    }

    @Property
    void isReadFromItsPath(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(min = 0) long index,
            @ForAll @IntRange(min = 1, max = TileId.FULL) int width) {
        TileId id = new TileId(level, index, width);
        assertThat(TileId.parse(id.path())).isEqualTo(id);
    }

    @Example
    void isReadFromNoOtherPath() {
        for (String path : new String[] {
            "",
            "tile",
            "/tile/0/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/000/",
            "tile/00/000",
            "tile/01/000",
            "tile/-1/000",
            "tile/data/000",
            "tile/entries/000",
            "tile/0/x000/000",
            "tile/0/x000/001",
            "tile/0/x001",
            "tile/0/001/000",
            "tile/0/x01/000",
            "tile/0/000.p/0",
            "tile/0/000.p/01",
            "tile/0/000.p/256",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/000.p/1/2",
            "tile/0/000.p/1\n",
            "tile/0/../000",
            "tile/0/x001/x000/x000/x000/x000/x000/x000/000"
        }) {
            assertRefused(Reason.MALFORMED, () -> TileId.parse(path));
        }
        assertRefused(Reason.OUT_OF_RANGE, () -> TileId.parse("tile/64/000"));
        assertRefused(Reason.OUT_OF_RANGE, () -> TileId.parse("tile/0/000.p/257"));
        assertRefused(Reason.TOO_LARGE, () -> TileId.parse("tile/0/x009/x223/x372/x036/x854/x775/808"));
    }

    @Example
    void isPartialAtTheEdgesOfTheSpecificationsTree() {
        assertThat(TileId.partialsOf(70_000))
                .containsExactly(new TileId(0, 273, 112), new TileId(1, 1, 17), new TileId(2, 0, 1));
        assertThat(TileId.partialsOf(256)).containsExactly(new TileId(1, 0, 1));
        assertThat(TileId.partialsOf(0)).isEmpty();
        assertThat(TileId.partialsOf(Long.MAX_VALUE)).hasSize(8);
    }
}
