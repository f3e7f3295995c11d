package chat.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WallsTest {
    private static final JavaClasses PARLEY =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("chat.parley");
    private static final JavaClasses VIOLATORS =
            new ClassFileImporter(List.of(new ImportOption.OnlyIncludeTests())).importPackages("chat.parley");

    @TestFactory
    Stream<DynamicTest> holds() {
        return Walls.all().entrySet().stream()
                .map(wall -> DynamicTest.dynamicTest(
                        wall.getKey(), () -> wall.getValue().check(PARLEY)));
    }

    /** A rule about a package that does not exist would hold too, so each rule is checked against a violator. */
    @TestFactory
    Stream<DynamicTest> fallsToItsViolator() {
        return Walls.all().entrySet().stream()
                .map(wall -> DynamicTest.dynamicTest(
                        wall.getKey(), () -> assertThat(falls(wall.getValue())).isTrue()));
    }

    private static boolean falls(ArchRule wall) {
        return wall.evaluate(VIOLATORS).hasViolation();
    }
}
