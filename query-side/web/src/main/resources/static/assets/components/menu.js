// A short list of buttons beside the button that opened it.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { html } from 'htm/preact';

/**
 * Takes the focus with its drawing, so that the next key is for the menu. Escape gives it back to the button that opened it,
 * and so does a choice, before what is chosen happens: a dialog returns the focus to where it was. A click or the focus
 * elsewhere closes the menu too.
 *
 * @param {{onClose: () => void, class?: string, children?: any}} props
 */
export function Menu({ onClose, class: name = '', children }) {
  const element = useRef(null);
  const opener = useRef(null);
  const giveBack = () => opener.current?.focus({ preventScroll: true });
  useLayoutEffect(() => {
    opener.current = document.activeElement;
    const menu = element.current;
    const outside = (event) => !menu.contains(event.target) && !opener.current.contains(event.target) && onClose();
    menu.scrollIntoView({ block: 'nearest' });
    menu.querySelector('button')?.focus({ preventScroll: true });
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      if (menu.contains(document.activeElement)) {
        giveBack();
      }
    };
  }, []);
  return html`<div class=${`menu ${name}`} ref=${element} onClickCapture=${giveBack} onKeyDown=${(event) => {
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
