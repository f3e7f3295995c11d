// Saves an answer that is no JSON as a file.

/** @param {any} client @param {string} path below /api/v1 @param {Record<string, string | undefined>} query @param {string} name of the file */
export async function download(client, path, query, name) {
  const blob = await client.request('GET', path, { query, as: 'blob' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
