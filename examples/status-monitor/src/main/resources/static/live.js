// The stream of changes, and how it is.

const MISSED_HEARTBEATS = 2.5;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;
const ATTEMPTS_UNTIL_LOST = 3;

/**
 * Keeps a stream of events open, and goes on where it was cut. Its state is `connecting`, `live`, `reconnecting`, or `lost`
 * after several attempts, which go on all the same. A stream that is silent for longer than its heartbeat counts as cut.
 *
 * @param on what to do: `state(name)`, `heartbeat(data)`, `reload()`, `change(export)`
 * @returns a function that connects at once
 */
export function follow(url, on) {
  let source;
  let lastEventId;
  let state = 'connecting';
  let attempts = 0;
  let timer;
  let silence = 30_000;

  function enter(next) {
    if (next !== state) {
      state = next;
      on.state(state);
    }
  }

  function listenFor(name, action) {
    const stream = source;
    stream.addEventListener(name, event => {
      if (stream !== source) {
        return;
      }
      attempts = 0;
      lastEventId = event.lastEventId || lastEventId;
      enter('live');
      action(event.data);
      expectMore();
    });
  }

  function expectMore() {
    clearTimeout(timer);
    timer = setTimeout(cut, silence);
  }

  function connect() {
    source?.close();
    source = new EventSource(lastEventId ? `${url}?lastEventId=${encodeURIComponent(lastEventId)}` : url);
    source.onerror = cut;
    listenFor('heartbeat', data => {
      const heartbeat = JSON.parse(data);
      silence = heartbeat.nextAfterMillis * MISSED_HEARTBEATS;
      on.heartbeat(heartbeat);
    });
    listenFor('reload', () => on.reload());
    listenFor('export', data => on.change(JSON.parse(data)));
    expectMore();
  }

  // The browser's own reconnecting gives up on some answers, and on silence it does nothing.
  function cut() {
    source.close();
    attempts++;
    enter(attempts > ATTEMPTS_UNTIL_LOST ? 'lost' : 'reconnecting');
    clearTimeout(timer);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
    timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
  }

  function connectIfCut() {
    if (state !== 'live' && !document.hidden) {
      connect();
    }
  }

  addEventListener('online', connectIfCut);
  addEventListener('pageshow', event => event.persisted && connect());
  document.addEventListener('visibilitychange', connectIfCut);
  connect();
  return connect;
}
