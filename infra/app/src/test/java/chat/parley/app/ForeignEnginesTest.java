package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import org.junit.jupiter.api.Test;

/** A node whose settings name an engine of another installation. */
class ForeignEnginesTest {
    @Test
    void anotherInstallationsReadSideIsNeitherFilledNorReplaced() {
        try (SharedEngines theirs = SharedEngines.start();
                SharedEngines ours = SharedEngines.start()) {
            TestUser.Credentials alice;
            String conversation;
            try (ParleyServer node = theirs.startNode()) {
                TestUser person = node.newPerson();
                alice = person.credentials();
                conversation = person.startGroup(node.newPerson());
            }
            assertThatThrownBy(() -> ours.startNode("spring.mongodb.uri=" + theirs.mongo()))
                    .rootCause()
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("another installation of Parley");
            try (ParleyServer node = theirs.startNode()) {
                TestUser person = TestUser.logIn(node.port(), alice);
                assertThat(person.rest.get("/inbox").expect(200).toString()).contains(conversation);
                assertThat(person.rest
                                .get("/conversations/" + conversation)
                                .expect(200)
                                .toString())
                        .contains(conversation);
            }
        }
    }
}
