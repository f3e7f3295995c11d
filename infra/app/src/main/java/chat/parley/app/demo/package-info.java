/**
 * The demonstration of {@code parley.demo=true}: people with conversations in an empty event store, whom the login page
 * offers to whoever sits at this machine. {@link chat.parley.app.demo.Story} reads {@code demo/story.json};
 * {@link chat.parley.app.demo.Storyteller} tells it with the commands that clients use;
 * {@link chat.parley.app.demo.DemoState} remembers in the data directory how far it has come.
 */
@NullMarked
package chat.parley.app.demo;

import org.jspecify.annotations.NullMarked;
