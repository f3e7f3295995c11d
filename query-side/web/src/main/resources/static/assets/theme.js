// The colours: like the system unless chosen.
const THEME = 'parley.theme';

export const theme = () => localStorage.getItem(THEME) ?? 'system';

export function chooseTheme(wanted) {
  wanted === 'system' ? localStorage.removeItem(THEME) : localStorage.setItem(THEME, wanted);
  applyTheme();
}

export function applyTheme() {
  const wanted = theme();
  wanted === 'system' ? delete document.documentElement.dataset.theme : (document.documentElement.dataset.theme = wanted);
}
