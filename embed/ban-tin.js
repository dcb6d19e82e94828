// The element <ban-tin>. This script alone touches the host's page: it defines the element, waits until it is near what
// the reader sees, fetches, puts what `embed/src` makes into a shadow root, and tells the host by events. Whatever goes
// wrong, the element's own content (a plain link) stays or comes back.
//
// `cargo xtask dist` puts the styles in for STYLES and the hashed names in for the two programs.

const NAMES = ['src', 'article', 'category', 'query', 'from', 'to', 'limit', 'layout', 'open', 'theme', 'lang', 'heading', 'refresh'];
const NUMBERS = ['limit', 'refresh'];
/** Most sources; `routes::Embed` has the same. */
const SOURCES = 10;
/** Longest wait for an answer, in ms. */
const PATIENCE = 30000;
/** How long an answer serves all elements of a page, in ms: less than the shortest `refresh`. */
const KEPT = 55000;
/** Largest answer, in bytes or letters. */
const MOST = 16000000;
/** How long a source may keep those waiting that are there already, in ms. */
const GRACE = 1500;
/** Tallest a frame gets, in pixels. */
const TALLEST = 20000;
/** Where this script lies, which is where its portal does. */
const OWN = new URL('.', import.meta.url).href;
/** Names that stand for their content; all others are asked for anew. */
const HASHED = /[-/][0-9a-f]{15,16}[./]|\?v=/;

/** The two programs, once they are asked for; one that failed can be asked for again. */
const programs = {};
const importing = {
  list: () => import('./embed/list.js'),
  more: () => import('./embed/more.js'),
};

function program(name) {
  programs[name] ??= importing[name]()
    .catch(() => Promise.reject('unreachable'))
    // Where WebAssembly is refused (a policy without 'wasm-unsafe-eval'), this is what fails.
    .then(module => module.default().then(() => module, () => Promise.reject('blocked')));
  programs[name].catch(() => delete programs[name]);
  return programs[name];
}

/** What was fetched lately, by address: one download for all elements of the page. */
const answers = new Map();

function get(address) {
  const now = performance.now();
  for (const [old, { at }] of answers) if (now - at > KEPT) answers.delete(old);
  let known = answers.get(address);
  if (!known) {
    known = { at: now, answer: download(address) };
    answers.set(address, known);
    known.answer.catch(() => answers.delete(address));
  }
  return known.answer;
}

/** JSON, or the bytes of what is called `.bin`. Rejects with a word of `bantin:error`. */
async function download(address) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      signal: abort.signal,
      credentials: 'omit',
      cache: HASHED.test(address) ? 'default' : 'no-cache',
    });
    if (!response.ok) throw response.status === 404 || response.status === 410 ? 'not-found' : 'refused';
    if (response.headers.get('content-length') > MOST) throw 'too-large';
    if (new URL(address).pathname.endsWith('.bin')) return new Uint8Array(await response.arrayBuffer());
    const text = await response.text();
    if (text.length > MOST) throw 'too-large';
    try { return JSON.parse(text.replace(/^\ufeff/, '')); } catch { throw 'damaged'; }
  } catch (error) {
    if (typeof error === 'string') throw error;
    throw abort.signal.aborted ? 'timeout' : navigator.onLine ? 'unreachable' : 'offline';
  } finally {
    abort.abort(clearTimeout(timer));
  }
}

/** Styles, once for all elements. */
const sheets = new Map();

function sheet(text) {
  if (!sheets.has(text)) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    sheets.set(text, made);
  }
  return sheets.get(text);
}

/** Tells each element when it comes near what the reader sees. */
const nearby = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) target[near]();
}, { rootMargin: '300px' });
const near = Symbol('near');

class BanTin extends HTMLElement {
  static observedAttributes = NAMES;

  #slot = document.createElement('slot');
  #box = document.createElement('div');
  /** The number of the last attempt: what an older one brings comes too late. */
  #run = 0;
  #near = false;
  #timer;
  #frame;
  /** The list that an article was opened from, and the link. */
  #list;
  #link;

  constructor() {
    super();
    // First, because a browser that does not know this must keep the element's own content.
    const styles = sheet(STYLES);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    root.append(this.#slot, this.#box);
    root.addEventListener('click', event => this.#click(event));
    // A picture that cannot be had leaves its quiet plate.
    root.addEventListener('error', ({ target }) => { if (target.localName === 'img') target.style.visibility = 'hidden'; }, true);
  }

  connectedCallback() {
    nearby.observe(this);
  }

  disconnectedCallback() {
    nearby.unobserve(this);
    this.#stop();
    this.#near = false;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#near || before === now || name === 'theme') return;
    // Several attributes are often set one after the other.
    const run = ++this.#run;
    queueMicrotask(() => { if (run === this.#run) this.#show(); });
  }

  [near]() {
    if (this.#near) return;
    this.#near = true;
    this.#show();
  }

  #stop() {
    this.#run++;
    clearTimeout(this.#timer);
    this.#unframe();
  }

  /** The options as a query string; addresses are whole. */
  #options(changes) {
    const options = new URLSearchParams();
    for (const name of NAMES) if (this.hasAttribute(name)) options.set(name, this.getAttribute(name));
    const sources = (this.getAttribute('src') ?? '').split(/\s+/).filter(Boolean).map(source => {
      try { return new URL(source, document.baseURI).href; } catch { return ''; }
    });
    // The same that `routes::Embed` takes, because sources are known by their place.
    const whole = new Set(sources.filter(address => /^https?:/.test(address)));
    options.set('src', [...whole].slice(0, SOURCES).join(' ') || OWN);
    for (const name in changes) options.set(name, changes[name]);
    return options;
  }

  async #show(again) {
    this.#stop();
    const run = this.#run;
    const options = this.#options();
    const minutes = Math.min(Math.floor(options.get('refresh')), 1440);
    if (minutes >= 1) this.#timer = setTimeout(() => this.#again(), minutes * 60000);
    this.#list = undefined;
    // There is no list to come back to.
    if (options.get('layout') === 'article' && options.get('open') === 'here') options.set('open', 'new');
    const failure = await this.#fill(options, run);
    if (run !== this.#run) return;
    // What was there stays when only asking again failed.
    if (failure && !(again && this.#box.firstChild)) {
      this.#box.replaceChildren();
      this.#slot.hidden = false;
      // What the host's page refuses to this script it may allow to a frame.
      if (failure === 'blocked' || failure === 'broken' || failure === 'unreachable') this.#unwrap(options);
    }
  }

  /** Asks again; not behind the reader's back, nor while one is in here. */
  #again() {
    if (document.visibilityState === 'visible' && !this.#list && !this.shadowRoot.activeElement) return this.#show(true);
    this.#timer = setTimeout(() => this.#again(), 5000);
  }

  /** Puts into the box what the options ask for; gives the reason when that is nothing. */
  async #fill(options, run) {
    const is = (name, ...words) => words.includes(options.get(name));
    const name = options.get('query') || options.get('article') || is('layout', 'calendar', 'stats', 'article') ? 'more' : 'list';
    let listing, failure, held;
    const stale = () => run !== this.#run;
    const put = () => {
      clearTimeout(held);
      const tree = !stale() && listing?.tree();
      if (tree) this.#put(tree);
      return tree;
    };
    try {
      const { Listing, styles } = await program(name);
      this.shadowRoot.adoptedStyleSheets = [sheet(STYLES), sheet(styles)];
      listing = new Listing(String(options), Date.now() / 1000);
      const sources = [];
      await Promise.all(Array.from({ length: SOURCES }, async (_, at) => {
        for (let address; !stale() && (address = listing.wants(at)) !== undefined;) {
          let value, reason;
          try { value = await get(address); } catch (why) { reason = why; }
          listing?.give(at, value, reason);
        }
        if (stale()) return;
        const src = options.get('src').split(' ')[at], reason = listing.reason(at), title = listing.title(at);
        if (reason) this.#tell('error', { source: src, reason: failure = reason });
        if (title !== undefined) {
          sources.push({ src, title, count: listing.count(at) });
          held ??= setTimeout(put, GRACE);
        }
      }));
      if (put()) {
        failure = undefined;
        const articles = this.#box.querySelectorAll('[data-slug]').length;
        this.#tell('load', { sources, count: articles || sources.reduce((sum, { count }) => sum + count, 0) });
      } else if (!stale() && !failure) {
        this.#tell('error', { source: options.get('src'), reason: failure = 'not-found' });
      }
    } catch (error) {
      // A word, or a trap in the program, after which nothing of it can be used.
      failure = typeof error === 'string' ? error : 'broken';
      if (failure === 'broken') delete programs[name];
      if (!stale()) this.#tell('error', { source: options.get('src'), reason: failure });
    }
    clearTimeout(held);
    try { listing?.free(); } catch { /* The program is gone, and this with it. */ }
    listing = undefined;
    return failure;
  }

  #put(tree) {
    // The animation of a ticker goes by the number of its letters.
    for (const list of tree.querySelectorAll('[data-seconds]')) list.style.animationDuration = list.dataset.seconds + 's';
    this.#unframe();
    this.#slot.hidden = true;
    this.#box.replaceChildren(tree);
  }

  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent('bantin:' + name, {
      detail, bubbles: true, composed: true, cancelable: name === 'open',
    }));
  }

  #click(event) {
    const target = event.target.closest?.('[data-slug], [part="back"]');
    if (target?.part.contains('back')) return this.#back();
    if (!target || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const options = this.#options();
    const { slug, source } = target.dataset, src = options.get('src').split(' ')[source];
    const open = this.#tell('open', { url: target.href, slug, title: target.textContent, source: src });
    if (!open || options.get('open') === 'here') event.preventDefault();
    if (open && options.get('open') === 'here') this.#read(target, this.#options({ src, article: slug || target.getAttribute('href'), layout: 'article' }));
  }

  /** Shows an article in place of the list. */
  async #read(link, options) {
    // Without an end to asking again: that waits until the reader is back.
    this.#run++;
    const list = this.#box.firstChild;
    this.#link = link;
    list.setAttribute('aria-busy', 'true');
    const failure = await this.#fill(options, this.#run);
    list.removeAttribute('aria-busy');
    if (failure) return void open(link.href, '_blank', 'noopener');
    if (this.#box.firstChild === list) return;
    this.#list = list;
    const title = this.#box.querySelector('[part~="title"]');
    title?.setAttribute('tabindex', '-1');
    title?.focus();
    this.scrollIntoView({ block: 'nearest' });
  }

  #back() {
    this.#box.replaceChildren(this.#list);
    this.#list = undefined;
    this.#link.focus();
  }

  /** The same list in a frame of the portal, seen once that has told that it is there and how tall. See `embed/frame/`. */
  #unwrap(options) {
    // The page in the frame must not hold itself.
    if (this.hasAttribute('data-framed')) return;
    const portal = options.get('src');
    const folder = /\s|\.\w+$/.test(portal) ? OWN : portal.replace(/\/?$/, '/');
    const address = new URL('nhung/?' + options, folder);
    const frame = document.createElement('iframe');
    frame.setAttribute('part', 'frame');
    frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
    frame.title = this.textContent.trim() || 'Bản tin';
    frame.src = address.href;
    // As long as the own link is seen, nobody else's is reached.
    frame.inert = true;
    const hear = ({ source, origin, data }) => {
      if (source !== frame.contentWindow || (origin !== address.origin && origin !== 'null') || data?.['ban-tin'] !== 1) return;
      if (data.type === 'ready') source.postMessage({ 'ban-tin': 1, type: 'hello' }, origin === 'null' ? '*' : origin);
      if (data.type === 'height' && data.height > 0 && data.loaded) {
        frame.style.height = Math.min(data.height, TALLEST) + 'px';
        frame.inert = false;
        this.#slot.hidden = true;
      }
    };
    addEventListener('message', hear);
    this.#frame = () => { removeEventListener('message', hear); frame.remove(); };
    this.shadowRoot.append(frame);
  }

  #unframe() {
    if (!this.#frame) return;
    this.#frame();
    this.#frame = undefined;
    this.#slot.hidden = !!this.#box.firstChild;
  }
}

for (const name of NAMES) {
  // `lang` is a property of every element already.
  if (name in BanTin.prototype) continue;
  Object.defineProperty(BanTin.prototype, name, {
    get() { const text = this.getAttribute(name); return NUMBERS.includes(name) ? (text ? Number(text) : 0) : text ?? ''; },
    set(value) { value === null || value === undefined ? this.removeAttribute(name) : this.setAttribute(name, value); },
    configurable: true,
    enumerable: true,
  });
}

// Another version of this script may have been first; both at once would be an error on the host's page.
if (!customElements.get('ban-tin')) customElements.define('ban-tin', BanTin);
