// The filter, which is in the page's address, and the counts on its buttons.

import { number, words } from './format.js';

const KNOWN = ['CREATED', 'PENDING', 'RUNNING', 'SUCCESS', 'ERROR'];

const statuses = document.querySelector('#filters fieldset');
const scope = document.getElementById('scope');

/** Shows and changes the filter of the address; calls back when it changed. */
export class Filter {
  #statuses = new Set();
  #scope = '';
  #changed;

  constructor(changed) {
    this.#changed = changed;
    KNOWN.forEach(status => this.#button(status));
    statuses.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (button) {
        this.#toggle(button.dataset.status);
      }
    });
    scope.addEventListener('change', () => {
      this.#scope = scope.value;
      this.#push();
    });
    addEventListener('popstate', () => this.#read());
    document.getElementById('filters').addEventListener('submit', event => event.preventDefault());
    this.#read();
  }

  matches(exported) {
    return (this.#statuses.size === 0 || this.#statuses.has(exported.status)) && this.#inScope(exported);
  }

  clear() {
    this.#statuses.clear();
    this.#scope = '';
    this.#push();
  }

  /** Counts what there is in the scope, by status, if it is known what there is. */
  count(exports, isKnown) {
    const counts = new Map([['', 0]]);
    for (const exported of exports) {
      this.#option(exported.scope);
      if (this.#inScope(exported)) {
        counts.set('', counts.get('') + 1);
        counts.set(exported.status, (counts.get(exported.status) ?? 0) + 1);
      }
    }
    counts.forEach((count, status) => this.#button(status));
    for (const button of statuses.querySelectorAll('button')) {
      button.querySelector('b').textContent = isKnown ? number(counts.get(button.dataset.status) ?? 0) : '–';
    }
  }

  #inScope(exported) {
    return !this.#scope || exported.scope === this.#scope;
  }

  #toggle(status) {
    if (!status) {
      this.#statuses.clear();
    } else if (!this.#statuses.delete(status)) {
      this.#statuses.add(status);
    }
    this.#push();
  }

  #push() {
    const url = new URL(location.href);
    set(url, 'status', [...this.#statuses].join(','));
    set(url, 'scope', this.#scope);
    history.pushState(null, '', url);
    this.#show();
  }

  #read() {
    const parameters = new URLSearchParams(location.search);
    this.#statuses = new Set((parameters.get('status') ?? '').split(',').filter(Boolean));
    this.#scope = parameters.get('scope') ?? '';
    this.#show();
  }

  #show() {
    this.#statuses.forEach(status => this.#button(status));
    for (const button of statuses.querySelectorAll('button')) {
      const status = button.dataset.status;
      button.setAttribute('aria-pressed', status ? this.#statuses.has(status) : this.#statuses.size === 0);
    }
    this.#option(this.#scope);
    scope.value = this.#scope;
    this.#changed(this);
  }

  #button(status) {
    if (!status || [...statuses.querySelectorAll('button')].some(button => button.dataset.status === status)) {
      return;
    }
    const button = statuses.querySelector('button').cloneNode(true);
    button.dataset.status = status;
    button.setAttribute('aria-pressed', 'false');
    button.querySelector('b').textContent = '0';
    button.querySelector('span').textContent = words(status);
    statuses.append(button);
  }

  #option(value) {
    if (value && ![...scope.options].some(option => option.value === value)) {
      scope.add(new Option(words(value), value));
    }
  }
}

function set(url, name, value) {
  if (value) {
    url.searchParams.set(name, value);
  } else {
    url.searchParams.delete(name);
  }
}
