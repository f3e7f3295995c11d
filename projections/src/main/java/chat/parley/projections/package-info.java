/**
 * The read side in MongoDB: projections, query handlers, tokens and generations. All of it is built from events and can
 * be rebuilt.
 *
 * <p>Every read is by {@code _id}, every write is idempotent, and nothing needs a transaction, a change stream or a
 * range scan, so that the embedded stand-in and a replica set behave alike (see ADR 0072). Collections carry their
 * generation's name ({@code pages@g1}). An aggregate's documents are written by one segment only. A batch writes them
 * in the order shown. The document that stores how far its aggregate is included comes last, so that an interrupted
 * batch is repeated.
 *
 * <pre>
 * texts          _id conversation:position      events outside their page: large ones, and edits, which are read
 *                j   event                      together with their message
 *
 * changes        _id conversation:blockNo       edits and retractions of 1,024 positions; see MessageChangeUpdate
 *                c.position  of that entry: its target and kind, see MessageChange
 *
 * reactions      _id conversation:blockNo       reactions to the messages at 16 positions; see ReactionUpdate
 *                c.position  of that entry: target, user, emoji, whether it was added
 *
 * pages          _id conversation:pageNo        64 positions, at most 256 KB; pageNo = (position - 1) / 64
 *                f   index of its first entry
 *                eN  the entries that one batch added from slot N on, as JSON in bytes: see StoredEntry and Page
 *                sN  sender:clientMessageId of these, an empty line where it is no message
 *
 * inboxes        _id user:shard                 one of 16 for each user, see InboxShard
 *                c.conversation  one conversation the user is or was in:
 *                        j.position  when they joined: o ordinal before, i index,
 *                        l.position  when they left: o ordinal, e position and index of the newest message,
 *                                    t sealed title,
 *                        r / ro read position and its ordinal, u muted, g pinned, v marked as unread,
 *                        x index of the newest change,
 *                        p pins at the latest departure, as in conversations
 *
 * conversations  _id conversation               head of the log; written once per batch
 *                h head, i its index, o message ordinal at head, k kind, y history, n joinable, t sealed title,
 *                w the two people of a direct conversation, l the newest message (as in its page), e its position and
 *                index, q the highest position of a message that was changed, r of one with a reaction, z where somebody last joined
 *                or left,
 *                p.position of a pinned message: position, author and time of the pinning entry,
 *                m.user  r role and a position since (members only), s position and ordinal of their newest message,
 *                        n positions that mention them, negative if only an edit does (the latest 100)
 *
 * accounts       _id user
 *                v events seen, u sealed username, d sealed display name, x status unless it was always active,
 *                s settings, r.role, e.device, b.blocked user
 *
 * contacts       _id user
 *                c.other  another user's state, while there is one: v events of the pair seen,
 *                         s state, t since when
 *
 * people         _id user                       k keys of the terms of their names
 *
 * names          _id key/shard                  p.user  users with this term; the key is a keyed hash of
 *                                                       the term, the shard depends on the user: see NameTerms
 *
 * presences      _id user
 *                v events seen, a when they were last active, d.device: s number of its session, t status
 *
 * opendevices    _id user:device                s as above; only while it is connected
 *
 * (all)          claim.segment  number of the claim under which that segment has last written it; with several nodes only
 *
 * trackingtokens progress of the processors, see MongoTokens              generations  which one is served, and the outcome
 *                of the last rebuild
 * </pre>
 *
 * <p><b>Visibility.</b> Later entries never change a stored message, because users who do not see them still read it as
 * it was. An answer combines an entry with the changes that its reader may see, by
 * {@link chat.parley.api.conversation.Visibility}. Erasing a text destroys its key.
 *
 * <p><b>Unread messages</b> are counted over the spans of a user's membership: the message ordinal at the span's end
 * (or at the head), less that at the read position or at the span's beginning, whichever is more, less those that are
 * retracted for this user. The user's own messages move the read position, so they are never counted.
 */
@NullMarked
package chat.parley.projections;

import org.jspecify.annotations.NullMarked;
