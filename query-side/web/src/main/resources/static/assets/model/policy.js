// A page that is open while its server is replaced keeps the Content-Security-Policy that it was loaded with, which does
// not name the gateways of the new one. Loading the page again loses nothing: drafts, unsent messages and the place in
// the conversation are kept.
const RELOADED_FOR = 'parley.policy';

/** Loads the page again when its policy refuses a connection, once for each policy that the server has. */
export function followPolicy() {
  document.addEventListener('securitypolicyviolation', (event) => {
    if (event.effectiveDirective === 'connect-src') {
      reloadIfNew().catch(() => undefined); // Without an answer of the server there is nothing to connect to either.
    }
  });
}

async function reloadIfNew() {
  const { headers } = await fetch('/', { cache: 'no-cache' });
  const policy = headers.get('Content-Security-Policy');
  if (policy && policy !== sessionStorage.getItem(RELOADED_FOR)) {
    sessionStorage.setItem(RELOADED_FOR, policy);
    location.reload();
  }
}
