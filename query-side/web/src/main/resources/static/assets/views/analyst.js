// Searching the whole history: facets, numbers over time, saved searches, export.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { brief, full, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';
import { Bars } from '../components/bars.js';
import { useEnter } from '../components/enter.js';
import { download } from '../components/download.js';
import { Reason } from '../components/reason.js';
import { ProblemNote, nameOf, useAction } from '../components/common.js';
import { highlighted } from './search.js';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function AnalystView({ app }) {
  const { client, people } = app;
  useModel(people);
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState(null);
  const [sort, setSort] = useState('relevance');
  const [past, setPast] = useState({ was: '', asOf: '' });
  const [page, setPage] = useState(null);
  const [hits, setHits] = useState([]);
  const [numbers, setNumbers] = useState(null);
  const [saved, setSaved] = useState([]);
  const { run, busy, problem } = useAction();
  const form = useRef(null);

  const loadSaved = () => run(async () => setSaved((await client.request('GET', '/search/saved')).searches));
  useEffect(() => {
    loadSaved();
  }, []);

  const investigates = app.roles.includes('investigator');
  const whole = () => [query.trim(), past.was && `was:${past.was}`, past.asOf && `as-of:${past.asOf}`].filter(Boolean).join(' ');
  const search = (q, order = sort, cursor = undefined) => run(async () => {
    const parameters = { q, tz: ZONE, reason: app.reason };
    const answer = await client.request('GET', '/search', { query: { ...parameters, scope: 'all', sort: order, limit: 30, facets: cursor ? undefined : true, cursor } });
    setHits(cursor ? [...hits, ...answer.hits] : answer.hits);
    setPage(cursor ? { ...page, next: answer.next } : answer);
    setAsked(q);
    if (!cursor) {
      setNumbers(await client.request('GET', '/search/statistics', { query: parameters }));
    }
  });
  const enter = useEnter(() => form.current.requestSubmit());
  const narrow = (term) => {
    const narrowed = `${query} ${term}`.trim();
    setQuery(narrowed);
    search(narrowed);
  };

  return html`<div class="room desk">
    <header class="room-head"><h2 id="desk-title" tabindex="-1">${t('analyst.title')}</h2></header>
    <div class="scroll pad" tabindex="0" role="region" aria-label=${t('analyst.title')}>
      <p class="recorded">${t('analyst.recorded')}</p>
      <form class="card wide" role="search" ref=${form} onSubmit=${(event) => {
        event.preventDefault();
        search(whole());
      }}>
        <${Reason} value=${app.reason} onChange=${(reason) => app.setReason(reason)} />
        <label>${t('search.field')}<input type="search" maxlength="1000" value=${query} onInput=${(event) => setQuery(event.target.value)} ...${enter} aria-describedby="analyst-hint" /></label>
        <p id="analyst-hint" class="hint">${t('analyst.hint')}</p>
        ${investigates && html`<fieldset class="row"><legend>${t('analyst.past')}</legend>
          <label class="grow">${t('analyst.was')}<select value=${past.was} onChange=${(event) => setPast({ ...past, was: event.target.value })}>
            ${['', 'edited', 'retracted'].map((each) => html`<option key=${each} value=${each}>${t(each ? `analyst.was-${each}` : 'analyst.any')}</option>`)}</select></label>
          <label class="grow">${t('analyst.as-of')}<input type="date" value=${past.asOf} onInput=${(event) => setPast({ ...past, asOf: event.target.value })} /></label></fieldset>`}
        <div class="row"><label>${t('analyst.sort')}<select value=${sort} onChange=${(event) => {
          setSort(event.target.value);
          if (asked !== null) {
            search(asked, event.target.value);
          }
        }}>${['relevance', 'newest', 'oldest'].map((each) => html`<option key=${each} value=${each}>${t(`analyst.${each}`)}</option>`)}</select></label>
          <span class="grow"></span>
          <button type="button" class="quiet" disabled=${busy || !query.trim()} onClick=${() => run(async () => {
            await client.request('PUT', `/search/saved/s-${Date.now()}`, { body: { name: query.trim().slice(0, 100), q: query.trim(), sort } });
            await loadSaved();
          })}>${t('analyst.save')}</button>
          <button type="button" class="quiet" disabled=${busy || asked === null} onClick=${() => run(() => download(client, '/search/export', { q: asked, tz: ZONE, format: 'csv', reason: app.reason }, 'messages.csv'))}>${t('analyst.export')}</button>
          <button type="submit" disabled=${busy}>${t('search.field')}</button></div>
        ${saved.length > 0 && html`<ul class="chips" aria-label=${t('analyst.saved')}>${saved.map((each) => html`<li key=${each.id}>
          <button type="button" class="link" onClick=${() => {
            setQuery(each.q);
            search(each.q);
          }}>${each.name}</button>
          <button type="button" class="icon" aria-label=${`${t('remove')}: ${each.name}`} onClick=${() => run(async () => {
            await client.request('DELETE', `/search/saved/${encodeURIComponent(each.id)}`);
            await loadSaved();
          })}>✕</button></li>`)}</ul>`}
      </form>
      <${ProblemNote} problem=${problem} />
      <p class="hint" role="status">${busy ? t('loading') : page && t('search.count', { n: `${page.totalIsExact ? '' : '≥ '}${page.total}` })}</p>
      ${numbers && numbers.intervals.length > 0 && html`<div class="card wide"><h3>${t('analyst.over-time')}</h3>
        <${Bars} label=${t('analyst.over-time')} bars=${numbers.intervals.map((part) => ({ key: part.from, title: full(part.from), count: part.count }))} /></div>`}
      ${page?.facets && html`<div class="columns">
        <div class="card"><h3>${t('analyst.senders')}</h3><ol>${page.facets.sender.map((facet) => html`<li key=${facet.sender} class="row">
          <button type="button" class="link grow" onClick=${() => narrow(`from:${facet.sender}`)}>${nameOf(people.get(facet.sender))}</button><span>${facet.count}</span></li>`)}</ol></div>
        <div class="card"><h3>${t('inbox.title')}</h3><ol>${page.facets.conversation.map((facet) => html`<li key=${facet.conversation} class="row">
          <button type="button" class="link grow" onClick=${() => narrow(`in:${facet.conversation}`)}><code>${facet.conversation}</code></button><span>${facet.count}</span></li>`)}</ol></div></div>`}
      <ol class="hits">${hits.map((hit) => html`<li key=${`${hit.conversation}-${hit.position}-${hit.version}`} class="pad">
        <p class="line"><strong>${nameOf(people.get(hit.sender))}</strong><code class="faint">${hit.conversation} · ${hit.position}</code><time datetime=${hit.at} title=${full(hit.at)}>${brief(hit.at)}</time></p>
        <p class="preview">${hit.end && html`<span class="badge">${t(`analyst.was-${hit.end}`)}</span> `}${highlighted(hit)}</p></li>`)}</ol>
      ${page?.next && html`<button type="button" class="quiet" disabled=${busy} onClick=${() => search(asked, sort, page.next)}>${t('more')}</button>`}
    </div></div>`;
}
