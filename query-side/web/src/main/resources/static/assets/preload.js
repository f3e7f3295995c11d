// The first module that runs. Loads all modules of a view at once, instead of one level of imports after the other. The page
// lists them in templates.

export const LANGUAGE = 'parley.language';
const chosen = localStorage.getItem(LANGUAGE);
export const language = ['en', 'ko'].includes(chosen) ? chosen : navigator.language.startsWith('ko') ? 'ko' : 'en';

/** @param {string} view or a language */
export function preload(view) {
  const template = document.getElementById(`modules-of-${view}`);
  if (template instanceof HTMLTemplateElement) {
    document.head.append(template.content);
  }
}

preload(language);
if ([localStorage, sessionStorage].some((storage) => storage.getItem('parley.login'))) {
  preload('home');
}
