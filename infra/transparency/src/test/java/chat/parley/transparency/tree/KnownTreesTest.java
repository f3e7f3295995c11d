package chat.parley.transparency.tree;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.TransparencyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The trees of the reference implementation of RFC 6962, and the proofs of github.com/transparency-dev/merkle. */
class KnownTreesTest {
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void haveTheKnownRoots() {
        Frontier frontier = Frontier.empty();
        List<String> roots = new ArrayList<>();
        roots.add(hex(frontier.head().root()));
        for (String entry : ENTRIES) {
            frontier.append(Hash.leaf(HexFormat.of().parseHex(entry)), SubtreeSink.NONE);
            roots.add(hex(frontier.head().root()));
        }
        assertThat(roots).isEqualTo(ROOTS);
    }

    @Test
    void haveTheKnownHashesOfLeavesAndNodes() {
        assertThat(hex(Hash.leaf("L123456".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        assertThat(hex(Hash.leaf(new byte[0]))).isEqualTo(ROOTS.get(1));
        assertThat(hex(Hash.node(
                        Hash.leaf(new byte[0]), Hash.leaf(HexFormat.of().parseHex("00")))))
                .isEqualTo(ROOTS.get(2));
    }

    @TestFactory
    Stream<DynamicTest> inclusion() throws IOException {
        return rows("inclusion.tsv")
                .map(row -> DynamicTest.dynamicTest(
                        row[0],
                        () -> assertThat(proves(() -> new InclusionProof(
                                                Long.parseUnsignedLong(row[1]),
                                                Long.parseUnsignedLong(row[2]),
                                                path(row[5]))
                                        .proves(Hash.fromBase64(row[3]), Hash.fromBase64(row[4]))))
                                .isEqualTo(row[6].equals("valid"))));
    }

    @TestFactory
    Stream<DynamicTest> consistency() throws IOException {
        return rows("consistency.tsv")
                .map(row -> DynamicTest.dynamicTest(
                        row[0],
                        () -> assertThat(proves(() -> new ConsistencyProof(
                                                Long.parseUnsignedLong(row[1]),
                                                Long.parseUnsignedLong(row[2]),
                                                path(row[5]))
                                        .proves(Hash.fromBase64(row[3]), Hash.fromBase64(row[4]))))
                                .isEqualTo(row[6].equals("valid"))));
    }

    private static boolean proves(Proof proof) {
        try {
            return proof.proves();
        } catch (TransparencyException e) {
            return false;
        }
    }

    private static List<Hash> path(String column) {
        return column.equals("-")
                ? List.of()
                : Stream.of(column.split(",", -1)).map(Hash::fromBase64).toList();
    }

    private static Stream<String[]> rows(String table) throws IOException {
        try (InputStream input = Objects.requireNonNull(KnownTreesTest.class.getResourceAsStream(table))) {
            List<String[]> rows = new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
            assertThat(rows).hasSizeGreaterThan(90);
            return rows.stream();
        }
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.toBytes());
    }

    private interface Proof {
        boolean proves();
    }
}
