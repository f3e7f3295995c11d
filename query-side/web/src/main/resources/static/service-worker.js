// Shows notifications while no page is open, and withdraws them once the messages are read elsewhere.
// The payload is {type: 'message', title, body, conversation, position, unread} or {type: 'read', conversation, position}.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(received(event.data.json())));

async function received({ type, title, body, conversation, position, unread }) {
  if (type === 'message') {
    await self.registration.showNotification(title, { body, tag: conversation, icon: '/favicon.svg', data: { conversation, position }, renotify: true });
    await navigator.setAppBadge?.(unread);
    return;
  }
  const shown = await self.registration.getNotifications({ tag: conversation });
  shown.filter((notification) => notification.data.position <= position).forEach((notification) => notification.close());
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(`/c/${event.notification.data.conversation}`));
});

async function open(path) {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.length === 0) {
    await self.clients.openWindow(path);
    return;
  }
  await pages[0].focus();
  pages[0].postMessage({ open: path });
}
