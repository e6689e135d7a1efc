// The rows, by id, newest first.

import { absoluteTime, duration, fileSize, relativeTime, words } from './format.js';

const template = document.getElementById('row');

/** A table body that knows its rows by the export's id. */
export class ExportTable {
  #body;
  #rows = new Map();
  // By date, newest first.
  #order = [];
  #matches = () => true;

  constructor(body) {
    this.#body = body;
  }

  get exports() {
    return this.#order.map(row => row.export);
  }

  get shown() {
    return this.#order.filter(row => !row.element.hidden).length;
  }

  /** Gives what was there before; nothing when it was not there. */
  put(exported, highlight) {
    const row = this.#rows.get(exported.id);
    const before = row?.export;
    if (before && JSON.stringify(before) === JSON.stringify(exported)) {
      return before;
    }
    const current = row ?? this.#insert(exported);
    current.export = exported;
    fill(current.element, exported);
    current.element.hidden = !this.#matches(exported);
    if (highlight) {
      flash(current.element);
    }
    return before;
  }

  /** Gives what was there. */
  remove(id) {
    const row = this.#rows.get(id);
    if (row) {
      this.#order.splice(this.#order.indexOf(row), 1);
      this.#rows.delete(id);
      row.element.remove();
    }
    return row?.export;
  }

  #insert(exported) {
    const row = { element: template.content.firstElementChild.cloneNode(true), date: exported.requested ?? 0 };
    const index = this.#indexFor(row.date);
    this.#body.insertBefore(row.element, this.#order[index]?.element ?? null);
    this.#order.splice(index, 0, row);
    this.#rows.set(exported.id, row);
    return row;
  }

  /** Behind all that are as new, which keeps the API's order among them. */
  #indexFor(date) {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order[middle].date >= date) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Removes all others. */
  keep(ids) {
    this.#order.filter(row => !ids.has(row.export.id)).forEach(row => this.remove(row.export.id));
  }

  filter(matches) {
    this.#matches = matches;
    for (const row of this.#order) {
      row.element.hidden = !matches(row.export);
    }
  }

  tellTime() {
    const now = Date.now();
    for (const { element, date } of this.#order) {
      if (!element.hidden && date) {
        setText(element.querySelector('time'), relativeTime(date, now));
      }
    }
  }
}

function fill(element, exported) {
  const part = selector => element.querySelector(selector);
  element.dataset.id = exported.id;
  element.dataset.status = exported.status;
  part('.chip').dataset.status = exported.status;
  setText(part('.chip'), words(exported.status));
  setTime(part('time'), exported.requested);
  setText(part('.scope span'), exported.scope ? words(exported.scope) : '–');
  setText(part('.scope small'), details(exported));
  setText(part('.id code'), exported.id);
  part('.id').title = exported.id;
  setText(part('.took'), exported.started && exported.completed
    ? duration(exported.started, exported.completed)
    : '');
  part('.files').replaceChildren(...files(exported));
}

/** What the scope does not say already. */
function details({ scope, type, segment }) {
  return [type && !scope?.endsWith(type) && words(type), segment].filter(Boolean).join(', ');
}

function setTime(element, date) {
  setText(element, date ? relativeTime(date) : '–');
  if (date) {
    element.dateTime = new Date(date).toISOString();
    element.title = absoluteTime(date);
  }
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function files(exported) {
  if (exported.files?.length === 0) {
    return exported.status === 'SUCCESS' ? ['No data'] : [];
  }
  return (exported.files ?? []).filter(file => file.id).map((file, index) => {
    const link = document.createElement('a');
    const part = file.part ?? index + 1;
    const size = file.size === null ? '' : fileSize(file.size);
    link.href = `exports/${encodeURIComponent(exported.id)}/files/${encodeURIComponent(file.id)}`;
    link.download = '';
    link.textContent = size || `Part ${part}`;
    link.setAttribute('aria-label', `Download part ${part} of ${exported.id}${size ? `, ${size}` : ''}`);
    link.title = `Part ${part}`;
    return link;
  });
}

function flash(element) {
  element.classList.add('changed');
  element.addEventListener('animationend', () => element.classList.remove('changed'), { once: true });
}
