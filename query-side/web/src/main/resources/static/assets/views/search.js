// Searching messages.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { useEnter } from '../components/enter.js';
import { Icon } from '../components/icon.js';
import { brief, full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Avatar, ProblemNote, nameOf, useAction } from '../components/common.js';
import { titleOf } from './conversation.js';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SearchView({ app, query, conversation }) {
  const { client, people, inbox } = app;
  useModel(people);
  const [text, setText] = useState(query);
  const [page, setPage] = useState(null);
  const [hits, setHits] = useState([]);
  const [suggestions, setSuggestions] = useState([]);
  const { run, busy, problem } = useAction();
  const field = useRef(null);
  useEffect(() => {
    if (!query) {
      field.current.focus();
    }
  }, []);

  const ask = (cursor) => run(async () => {
    const answer = await client.request('GET', '/search', { query: { q: query, conversation, tz: ZONE, scope: 'own', limit: 30, cursor } });
    setPage(answer);
    setHits(cursor ? [...hits, ...answer.hits] : answer.hits);
  });

  useEffect(() => {
    setText(query);
    setPage(null);
    setHits([]);
    if (query) {
      ask();
    }
  }, [query, conversation]);

  useEffect(() => {
    if (!text.trim() || text === query) {
      setSuggestions([]);
      return undefined;
    }
    const timer = setTimeout(async () => {
      try {
        setSuggestions((await client.request('GET', '/search/suggest', { query: { q: text, tz: ZONE, limit: 6 } })).suggestions);
      } catch {
        setSuggestions([]);
      }
    }, 200);
    return () => clearTimeout(timer);
  }, [text]);

  const search = (wanted) => {
    setSuggestions([]);
    app.go(`/search?${new URLSearchParams({ q: wanted, ...(conversation && { in: conversation }) })}`);
  };
  const enter = useEnter(() => search(text.trim()));

  return html`<div class="room search">
    <header class="room-head"><button type="button" class="icon back" aria-label=${t('back')} onClick=${() => app.go('/')}><${Icon} name="back" /></button><h2 id="search-title" tabindex="-1">${t('search.title')}</h2></header>
    <form class="pad" role="search" onSubmit=${(event) => {
      event.preventDefault();
      search(text.trim());
    }}>
      <label>${t('search.field')}<input type="search" name="q" value=${text} autocomplete="off" maxlength="1000" aria-describedby="search-hint" ref=${field}
        onInput=${(event) => setText(event.target.value)} ...${enter} /></label>
      <p id="search-hint" class="hint">${t('search.hint')}</p>
      ${suggestions.length > 0 && html`<ul class="chips">${suggestions.map((suggestion) => html`<li key=${suggestion.query}><button type="button" class="link" onClick=${() => search(suggestion.query)}>${suggestion.text}</button></li>`)}</ul>`}
    </form>
    <${ProblemNote} problem=${problem} />
    <div class="scroll" tabindex="0" role="region" aria-label=${t('search.title')}>
      <p class="hint pad" role="status">${busy ? t('loading') : page && (hits.length === 0 ? t('search.none') : t('search.count', { n: `${page.totalIsExact ? '' : '≥ '}${page.total}` }))}</p>
      <ol class="hits">${hits.map((hit) => {
        const where = inbox.get(hit.conversation);
        const href = `/c/${hit.conversation}/${hit.position}`;
        return html`<li key=${`${hit.conversation}-${hit.position}-${hit.version}`}><a href=${href} onClick=${(event) => app.follow(event, href)}>
          <${Avatar} people=${people} user=${hit.sender} />
          <span class="grow"><span class="line"><strong>${nameOf(people.get(hit.sender))}</strong><span class="faint">${where ? titleOf(app, where) : ''}</span>
            <time datetime=${hit.at} title=${full(hit.at)}>${brief(hit.at)}</time></span>
            <span class="preview">${highlighted(hit)}</span></span></a></li>`;
      })}</ol>
      ${page?.next && html`<button type="button" class="quiet" disabled=${busy} onClick=${() => ask(page.next)}>${t('more')}</button>`}
    </div>
  </div>`;
}

/** Fragments have mark elements around what was found, and are escaped for HTML otherwise. */
export function highlighted(hit) {
  const fragments = hit.highlights?.length ? hit.highlights : [hit.text ?? ''];
  return fragments.slice(0, 3).map((fragment, i) => html`${i > 0 && ' … '}${fragment.split(/<mark>(.*?)<\/mark>/s).map((part, j) => (j % 2 === 1 ? html`<mark>${plain(part)}</mark>` : plain(part)))}`);
}

const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#x2F;', '/').replaceAll('&amp;', '&');
