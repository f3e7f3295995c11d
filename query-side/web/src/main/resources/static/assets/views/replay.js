// Plays a conversation as a member saw it.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { momentOf, t } from '../i18n/texts.js';
import { ConversationLog } from '../model/log.js';
import { useModel } from '../model/observable.js';
import { ProblemNote, useAction } from '../components/common.js';
import { ConversationField, PersonField } from '../components/subjects.js';
import { isDrawn } from './message.js';
import { PastEntry } from './past.js';

const SPEEDS = [1, 10, 100, 1000];
const SUBPROTOCOL = 'parley.v1.json';

/** The socket of one replay as the client of a log that has nothing before it. */
class Recording {
  #handlers = [];
  #held = [];
  #socket;
  #paused = false;
  #closed = false;

  constructor({ ticket, webSocketUrl }, onEnd) {
    this.#socket = new WebSocket(webSocketUrl, SUBPROTOCOL);
    this.#socket.onopen = () => this.#socket.send(JSON.stringify({ type: 'hello', token: ticket, device: 'replay' }));
    this.#socket.onmessage = ({ data }) => this.#received(JSON.parse(data));
    this.#socket.onclose = () => {
      this.#closed = true;
      onEnd();
    };
  }

  on(type, handler) {
    if (type === 'entry') {
      this.#handlers.push(handler);
    }
    return () => undefined;
  }

  lastPosition() {
    return 0;
  }

  async request() {
    return { entries: [], head: 0 };
  }

  #received(frame) {
    if (frame.type === 'entry') {
      this.#paused ? this.#held.push(frame) : this.#handlers.forEach((handler) => handler(frame));
    }
  }

  /** Whether everything was shown. */
  get ended() {
    return this.#closed && this.#held.length === 0;
  }

  get paused() {
    return this.#paused;
  }

  set paused(paused) {
    this.#paused = paused;
    if (!paused) {
      this.#held.splice(0).forEach((frame) => this.#received(frame));
    }
  }

  close() {
    this.#socket.close();
  }
}

export function Replay({ app }) {
  const { client, people } = app;
  useModel(people);
  const [conversation, setConversation] = useState('');
  const [person, setPerson] = useState(null);
  const [playing, setPlaying] = useState(null);
  const { run, busy, problem } = useAction();
  const end = useRef(null);
  useModel(playing?.log ?? null);
  useEffect(() => () => playing?.recording.close(), [playing]);
  useLayoutEffect(() => end.current?.scrollIntoView({ block: 'nearest' }));

  const play = (event) => {
    event.preventDefault();
    const { from, speed } = event.target.elements;
    const id = conversation.trim();
    run(async () => {
      const body = { conversation: id, user: person.id, speed: Number(speed.value), reason: app.reason, from: momentOf(from.value) };
      const issued = await client.request('POST', '/audit/replays', { body });
      const recording = new Recording(issued, () => log.changed());
      const log = new ConversationLog(recording, id);
      await log.toEnd();
      setPlaying({ recording, log });
    });
  };
  const pause = () => {
    playing.recording.paused = !playing.recording.paused;
    playing.log.changed();
  };
  const ended = playing?.recording.ended;
  const paused = playing?.recording.paused;

  return html`<form class="card wide" onSubmit=${play}>
      <p class="hint">${t('replay.hint')}</p>
      <div class="columns"><${ConversationField} app=${app} value=${conversation} onChange=${setConversation} required />
        <label>${t('audit.from')}<input name="from" type="datetime-local" /></label>
        <label>${t('replay.speed')}<select name="speed">${SPEEDS.map((times) => html`<option key=${times} value=${times} selected=${times === 10}>${times}×</option>`)}</select></label></div>
      <${PersonField} app=${app} label=${t('replay.person')} person=${person} onChange=${setPerson} />
      <div class="row"><button type="submit" disabled=${busy || !person}>${t('replay.play')}</button>
        ${playing && !ended && html`<button type="button" class="quiet" onClick=${pause}>${t(paused ? 'replay.resume' : 'replay.pause')}</button>`}</div>
    </form><${ProblemNote} problem=${problem} />
    ${playing && html`<div class="card wide" role="region" aria-label=${t('audit.replay')}>
      <ol class="past">${playing.log.entries.filter(isDrawn).map((entry) => html`<li key=${entry.position}><${PastEntry} entry=${entry} people=${people}
        reactions=${[...(entry.reactions ?? new Map())].map(([emoji, users]) => `${emoji} ${users.size}`).join(' ')} /></li>`)}</ol>
      <p class="hint" role="status" ref=${end}>${ended ? t('replay.ended') : t(paused ? 'replay.paused' : 'replay.playing')}</p></div>`}`;
}
