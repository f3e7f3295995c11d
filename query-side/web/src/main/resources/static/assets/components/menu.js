// A short list of buttons beside the button that opened it.
import { useEffect, useRef } from 'preact/hooks';
import { html } from 'htm/preact';

/**
 * Takes the focus when it opens. Escape gives it back to the button that opened it, and a click or the focus elsewhere closes
 * it too.
 *
 * @param {{onClose: () => void, class?: string, children?: any}} props
 */
export function Menu({ onClose, class: name = '', children }) {
  const element = useRef(null);
  useEffect(() => {
    const opener = document.activeElement;
    const menu = element.current;
    const outside = (event) => !menu.contains(event.target) && !opener?.contains(event.target) && onClose();
    menu.scrollIntoView({ block: 'nearest' });
    menu.querySelector('button')?.focus({ preventScroll: true });
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      if (opener instanceof HTMLElement && menu.contains(document.activeElement)) {
        opener.focus({ preventScroll: true });
      }
    };
  }, []);
  return html`<div class=${`menu ${name}`} ref=${element} onKeyDown=${(event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const buttons = [...element.current.querySelectorAll('button')].filter((button) => button.offsetParent !== null);
      const at = buttons.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      buttons.at(at % buttons.length).focus();
    }
  }}>${children}</div>`;
}
