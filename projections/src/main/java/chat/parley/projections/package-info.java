/**
 * The read side in MongoDB: projectors, the queries that read them, tokens, generations. All of it is built from events
 * and can be thrown away.
 *
 * <p>Every read is by {@code _id}, every write is idempotent, and nothing needs a transaction, a change stream or a
 * range scan, so that a small stand-in and a replica set do the same. Collections carry their generation's name
 * ({@code pages@g1}); an aggregate's documents are written by one segment only. In a batch they are written in the order
 * shown, the document that says how far its aggregate has come last: what was lost before it is written again.
 *
 * <pre>
 * texts          _id conversation:position      events that are not in their page: large ones, and edits, which are read
 *                j   event                      with their message
 *
 * changes        _id conversation:blockNo       what was done to the messages of 1,024 positions; see ChangeUpdate
 *                c.position  of that entry: its target, and which kind of change (see Change)
 *
 * pages          _id conversation:pageNo        64 positions, at most 256 KB; pageNo = (position - 1) / 64
 *                f   index of its first entry
 *                eN  the entries from slot N on that one batch added, as JSON in bytes: see StoredEntry and Page
 *                sN  sender:clientMessageId of these, an empty line where it is no message
 *
 * inboxes        _id user
 *                c.conversation  one conversation the user is or was in:
 *                        j.position  when they joined: o ordinal before, i index,
 *                        l.position  when they left: o ordinal, e position and index of the newest message,
 *                                    t sealed title,
 *                        r / ro read position and its ordinal, u muted, g pinned, v marked as unread,
 *                        x index of the newest change,
 *                        p what was pinned when they left last, as in conversations
 *
 * conversations  _id conversation               head of the log; written once per batch
 *                h head, i its index, o message ordinal at head, k kind, y history, n joinable, t sealed title,
 *                w the two people of a direct conversation, l the newest message (as in its page), e its position and
 *                index, q the highest position of a message that was changed, z where somebody last joined or left,
 *                p.position of a pinned message: position of the entry that pinned it, who did, when,
 *                m.user  r role and a position since (members only), s position and ordinal of their newest message,
 *                        n positions that mention them, negative where only an edit did (the latest 100)
 *
 * accounts       _id user
 *                v events seen, u sealed username, d sealed display name, x status unless it was always active,
 *                s settings, r.role, e.device, b.blocked user
 *
 * contacts       _id user
 *                c.other  what another is to the user, while it is something: v events of the pair seen,
 *                         s state, t since when
 *
 * people         _id user                       k keys of the parts of their names
 *
 * names          _id key/shard                  p.user  who has this part in their names; the key is a keyed hash of
 *                                                       the part, the shard a few bits of the user's: see NameParts
 *
 * presences      _id user
 *                v events seen, a when they were last active, d.device: s number of its session, t status
 *
 * opendevices    _id user:device                s as above; only while it is connected
 *
 * trackingtokens how far each processor has come (Axon's own format)      generations  which one is served, and the outcome
 *                of the last rebuild
 * </pre>
 *
 * <p><b>Who reads what</b>: nothing that later entries do changes what is kept of a message, because those who do not see
 * them go on reading it as it was. An answer is made of an entry and its changes for one user, by
 * {@link chat.parley.api.conversation.Visibility}; erasing a text is a matter of its key.
 *
 * <p><b>Unread</b> is, over the spans in which a user was a member, the message ordinal at the span's end (or the head)
 * less the one at the read position or the span's beginning, whichever is more, and less those of them that read as
 * retracted for this user. One's own messages move one's read position, so they are never in it.
 */
@NullMarked
package chat.parley.projections;

import org.jspecify.annotations.NullMarked;
