// All texts of the page, in the language of the browser unless another was chosen.
import { LANGUAGE, language } from '../preload.js';

const LANGUAGES = { en: () => import('./en.js'), ko: () => import('./ko.js') };

document.documentElement.lang = language;
const { default: texts } = await LANGUAGES[language]();

/** The server's own words are English. */
const PROBLEMS = { ko: () => import('./ko-problems.js') };
let problems = null;

/** Loads the texts for refusals, once. Without them, the server's words are shown. */
export function loadProblems() {
  problems ??= PROBLEMS[language]?.().then((module) => Object.assign(texts, module.default), () => {
    problems = null;
  });
  return problems;
}

export function chooseLanguage(wanted) {
  localStorage.setItem(LANGUAGE, wanted);
  location.reload();
}

/**
 * @param {string} key
 * @param {Record<string, unknown>} values what replaces {name} in the text
 * @param {string | null} otherwise if there is no such text
 */
export function t(key, values = {}, otherwise = key) {
  const text = texts[key];
  if (text === undefined) {
    return otherwise;
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => isolated(String(values[name] ?? '')));
}

/** Right-to-left scripts, and the characters that set a direction. */
const TURNING = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A text in which a name or title does not turn the words around it. @param {string} text */
export const isolated = (text) => (TURNING.test(text) ? `\u2068${text}\u2069` : text);

/** The parts of a sentence in which {name} stands for an element. */
export function sentence(key, elements) {
  return texts[key].split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name ? elements[name] : part;
  });
}

const format = (options) => new Intl.DateTimeFormat(language, options);
const TIME = format({ hour: 'numeric', minute: '2-digit' });
const DAY = format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
const SHORT_DAY = format({ month: 'short', day: 'numeric' });
const FULL = format({ dateStyle: 'medium', timeStyle: 'medium' });

export const time = (at) => TIME.format(new Date(at));
export const day = (at) => DAY.format(new Date(at));
export const full = (at) => FULL.format(new Date(at));
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** What a field for date and time has, as the server reads it; undefined if it is empty. @param {string} value */
export const momentOf = (value) => (value ? new Date(value).toISOString() : undefined);

/** A time today, a day otherwise. */
export const brief = (at) => (sameDay(at, Date.now()) ? time(at) : SHORT_DAY.format(new Date(at)));

export function ago(at) {
  const minutes = Math.round((Date.now() - new Date(at).getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (minutes < 60) {
    return relative.format(-minutes, 'minute');
  }
  return minutes < 1440 ? relative.format(-Math.round(minutes / 60), 'hour') : relative.format(-Math.round(minutes / 1440), 'day');
}
