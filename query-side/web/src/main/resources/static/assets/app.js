// The frame around all views: who is logged in, where the reader is, what is open above the view.
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { html } from 'htm/preact';
import { loadProblems, t } from './i18n/texts.js';
import { Inbox } from './model/inbox.js';
import { Observable, useModel } from './model/observable.js';
import { People } from './model/people.js';
import { setStaysLoggedIn, start, started, staysLoggedIn } from './model/start.js';
import { lazy } from './lazy.js';
import { preload } from './preload.js';
import { Cache } from './model/cache.js';
import { LoginView } from './views/login.js';

/** As many conversations, and as many people, as a reload shows at once. */
const CACHED = 500;

const Home = lazy(async () => {
  const [home] = await Promise.all([import('./views/home.js'), started.cache?.ready]);
  return home;
}, 'Home');

/** What every view may use. */
class App extends Observable {
  constructor() {
    super();
    /** Whether this user logs out here. */
    this.leaving = false;
    this.create(started);
    ['popstate', 'online', 'offline'].forEach((type) => window.addEventListener(type, () => this.changed()));
    navigator.serviceWorker?.addEventListener('message', (event) => event.data.open && this.go(event.data.open));
  }

  create({ client, cache } = start()) {
    this.client = client;
    /** @type {Cache | null} */
    this.cache = cache;
    this.people = new People(this.client, (id) => this.cache?.dropTextsOf(id));
    this.inbox = new Inbox(this.client);
    this.unsent = new Observable();
    this.notice = '';
    this.reason = '';
    /** Whether the last login has ended, which the login view tells. */
    this.ended = false;
    this.opened = null;
    this.client.on('outbox', async (item) => {
      if (item.problem) {
        await loadProblems();
      }
      this.unsent.changed();
    });
    this.client.on('status', () => {
      if (this.client.status === 'logged-out') {
        this.leave({ ended: !this.leaving });
      }
      this.changed();
    });
  }

  stayLoggedIn(stay) {
    if (stay !== staysLoggedIn()) {
      setStaysLoggedIn(stay);
      this.create();
    }
  }

  entered() {
    preload('home');
    this.cache ??= new Cache(this.client.login.user.id);
    this.#restore(this.cache);
    this.client.connect();
    this.inbox.load();
    this.people.get(this.client.login.user.id);
    import('./model/notifications.js').then(({ renewPush }) => renewPush(this.client)).catch(() => undefined);
    this.changed();
  }

  async #restore(cache) {
    await cache.ready;
    this.people.restore(cache.take('people') ?? []);
    this.inbox.restore(cache.take('inbox') ?? []);
    this.inbox.subscribe(later(() => cache.put('inbox', this.inbox.list.slice(0, CACHED))));
    this.people.subscribe(later(() => cache.put('people', this.people.known.slice(-CACHED))));
  }

  async logOut() {
    this.leaving = true;
    try {
      await this.client.logOut();
    } finally {
      this.leaving = false;
      this.leave();
    }
  }

  /** @param {{ended?: boolean}} options ended: not by this user here */
  leave({ ended = false } = {}) {
    this.client.disconnect();
    this.cache?.wipe();
    this.cache = null;
    for (const storage of [localStorage, sessionStorage]) {
      Object.keys(storage).filter((key) => key.startsWith('parley.') && !['parley.theme', 'parley.language', 'parley.policy'].includes(key)).forEach((key) => storage.removeItem(key));
    }
    this.create();
    this.ended = ended;
    this.go('/');
  }

  go(path, { replace = false } = {}) {
    if (path !== location.pathname + location.search) {
      history[replace ? 'replaceState' : 'pushState'](null, '', path);
    }
    this.changed();
  }

  /** For links: a plain click stays in the page, everything else is the browser's. */
  follow(event, path) {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.go(path);
    }
  }

  show(dialog) {
    this.opened = dialog;
    this.changed();
  }

  /** Why history of others is read; sent with each of those requests. */
  setReason(reason) {
    this.reason = reason;
    this.changed();
  }

  /** What the server lets this user do is what their token says. @returns {string[]} the roles beyond a member's */
  get roles() {
    return this.client.login?.roles ?? [];
  }

  /** Auditors only read. */
  get readsOnly() {
    return this.roles.includes('auditor');
  }

  /** Tells something in passing, to assistive technology too. */
  say(text) {
    this.notice = text;
    this.changed();
    setTimeout(() => {
      if (this.notice === text) {
        this.notice = '';
        this.changed();
      }
    }, 4000);
  }
}

/** Runs the action once, some time after the first of many calls. */
function later(action) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      action();
    }, 1000);
  };
}

export function Root() {
  const app = useMemo(() => new App(), []);
  useModel(app);
  useLayoutEffect(() => {
    if (app.client.login) {
      app.entered();
    }
  }, []);
  return html`${app.client.login ? html`<${Home} app=${app} />` : html`<${LoginView} app=${app} />`}
    <${UnreadInTitle} app=${app} />
    <p class="notice" role="status">${app.notice}</p>`;
}

/** By itself, because the inbox changes with every message. */
function UnreadInTitle({ app }) {
  useModel(app.inbox);
  const unread = app.client.login ? app.inbox.unread : 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
  }, [unread]);
  return null;
}
