// Runs before and beside the app: sees to it that no reader is left with a blank page or an endless wait.
// Shows a notice when the app cannot be loaded, does not start in good time, or stops (a panic in wasm ends
// all of it, so the notice cannot be made there). Plain old script: it must run where the app cannot, and
// it stands inside index.html, so that it comes when anything comes.
//
// It also sets how the reader wants pages to look, and asks for the two things that everything waits for, the wasm (see Trunk.toml) and the source, while
// the HTML is still being read. Not by <link rel="preload">: WebKit and Firefox would load them twice.
(function () {
  'use strict';
  var PATIENCE = 60000; // ms; the app's 300 KB at 40 kbit/s, the slowest line that is still a line
  var words = {
    vi: {
      load: 'Chưa mở được trang tin',
      loadWhy: 'Có thể kết nối mạng bị gián đoạn hoặc trình duyệt đã quá cũ. Hãy thử tải lại trang.',
      stop: 'Trang gặp lỗi và đã dừng lại',
      stopWhy: 'Những gì đã lưu trên thiết bị không bị ảnh hưởng. Hãy tải lại trang để xem tiếp.',
      again: 'Tải lại trang',
      home: 'Về trang chủ'
    },
    en: {
      load: 'The portal could not be opened',
      loadWhy: 'The connection may have been interrupted, or the browser is too old. Please reload the page.',
      stop: 'The page met an error and has stopped',
      stopWhy: 'What is kept on this device is not affected. Please reload the page to read on.',
      again: 'Reload the page',
      home: 'Home page'
    }
  };
  var shown = false, started = false;
  // What the reader has chosen (src/reading.rs), before anything is drawn: no flash of another colour or size.
  try {
    var reading = localStorage.getItem('bantin' + new URL(document.baseURI).pathname + 'reading') || '';
    reading.split('&').forEach(function (part) {
      var choice = /^(text|theme|contrast|measure)=(\w+)$/.exec(part);
      if (choice) document.documentElement.setAttribute('data-' + choice[1], choice[2]);
    });
  } catch (error) { /* No storage here: then nothing was chosen. */ }
  var early = window.bantinEarly = {};
  var source = document.querySelector('meta[name="bantin-source"]');
  if (source && window.AbortController) {
    var abort = new AbortController();
    early.source = {
      url: new URL(source.content, document.baseURI).href,
      abort: abort,
      // Whether this fails is the app's business: it asks again, and has a saved copy.
      response: fetch(source.content, { cache: 'no-cache', signal: abort.signal }).catch(function () { return null; })
    };
  }

  function make(name, text, parent) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  function notice(kind, detail) {
    if (shown) return;
    if (!document.body) return document.addEventListener('DOMContentLoaded', function () { notice(kind, detail); });
    shown = true;
    var t = words[document.documentElement.lang] || words.vi;
    var shell = document.getElementById('bantin-shell');
    if (shell) shell.remove();
    var box = make('div');
    box.id = 'bantin-notice';
    box.className = 'boot-notice';
    box.dataset.kind = kind;
    box.setAttribute('role', 'alert');
    box.lang = document.documentElement.lang || 'vi';
    make('p', t[kind], box).className = 'boot-notice__title';
    make('p', t[kind + 'Why'], box);
    var ways = make('p', '', box);
    var again = make('button', t.again, ways);
    again.type = 'button';
    again.className = 'button';
    again.onclick = function () { location.reload(); };
    ways.appendChild(document.createTextNode(' '));
    make('a', t.home, ways).href = document.baseURI;
    if (detail) make('code', detail, make('p', '', box)).className = 'boot-notice__detail';
    document.body.insertBefore(box, document.body.firstChild);
  }

  addEventListener('bantin:panic', function (event) { notice('stop', event.detail); });
  addEventListener('bantin:failed', function (event) { notice('load', event.detail); });
  addEventListener('bantin:started', function () {
    started = true;
    // Late, but here: what was said meanwhile is no longer true.
    var said = document.getElementById('bantin-notice');
    if (said && said.dataset.kind === 'load') { said.remove(); shown = false; }
  });

  // The module, its JS glue or its wasm did not come or did not run.
  addEventListener('error', function (event) {
    var target;
    // Firefox hands over events of its own, or of an extension, that a page may not look into: they are not ours.
    try { target = event.target; } catch (error) { return; }
    if (!started && target && target.nodeName === 'SCRIPT') notice('load');
    else if (!started && event.message) notice('load', event.message);
  }, true);
  addEventListener('unhandledrejection', function (event) {
    if (!started) notice('load', String(event.reason));
  });
  // A download that was cut or stands still tells nobody; only the clock does.
  setTimeout(function () { if (!started) notice('load'); }, PATIENCE);
})();
