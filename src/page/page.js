// What the page gains with a script; everything on it is there without one.
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  // ---- numbers: all digits when pointed at ----
  document.addEventListener('pointerover', (event) => {
    const number = event.target.closest && event.target.closest('data');
    if (number && !number.title) number.title = number.value;
  });

  // ---- tables that do not scroll need no stop of the keyboard ----
  const settle = () => all('.scroll').forEach((box) => {
    if (box.clientWidth && box.scrollWidth <= box.clientWidth) box.removeAttribute('tabindex');
    else box.tabIndex = 0;
  });
  addEventListener('resize', settle);
  document.addEventListener('toggle', settle, true);
  settle();

  // ---- plates: the story of a well, and one stop of the keyboard for each drawing ----
  const stories = new Map();
  all('a[data-story]').forEach((a) => stories.set(a.hash, a.dataset.story));
  const story = make('div', { id: 'story', role: 'tooltip', hidden: true });
  story.setAttribute('role', 'tooltip');
  document.body.append(story);
  let told = null;

  const hide = () => {
    story.hidden = true;
    if (told) told.removeAttribute('aria-describedby');
    told = null;
  };
  const tell = (a) => {
    const text = stories.get(a.hash);
    if (!text) return;
    hide();
    told = a;
    story.textContent = text;
    story.hidden = false;
    a.setAttribute('aria-describedby', 'story');
    const at = a.getBoundingClientRect();
    const width = story.offsetWidth;
    const height = story.offsetHeight;
    const left = Math.min(Math.max(4, at.left), innerWidth - width - 4);
    const below = at.bottom + 8 + height <= innerHeight;
    story.style.left = Math.max(4, left) + 'px';
    story.style.top = Math.max(4, below ? at.bottom + 8 : at.top - height - 8) + 'px';
  };
  const wellOf = (event) => event.target.closest && event.target.closest('.plate a');
  document.addEventListener('pointerover', (event) => {
    const a = wellOf(event);
    if (a) tell(a);
    else if (told && told !== document.activeElement) hide();
  });
  document.addEventListener('focusin', (event) => {
    const a = wellOf(event);
    if (a) tell(a);
    else hide();
  });
  document.addEventListener('focusout', hide);
  addEventListener('scroll', () => { if (told) tell(told); }, { passive: true });

  const plates = all('.plate');
  plates.forEach((plate) => all('a', plate).forEach((a, i) => { a.tabIndex = i ? -1 : 0; }));
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const move = (a, step) => {
    const cell = a.closest('td');
    const body = cell.closest('tbody');
    let row = cell.parentElement.sectionRowIndex + step[0];
    let column = cell.cellIndex + step[1];
    while (body.rows[row] && body.rows[row].cells[column]) {
      const next = body.rows[row].cells[column].querySelector('a');
      if (next) return next;
      row += step[0];
      column += step[1];
    }
    return null;
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
    const a = wellOf(event);
    const next = a && steps[event.key] && move(a, steps[event.key]);
    if (!next) return;
    event.preventDefault();
    a.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  // ---- links into what is closed open it ----
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
    target.scrollIntoView({ block: 'center' });
  };
  addEventListener('hashchange', reveal);
  reveal();

  // ---- paper shows everything; what was closed is closed again ----
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((details) => { details.open = false; }));

  // ---- text to take along ----
  const select = (from) => {
    const range = document.createRange();
    range.selectNodeContents(from);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand('copy');
  };
  const copier = (id, what) => {
    const from = document.getElementById(id);
    if (!from) return;
    const button = make('button', { type: 'button', textContent: 'Copy ' + what });
    const done = make('span', { className: 'agent' });
    done.setAttribute('role', 'status');
    button.addEventListener('click', async () => {
      const parts = all('p', from).map((p) => p.textContent);
      const text = parts.length ? parts.join('\n\n') : from.textContent;
      try {
        await navigator.clipboard.writeText(text);
        done.textContent = 'Copied.';
      } catch (error) {
        done.textContent = select(from) ? 'Copied.' : 'Selected: press Ctrl+C to copy.';
      }
    });
    const tools = make('div', { className: 'tools' });
    tools.append(button, done);
    from.before(tools);
  };
  copier('text', 'the Methods');
  copier('command', 'the line');

  // ---- verdicts: open all, find some ----
  const list = document.getElementById('list');
  const verdicts = all('.verdict', list);
  const tools = make('div', { className: 'tools' });
  if (verdicts.length > 1) {
    const button = make('button', { type: 'button', textContent: 'Open all' });
    button.addEventListener('click', () => {
      const open = verdicts.some((verdict) => !verdict.hidden && !verdict.open);
      verdicts.forEach((verdict) => { if (!verdict.hidden) verdict.open = open; });
      button.textContent = open ? 'Close all' : 'Open all';
    });
    tools.append(button);
  }
  if (verdicts.length > 8) {
    const label = make('label', { textContent: 'Find ' });
    const field = make('input', { type: 'search' });
    const count = make('span', { className: 'agent' });
    count.setAttribute('role', 'status');
    const words = verdicts.map((verdict) => {
      const summary = verdict.querySelector('summary');
      return (summary.querySelector('h3').textContent + ' ' +
        summary.querySelector('.call').textContent).toLowerCase();
    });
    field.addEventListener('input', () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      verdicts.forEach((verdict, i) => {
        verdict.hidden = !wanted.every((word) => words[i].includes(word));
        shown += !verdict.hidden;
      });
      count.textContent = wanted.length ? shown + ' of ' + verdicts.length : '';
    });
    label.append(field);
    tools.append(label, count);
  }
  if (tools.children.length) list.before(tools);

  // ---- the numbers as a file ----
  const json = document.getElementById('result');
  const save = make('button', { type: 'button', textContent: 'Save the numbers (JSON)' });
  save.addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([json.textContent.trimStart()],
      { type: 'application/json' }));
    const link = make('a', { href: url, download: 'result.json' });
    link.click();
    URL.revokeObjectURL(url);
  });
  const last = make('div', { className: 'tools' });
  last.append(save);
  document.querySelector('footer').append(last);
})();
