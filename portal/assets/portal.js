// Reports that a person's browser has shown the page, and which messages were on the screen. Everything else works
// without script. A programme that merely fetches the page reports nothing.
(() => {
  const { seen, view, fonts } = document.body.dataset;

  /** Devices without a Chinese font (all characters look alike) get ours; telephones bring their own and load nothing. */
  const lacksChinese = () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return false;
    const drawn = (character) => {
      pen.clearRect(0, 0, 24, 24);
      pen.font = '20px system-ui, sans-serif';
      pen.fillText(character, 0, 20);
      return pen.getImageData(0, 0, 24, 24).data.join();
    };
    return drawn('茶') === drawn('飯');
  };
  if (fonts && lacksChinese()) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = fonts;
    document.head.append(link);
  }

  const wanted = document.querySelector('.wanted');
  if (wanted) wanted.scrollIntoView({ block: 'center' });
  const said = document.getElementById('said');
  if (said) said.focus({ preventScroll: true });

  // A form leaves once, however often it is tapped.
  for (const form of document.forms) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  }
  addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  if (!seen) return;
  const waiting = new Set();
  let timer = 0;
  const report = () => {
    timer = 0;
    const messages = [...waiting];
    waiting.clear();
    fetch(seen, {
      method: 'POST',
      body: new URLSearchParams({ view, messages: messages.join(' ') }),
      keepalive: true,
    })
      .then((answer) => {
        if (!answer.ok) return;
        for (const id of messages) {
          document.querySelector(`[data-message="${CSS.escape(id)}"]`)?.removeAttribute('data-unread');
        }
        if (!document.querySelector('[data-unread]')) document.getElementById('unread')?.remove();
      })
      .catch(() => {});
  };
  const soon = () => {
    if (!timer) timer = setTimeout(report, 400);
  };

  const start = () => {
    soon();
    const articles = document.querySelectorAll('[data-message][data-unread]');
    if (articles.length === 0) return;
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
          if (!isIntersecting || (intersectionRatio < 0.6 && intersectionRect.height < innerHeight / 2)) continue;
          watch.unobserve(target);
          waiting.add(target.dataset.message);
          soon();
        }
      },
      { threshold: [0.1, 0.6, 1] },
    );
    for (const article of articles) watch.observe(article);
  };
  if (document.visibilityState === 'visible') start();
  else
    document.addEventListener('visibilitychange', function once() {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', once);
      start();
    });
})();
