// Makes each <iframe data-ban-tin> of a page as high as what is in it, also those that are added later. Touches nothing
// else. Not here: what the frame says (frame.js).
(function () {
  'use strict';
  // Included twice, the first one does the work: it answers the second one's question.
  var name = 'ban-tin-resize';
  if (!document.dispatchEvent(new CustomEvent(name, { cancelable: true }))) return;
  document.addEventListener(name, function (event) { event.preventDefault(); });

  addEventListener('message', function (event) {
    var said = event.data, origin = event.origin;
    if (!said || said['ban-tin'] !== 1) return;
    document.querySelectorAll('iframe[data-ban-tin]').forEach(function (frame) {
      if (frame.contentWindow !== event.source) return;
      // A sandboxed frame has the origin "null"; any other is another page that came into the frame.
      if (origin !== 'null' && origin !== new URL(frame.src, document.baseURI).origin) return;
      if (said.type === 'ready') {
        event.source.postMessage({ 'ban-tin': 1, type: 'hello' }, origin === 'null' ? '*' : origin);
      } else if (said.type === 'height' && Number.isFinite(said.height)) {
        // Whatever the page's own styles want: 20,000 px are more than 50 articles.
        frame.style.setProperty('height', Math.min(Math.max(said.height, 0), 20000) + 'px', 'important');
      }
    });
  });
})();
