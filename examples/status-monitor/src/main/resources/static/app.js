// The page: what the stream of events says goes into one table.

import { read } from './export.js';
import { Filter } from './filter.js';
import { absoluteTime, number, words } from './format.js';
import { follow } from './live.js';
import { ExportTable } from './table.js';

const ROWS_A_FRAME = 400;
// Where everything lights up, nothing does.
const MOST_HIGHLIGHTS = 50;
const CONNECTION = {
  connecting: ['Connecting…'],
  reconnecting: ['Reconnecting…'],
  lost: ['Connection lost', 'The monitor cannot be reached.'],
  starting: ['Reading the list…'],
  live: ['Live'],
  delayed: ['Delayed', 'The API has not answered the last poll yet.'],
  held: ['On hold', 'The API takes no more calls for now.'],
  refused: ['Key refused', 'The API refuses the key.'],
  failing: ['Polls fail', 'The API could not be polled.'],
};

const find = id => document.getElementById(id);
const table = new ExportTable(document.querySelector('#exports tbody'));
// What waits for the next frame, by id: a newer change takes the place of an older one.
const waiting = new Map();
let frame = null;
// The exports that the stream told of while it is at the first of its lists.
let told = new Set();
let listedAt = null;
let loaded = false;
let news = new Map();

const filter = new Filter(current => {
  table.filter(exported => current.matches(exported));
  showCounts(current);
  announce(find('summary').textContent);
});

function renderSoon() {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    const highlight = loaded && waiting.size <= MOST_HIGHLIGHTS;
    for (const change of [...waiting.values()].slice(0, ROWS_A_FRAME)) {
      waiting.delete(change.export.id);
      apply(change, highlight);
    }
    showCounts(filter);
    if (waiting.size > 0) {
      renderSoon();
    }
  });
}

function apply(change, highlight) {
  const { id, status } = change.export;
  const before = change.kind === 'REMOVED' ? table.remove(id) : table.put(change.export, highlight);
  if (loaded && (change.kind === 'REMOVED' ? before : before?.status !== status)) {
    news.set(id, `${id} is ${change.kind === 'REMOVED' ? 'no longer listed' : words(status)}`);
  }
}

function showCounts(current) {
  const { exports, shown } = table;
  const total = exports.length;
  loaded ||= told === null && waiting.size === 0;
  current.count(exports, loaded || total > 0);
  const of = shown === total ? number(total) : `${number(shown)} of ${number(total)}`;
  find('summary').textContent = loaded ? `${of} ${total === 1 ? 'export' : 'exports'}`
    : total > 0 ? `Loading, ${of} so far…` : 'No list yet';
  find('exports').setAttribute('aria-busy', String(!loaded));
  find('empty').hidden = shown > 0 || !loaded;
  find('empty').querySelector('p').textContent =
    total === 0 ? 'There are no exports yet. New ones appear here.' : 'No export matches this filter.';
  find('empty').querySelector('button').hidden = total === 0;
}

function showConnection(state, detail) {
  const [name, explanation] = CONNECTION[state];
  find('connection').dataset.state = state;
  setText('connection', name);
  find('reconnect').hidden = state !== 'lost';
  find('trouble').hidden = !explanation;
  find('trouble').dataset.state = state;
  const age = listedAt ? `The list is as it was on ${absoluteTime(Date.parse(listedAt))}.` : 'The list was not read yet.';
  setText('explanation', explanation ? `${explanation} ${age}` : '');
  setText('detail', detail ?? '');
}

function showStatus(status) {
  listedAt = status.listedAt;
  const until = status.heldUntil && `It will again on ${absoluteTime(Date.parse(status.heldUntil))}.`;
  showConnection(status.kind.toLowerCase(), until ?? status.failure);
}

function setText(id, text) {
  if (find(id).textContent !== text) {
    find(id).textContent = text;
  }
}

function announce(text) {
  find('announcements').textContent = text;
}

function tellNews() {
  if (news.size > 0) {
    const some = [...news.values()].slice(0, 3).join(', ');
    announce(`${news.size === 1 ? '1 export' : `${news.size} exports`} changed: ${some}`);
    news = new Map();
  }
}

const reconnect = follow('exports/changes', {
  opening() {
    told = new Set();
    waiting.clear();
  },
  cut(isLost) {
    showConnection(isLost ? 'lost' : 'reconnecting');
  },
  events: {
    hello({ sandbox }) {
      find('sandbox').hidden = !sandbox;
    },
    status: showStatus,
    changes(changes) {
      for (const { kind, export: sent } of changes) {
        told?.add(sent.id);
        waiting.set(sent.id, { kind, export: read(sent) });
      }
      renderSoon();
    },
    listed() {
      if (told !== null) {
        table.keep(told);
        told = null;
        renderSoon();
      }
    },
  },
});

find('reconnect').addEventListener('click', reconnect);
find('empty').querySelector('button').addEventListener('click', () => filter.clear());
setInterval(() => table.tellTime(), 10_000);
setInterval(tellNews, 4_000);
