// Markdown of the usual small kind. The text becomes elements directly, so no HTML is ever parsed: what looks like HTML is
// shown as it was written.
import { Lexer } from 'marked';
import { html } from 'htm/preact';
import { memo } from './memo.js';

const SAFE_LINK = /^(https?:|mailto:)/i;
const MENTION = /@([\p{L}\p{N}_.-]{1,64})/gu;

/** Text longer than this is shown as it is: nobody formats it, and its structure could be built to take long. */
const LONGEST = 20_000;

/**
 * The text, formatted again only if it or the mentions change. Keeping the elements themselves would leak: each refers to
 * the whole page as it was when they were first drawn. `mentioned` has the names after @ that the message mentions, in lower
 * case, each between two spaces.
 */
export const Markdown = memo(({ text, mentioned }) => renderMarkdown(text, (name) => mentioned.includes(` ${name.toLowerCase()} `)));

/**
 * @param {string} text
 * @param {(name: string) => boolean} isMention whether a name after @ is somebody whom the message mentions
 */
function renderMarkdown(text, isMention) {
  if (text.length > LONGEST) {
    return html`<p class="plain">${text}</p>`;
  }
  const tokens = new Lexer({ gfm: true, breaks: true }).lex(text);
  return tokens.map((token) => block(token, isMention));
}

function block(token, isMention) {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return html`<p><strong>${inline(token.tokens, isMention)}</strong></p>`;
    case 'code':
      return html`<pre><code>${token.text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${token.tokens.map((inner) => block(inner, isMention))}</blockquote>`;
    case 'list': {
      const items = token.items.map((item) => html`<li>${item.tokens.map((inner) => block(inner, isMention))}</li>`);
      return token.ordered ? html`<ol start=${token.start || 1}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'hr':
      return html`<hr />`;
    case 'text':
      return token.tokens ? html`<span>${inline(token.tokens, isMention)}</span>` : mentions(plain(token.text), isMention);
    case 'paragraph':
      return html`<p>${inline(token.tokens, isMention)}</p>`;
    default:
      return html`<p class="plain">${token.raw}</p>`;
  }
}

function inline(tokens, isMention) {
  return (tokens ?? []).map((token) => {
    switch (token.type) {
      case 'strong':
        return html`<strong>${inline(token.tokens, isMention)}</strong>`;
      case 'em':
        return html`<em>${inline(token.tokens, isMention)}</em>`;
      case 'del':
        return html`<del>${inline(token.tokens, isMention)}</del>`;
      case 'codespan':
        return html`<code>${plain(token.text)}</code>`;
      case 'br':
        return html`<br />`;
      case 'link':
        return SAFE_LINK.test(token.href)
          ? html`<a href=${token.href} target="_blank" rel="noopener noreferrer nofollow">${inline(token.tokens, isMention)}</a>`
          : token.raw;
      case 'escape':
        return plain(token.text);
      case 'text':
        return token.tokens ? inline(token.tokens, isMention) : mentions(plain(token.text), isMention);
      default:
        return token.raw;
    }
  });
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** The lexer escapes some texts for HTML; elements need them as they were written. */
function plain(text) {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]);
}

function mentions(text, isMention) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(MENTION)) {
    if (isMention(match[1])) {
      parts.push(text.slice(from, match.index), html`<mark class="mention">${match[0]}</mark>`);
      from = match.index + match[0].length;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
