// Types of the WebSocket protocol, as /asyncapi.yaml defines them. This file has no code.

/**
 * @typedef {object} EntryFields
 * @property {string} conversation
 * @property {number} position from 1, without gaps in what the user may see
 * @property {string} sender
 * @property {string} at RFC 3339, UTC
 * @property {string} [cursor]
 *
 * @typedef {EntryFields & {kind: 'started', conversationKind: 'direct' | 'group', members: Member[], title?: string,
 *   joinable?: boolean, history?: 'since-joined' | 'all', erased?: boolean}} StartedEntry
 * @typedef {EntryFields & {kind: 'message', clientMessageId: string, ordinal: number, text?: string, replyTo?: number,
 *   mentions?: string[], edited?: number, retracted?: number, erased?: boolean,
 *   reactions?: {emoji: string, users: string[]}[]}} MessageEntry
 * @typedef {EntryFields & {kind: 'edit', target: number, text?: string, mentions?: string[], retracted?: number,
 *   erased?: boolean}} EditEntry
 * @typedef {EntryFields & {kind: 'retraction' | 'pinned' | 'unpinned', target: number}} TargetEntry
 * @typedef {EntryFields & {kind: 'reaction', target: number, emoji: string, added: boolean}} ReactionEntry
 * @typedef {EntryFields & {kind: 'joined' | 'left', user: string}} MembershipEntry
 * @typedef {EntryFields & {kind: 'renamed', title?: string, erased?: boolean}} RenamedEntry
 * @typedef {EntryFields & {kind: 'role', user: string, role: Role}} RoleEntry
 * @typedef {EntryFields & {kind: 'joinability', joinable: boolean}} JoinabilityEntry
 * @typedef {StartedEntry | MessageEntry | EditEntry | TargetEntry | ReactionEntry | MembershipEntry | RenamedEntry
 *   | RoleEntry | JoinabilityEntry} Entry
 * @typedef {'member' | 'admin' | 'owner'} Role
 * @typedef {{user: string, role: Role}} Member
 */

/**
 * @typedef {object} ConversationState
 * @property {string} conversation
 * @property {number} [head]
 * @property {number} [readPosition]
 * @property {boolean} [muted]
 * @property {boolean} [pinned]
 * @property {boolean} [markedUnread]
 * @property {boolean} [member]
 */

/**
 * @typedef {{maxFrameBytes: number, maxTextCharacters: number, maxInFlight: number}} Limits
 * @typedef {{type: 'welcome', session: string, user: string, node: string, heartbeatSeconds: number,
 *   offlineAfterSeconds: number, limits: Limits, epoch: string}} WelcomeFrame
 * @typedef {{type: 'ack', ref: string, conversation?: string, position?: number, at?: string}} AckFrame
 * @typedef {{type: 'error', ref?: string, code: string, title: string, detail: string, retryAfterMs?: number}} ErrorFrame
 * @typedef {{type: 'entry'} & Entry} EntryFrame
 * @typedef {{type: 'caught-up', cursor: string}} CaughtUpFrame
 * @typedef {{type: 'state', resync: boolean, conversations: ConversationState[]}} StateFrame
 * @typedef {{type: 'read', conversation: string, user: string, position: number}} ReadFrame
 * @typedef {{type: 'typing', conversation: string, user: string}} TypingFrame
 * @typedef {{type: 'presence', user: string, status: 'online' | 'away' | 'offline', lastActiveAt?: string}} PresenceFrame
 * @typedef {{type: 'goaway', reason: string, reconnectAfterMs: number, url?: string}} GoawayFrame
 * @typedef {{type: 'heartbeat'}} HeartbeatFrame
 * @typedef {WelcomeFrame | AckFrame | ErrorFrame | EntryFrame | CaughtUpFrame | StateFrame | ReadFrame | TypingFrame
 *   | PresenceFrame | GoawayFrame | HeartbeatFrame} ServerFrame
 */

/**
 * A frame of a client, without its `ref`.
 *
 * @typedef {{type: 'message.send', conversation: string, clientMessageId: string, text: string, replyTo?: number,
 *     mentions?: string[]}
 *   | {type: 'message.edit', conversation: string, position: number, text: string, mentions?: string[]}
 *   | {type: 'message.retract' | 'message.pin' | 'message.unpin', conversation: string, position: number}
 *   | {type: 'reaction.add' | 'reaction.remove', conversation: string, position: number, emoji: string}
 *   | {type: 'read', conversation: string, position: number}
 *   | {type: 'typing', conversation: string}
 *   | {type: 'presence.watch' | 'presence.unwatch', users: string[]}
 *   | {type: 'presence.set', status: 'online' | 'away' | 'invisible'}
 *   | {type: 'authenticate', token: string}
 *   | {type: 'heartbeat' | 'bye'}} ClientFrame
 */

/** @typedef {'offline' | 'connecting' | 'catching-up' | 'online' | 'replaced' | 'logged-out'} Status */

/**
 * What each event of a client carries in `detail`.
 *
 * @typedef {object} ClientEvents
 * @property {Status} status
 * @property {import('./outbox.js').OutboxItem} outbox
 * @property {undefined} resync
 * @property {WelcomeFrame} welcome
 * @property {AckFrame} ack
 * @property {ErrorFrame} error
 * @property {EntryFrame} entry
 * @property {CaughtUpFrame} caught-up
 * @property {StateFrame} state
 * @property {ReadFrame} read
 * @property {TypingFrame} typing
 * @property {PresenceFrame} presence
 * @property {GoawayFrame} goaway
 * @property {HeartbeatFrame} heartbeat
 */

export {};
