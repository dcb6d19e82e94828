// The page inside an iframe: makes one <ban-tin> of the options in the address, and tells the host how high it is.
// Not here: the list itself (embed.js), the host's part (resize.js). A plain script without anything new, so that the
// link to the portal comes even where modules, or the element, do not.
(function () {
  'use strict';
  // Those of crates/routes/src/embed.rs; the element looks at the values.
  var NAMES = ['src', 'article', 'category', 'query', 'from', 'to', 'limit', 'layout', 'open', 'theme', 'lang', 'heading',
    'refresh'];
  var VERSION = 1;
  var READY_EVERY = 1000, READY_TIMES = 10; // ms; a host whose script comes later than that keeps the height it wrote
  var HIGHEST = 20000; // CSS px, as in resize.js

  var root = document.documentElement, host = window.parent, framed = host !== window;
  var options = {};
  // Of a key that stands twice the last counts, as in routes.
  new URLSearchParams(location.search).forEach(function (value, name) {
    if (NAMES.indexOf(name) >= 0) options[name] = value.trim();
  });
  // Alone in a window this page stands under the portal's own address. Whoever sends somebody a link must not be able to
  // put his articles, or his words, there.
  if (!framed) ['src', 'heading'].forEach(function (name) { delete options[name]; });
  // A portal that shows a feed has no entry where the element looks for one.
  var source = document.querySelector('meta[name="bantin-source"]').content;
  if (!options.src && source !== 'data/entry.json') options.src = new URL(source, document.baseURI).href;
  // The portal does not fit into the frame: it opens beside it.
  if (options.open !== 'here') options.open = 'new';
  if (options.theme === 'light' || options.theme === 'dark') root.setAttribute('data-theme', options.theme);
  var english = /^en/.test(options.lang || '');
  if (english) root.lang = 'en';

  var element = document.createElement('ban-tin');
  NAMES.forEach(function (name) {
    if (name in options) element.setAttribute(name, options[name]);
  });
  // Its last resort must not be this page again (embed/ban-tin.js).
  element.setAttribute('data-framed', '');
  var link = document.createElement('a');
  link.href = portal();
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = english ? 'Read the news on the portal' : 'Xem tin bài trên cổng thông tin';
  element.appendChild(link);
  document.body.appendChild(element);
  if (framed) {
    speak();
    speakAsWordPress();
  }

  // What the link leads to: the first source's portal, or this one.
  function portal() {
    try {
      var source = new URL((options.src || '').split(/\s+/)[0]);
      // Only these two: the address comes from whoever wrote the frame's.
      if (source.protocol === 'https:' || source.protocol === 'http:') {
        var folder = /^(.*\/)(?:data\/entry\.json)?$/.exec(source.pathname);
        return source.origin + (folder ? folder[1] : '/');
      }
    } catch (error) { /* No source, or none that is an address. */ }
    return document.baseURI;
  }

  function height() {
    return Math.min(Math.ceil(root.getBoundingClientRect().height), HIGHEST);
  }

  // Calls back with every new height. One that is not laid out has none: a host that made it 0 high would never see it.
  function onHeight(tell) {
    var last = 0;
    var look = function () {
      var now = height();
      if (now > 0 && now !== last) tell(last = now);
    };
    if (window.ResizeObserver) new ResizeObserver(look).observe(root);
    else setInterval(look, READY_EVERY);
    look();
  }

  // Version 1 of what frame and host say to each other; docs/embedding.md describes it.
  function speak() {
    var correspondent = null, told = 0, loaded = false;
    function say(type, more, to) {
      host.postMessage(Object.assign({ 'ban-tin': VERSION, type: type }, more), to);
    }
    function tell() {
      // A host without an origin (a file, a sandboxed page) cannot be addressed otherwise.
      if (correspondent !== null && told > 0) {
        say('height', { height: told, loaded: loaded }, correspondent === 'null' ? '*' : correspondent);
      }
    }
    addEventListener('message', function (event) {
      var said = event.data;
      if (event.source !== host || !said || said['ban-tin'] !== VERSION || said.type !== 'hello') return;
      // The first who greets is the only one who is answered.
      if (correspondent === null) {
        correspondent = event.origin;
        root.setAttribute('data-fits', '');
      }
      if (event.origin === correspondent) tell();
    });
    // An element that has this frame for its last resort keeps its own link until there is more than this one's.
    element.addEventListener('bantin:load', function () {
      loaded = true;
      tell();
    });
    onHeight(function (now) {
      told = now;
      if (correspondent !== null) root.toggleAttribute('data-fits', now < HIGHEST);
      tell();
    });
    // It says nothing of the page or its reader, so everybody may hear it.
    var times = 0;
    (function ready() {
      if (correspondent !== null || times === READY_TIMES) return;
      times += 1;
      say('ready', {}, '*');
      setTimeout(ready, READY_EVERY);
    })();
  }

  // WordPress puts frames of oEmbed into a sandbox without windows and has a language of its own (its wp-embed.js): it
  // knows its frames by a secret that it adds to the address, takes heights, and follows links to the frame's own host.
  function speakAsWordPress() {
    var secret = (/[?#&]secret=([a-zA-Z0-9]+)/.exec(location.hash) || [])[1];
    var told = 0;
    function say(message, value) {
      if (secret) host.postMessage({ message: message, value: value, secret: secret }, '*');
    }
    addEventListener('message', function (event) {
      var said = event.data;
      if (event.source !== host || !said || said.message !== 'ready') return;
      if (/^[a-zA-Z0-9]+$/.test(said.secret) && (!secret || said.secret === secret)) {
        secret = said.secret;
        if (told > 0) say('height', told);
      }
    });
    onHeight(function (now) { say('height', told = now); });
    element.addEventListener('bantin:open', function (event) {
      if (secret && options.open !== 'here') {
        event.preventDefault();
        say('link', event.detail.url);
      }
    });
  }
})();
