// The listing, read as it comes.

/** Calls back for each export, and reads on when the promise that it gives is kept. */
export async function readExports(url, signal, onExport) {
  const response = await fetch(url, { signal, cache: 'no-store', headers: { Accept: 'application/x-ndjson' } });
  if (!response.ok) {
    throw new Error(await reason(response));
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (done ? '' : value)).split('\n');
    rest = done ? '' : lines.pop();
    for (const line of lines) {
      if (line) {
        await onExport(JSON.parse(line));
      }
    }
    if (done) {
      return;
    }
  }
}

async function reason(response) {
  try {
    return (await response.json()).detail ?? `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}
