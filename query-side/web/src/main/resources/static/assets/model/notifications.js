// Web Push for this device: asked for by the user, renewed at each start, ended with the login.

const WORKER = '/service-worker.js';

/** The only URL from which this page may load a worker. */
const policy = globalThis.trustedTypes?.createPolicy('parley', { createScriptURL: () => WORKER });
const workerUrl = () => policy?.createScriptURL('') ?? WORKER;

const bytesOf = (/** @type {string} */ text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const textOf = (/** @type {ArrayBuffer} */ bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Whether the browser and the server can do it, and whether it is on. */
export async function pushState(client) {
  if (!('serviceWorker' in navigator) || !('PushManager' in self)) {
    return 'unsupported';
  }
  const { services } = await client.request('GET', '/push-services');
  if (!services.includes('web-push')) {
    return 'unsupported';
  }
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** @returns {Promise<boolean>} false if the user did not allow it */
export async function enablePush(client) {
  if ((await Notification.requestPermission()) !== 'granted') {
    return false;
  }
  const { webPushKey } = await client.request('GET', '/push-services');
  const registration = await navigator.serviceWorker.register(workerUrl());
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(webPushKey) });
  await register(client, subscription);
  return true;
}

export async function disablePush(client) {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  await client.request('DELETE', path(client));
}

/** At each start: a registration that is not renewed ends. */
export async function renewPush(client) {
  const registration = await navigator.serviceWorker?.getRegistration(WORKER);
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription) {
    await register(client, subscription);
  }
}

function register(client, subscription) {
  const keys = { p256dh: textOf(subscription.getKey('p256dh')), auth: textOf(subscription.getKey('auth')) };
  return client.request('PUT', path(client), { body: { service: 'web-push', endpoint: subscription.endpoint, keys } });
}

const path = (client) => `/users/me/devices/${encodeURIComponent(client.login.device)}/push`;
