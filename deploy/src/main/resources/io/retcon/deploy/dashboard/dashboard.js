// What htmx leaves open: moments as the viewer's clock has them, whether the server answers, what of
// an update concerns this page, and the line numbers and the marked line of the spec's editor.
'use strict';
(() => {
  const KEPT = 'retcon-spec';
  const CLOCK = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
  const find = (selector) => document.querySelector(selector);

  function localMoments(root) {
    for (const time of root.querySelectorAll('time[datetime]:not([title])')) {
      const moment = new Date(time.getAttribute('datetime'));
      if (!Number.isNaN(moment.getTime())) {
        time.title = time.textContent;
        time.textContent = CLOCK.format(moment);
      }
    }
  }

  function answers(does) {
    find('#lost').hidden = does;
  }

  // A server that was started anew knows nothing of this page: it is drawn anew, what was typed kept.
  function reload() {
    const spec = find('#spec');
    if (spec) {
      sessionStorage.setItem(KEPT, spec.value);
    }
    location.reload();
  }

  // A list may show some of its rows only. What replaces one that is not here is left out; a new one
  // that came by scrolling already is put once, and none is put among those that were searched for.
  function concerning(update) {
    const parts = document.createElement('template');
    parts.innerHTML = update;
    for (const part of [...parts.content.children]) {
      if (part.getAttribute('hx-swap-oob') === 'true') {
        if (!document.getElementById(part.id)) {
          part.remove();
        }
      } else if (find('#query')?.value) {
        part.remove();
      } else {
        [...part.children].forEach((born) => document.getElementById(born.id)?.remove());
      }
    }
    return parts.innerHTML;
  }

  function drawGutter(spec, gutter) {
    const verdict = find('#verdict');
    const marked = verdict ? Number(verdict.dataset.line) : NaN;
    const lines = spec.value.split('\n').length;
    const numbers = [];
    for (let line = 1; line <= lines; line++) {
      const number = document.createElement('span');
      number.textContent = line;
      if (line === marked) {
        number.className = 'marked';
      }
      numbers.push(number);
    }
    gutter.replaceChildren(...numbers);
    gutter.scrollTop = spec.scrollTop;
    spec.setAttribute('aria-invalid', String(Boolean(verdict && verdict.classList.contains('bad'))));
  }

  function jump(spec) {
    const place = find('#verdict').dataset;
    const lines = spec.value.split('\n');
    const line = Math.min(Number(place.line), lines.length);
    const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const at = before + Math.max(0, Number(place.column || 1) - 1);
    spec.focus();
    spec.setSelectionRange(at, before + lines[line - 1].length);
  }

  function editor() {
    const spec = find('#spec');
    const gutter = find('#gutter');
    if (!spec || !gutter) {
      return;
    }
    const kept = sessionStorage.getItem(KEPT);
    if (kept !== null) {
      sessionStorage.removeItem(KEPT);
      spec.value = kept;
    }
    const draw = () => drawGutter(spec, gutter);
    spec.addEventListener('input', draw);
    spec.addEventListener('scroll', () => { gutter.scrollTop = spec.scrollTop; });
    document.body.addEventListener('htmx:afterSwap', draw);
    document.addEventListener('click', (event) => {
      if (event.target.closest('.jump')) {
        jump(spec);
      }
    });
    draw();
  }

  htmx.defineExtension('concerning', {
    transformResponse: (text, request, element) => element.id === 'live' ? concerning(text) : text,
  });
  document.addEventListener('htmx:sseOpen', (event) => {
    answers(true);
    event.detail.source.addEventListener('reload', reload);
  });
  // Thousands of rows that go at once: htmx would look at every element in them.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.shouldSwap && event.detail.target.matches('.rows')) {
      event.detail.target.replaceChildren();
    }
  });
  document.addEventListener('htmx:sseError', () => answers(false));
  document.addEventListener('htmx:afterSettle', () => localMoments(document));
  document.addEventListener('htmx:oobAfterSwap', (event) => localMoments(event.detail.target.parentNode || document));
  localMoments(document);
  editor();
})();
