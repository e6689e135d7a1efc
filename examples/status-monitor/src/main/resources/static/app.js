// The page: what the listing and the stream of changes say goes into one table.

import { Filter } from './filter.js';
import { number, relativeTime, words } from './format.js';
import { readExports } from './list.js';
import { follow } from './live.js';
import { ExportTable } from './table.js';

const ROWS_A_FRAME = 400;
const TOLD_FOR = 5 * 60_000;
const CONNECTION = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  lost: 'Connection lost',
};

const find = id => document.getElementById(id);
const table = new ExportTable(document.querySelector('#exports tbody'));
// What waits for the next frame, by id: a newer state takes the place of an older one.
const waiting = new Map();
let frame = null;
let listing = null;
let listed = new Set();
let changed = new Set();
let loadedOnce = false;
let failure = null;
let news = new Map();

const filter = new Filter(current => {
  table.filter(exported => current.matches(exported));
  showCounts(current);
  announce(find('summary').textContent);
});

function show(exported, fromStream) {
  waiting.set(exported.id, { exported, fromStream });
  frame ??= nextFrame();
}

function nextFrame() {
  return new Promise(resolve => requestAnimationFrame(() => {
    frame = null;
    render();
    if (waiting.size > 0) {
      frame = nextFrame();
    }
    resolve();
  }));
}

function render() {
  let room = ROWS_A_FRAME;
  for (const [id, { exported, fromStream }] of waiting) {
    if (room-- === 0) {
      break;
    }
    waiting.delete(id);
    const before = table.put(exported, { changed: true, added: fromStream && loadedOnce });
    if (fromStream && loadedOnce && before?.status !== exported.status) {
      news.set(id, exported);
    }
  }
  showCounts(filter);
}

function showCounts(current) {
  const { exports, shown } = table;
  current.count(exports);
  const total = exports.length;
  const loading = Boolean(listing) || !loadedOnce && !failure;
  const of = shown === total ? number(total) : `${number(shown)} of ${number(total)}`;
  find('summary').textContent = loading ? `Loading, ${of} so far…` : `${of} ${total === 1 ? 'export' : 'exports'}`;
  find('exports').setAttribute('aria-busy', String(loading));
  const empty = shown === 0 && !loading && !failure;
  find('empty').hidden = !empty;
  find('empty').querySelector('p').textContent =
    total === 0 ? 'There are no exports yet. New ones appear here.' : 'No export matches this filter.';
  find('empty').querySelector('button').hidden = total === 0;
}

/**
 * Reads the whole list. The stream was open before, so what it says of an export is newer than the listing's word, or will
 * be followed by what is.
 */
async function load() {
  listing?.abort();
  const mine = new AbortController();
  listing = mine;
  failure = null;
  listed = new Set();
  changed = new Set();
  showFailure();
  showCounts(filter);
  try {
    await readExports('exports', mine.signal, async exported => {
      listed.add(exported.id);
      if (!changed.has(exported.id)) {
        show(exported, false);
      }
      if (waiting.size > ROWS_A_FRAME) {
        await frame;
      }
    });
    await frame;
    if (listing === mine) {
      table.keep(new Set([...listed, ...changed]));
      loadedOnce = true;
      announce(`${number(listed.size)} exports loaded`);
    }
  } catch (error) {
    if (listing === mine) {
      failure = error instanceof TypeError ? 'The connection broke.' : error.message;
    }
  }
  if (listing === mine) {
    listing = null;
    showFailure();
    showCounts(filter);
  }
}

function showFailure() {
  find('problem').hidden = !failure;
  find('problem').querySelector('p').textContent = failure ? `The list could not be read to its end. ${failure}` : '';
}

function showHeartbeat({ sandbox, failedAt, failure: reason }) {
  find('sandbox').hidden = !sandbox;
  const at = failedAt && Date.parse(failedAt);
  const told = Boolean(at) && Date.now() - at < TOLD_FOR;
  find('polling').hidden = !told;
  const text = told ? `A poll of the API failed ${relativeTime(at)}. ${reason ?? ''}` : '';
  if (find('polling').textContent !== text) {
    find('polling').textContent = text;
  }
}

function announce(text) {
  find('announcements').textContent = text;
}

function tellNews() {
  if (news.size > 0) {
    const some = [...news.values()].slice(0, 3).map(exported => `${exported.id} is ${words(exported.status)}`);
    announce(`${news.size === 1 ? '1 export' : `${news.size} exports`} changed: ${some.join(', ')}`);
    news = new Map();
  }
}

const reconnect = follow('exports/changes', {
  state(state) {
    find('connection').dataset.state = state;
    find('connection').textContent = CONNECTION[state];
    find('reconnect').hidden = state !== 'lost';
  },
  heartbeat: showHeartbeat,
  reload: load,
  change(exported) {
    changed.add(exported.id);
    show(exported, true);
  },
});

find('reconnect').addEventListener('click', reconnect);
find('problem').querySelector('button').addEventListener('click', load);
find('empty').querySelector('button').addEventListener('click', () => filter.clear());
setInterval(() => table.tellTime(), 10_000);
setInterval(tellNews, 4_000);
