// The stream of events, which is opened again whenever it is cut.

const MISSED_HEARTBEATS = 2.5;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;
const ATTEMPTS_UNTIL_LOST = 3;

/**
 * Keeps a stream of server-sent events open. A stream that is silent for longer than its heartbeat counts as cut.
 *
 * @param on.opening is called before each stream, which begins anew
 * @param on.cut is called after each one, and told whether several in a row have failed
 * @param on.events what to do with the data of an event, by its name
 * @returns a function that opens a new stream at once
 */
export function follow(url, on) {
  let source;
  let cuts = 0;
  let timer;
  let silence = 30_000;

  function open() {
    source?.close();
    const stream = new EventSource(url);
    source = stream;
    stream.onerror = cut;
    on.opening();
    for (const [name, action] of Object.entries(on.events)) {
      stream.addEventListener(name, event => {
        if (stream === source) {
          cuts = 0;
          const data = JSON.parse(event.data);
          silence = data.heartbeatMillis * MISSED_HEARTBEATS || silence;
          expectMore();
          action(data);
        }
      });
    }
    expectMore();
  }

  function expectMore() {
    clearTimeout(timer);
    timer = setTimeout(cut, silence);
  }

  // The browser's own reconnecting gives up on some answers, and on silence it does nothing.
  function cut() {
    source.close();
    cuts++;
    on.cut(cuts > ATTEMPTS_UNTIL_LOST);
    clearTimeout(timer);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (cuts - 1));
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
  }

  function openIfCut() {
    if (cuts > 0 && !document.hidden) {
      open();
    }
  }

  addEventListener('online', openIfCut);
  addEventListener('pageshow', event => event.persisted && open());
  document.addEventListener('visibilitychange', openIfCut);
  open();
  return open;
}
