/**
 * Makes an element. Texts become text nodes, so nothing that people wrote is ever read as markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners, booleans set or leave out, `undefined` leaves out
 * @param {...(Node | string | undefined | null | false)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** A button that submits nothing. */
export function button(label, attributes, ...children) {
  return element('button', { type: 'button', ...attributes }, label, ...children);
}

/** A link that opens beside the page; on a wide screen in a window as small as a phone. */
export function outsideLink(url, label, attributes = {}) {
  return element(
    'a',
    {
      href: url,
      target: '_blank',
      rel: 'noopener noreferrer',
      onclick: (event) => openLikePhone(event, url),
      ...attributes,
    },
    label,
  );
}

function openLikePhone(event, url) {
  document.dispatchEvent(new CustomEvent('opened', { detail: url }));
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlain || !matchMedia('(min-width: 1000px)').matches) return;
  event.preventDefault();
  window.open(url, '_blank', 'noopener,noreferrer,popup,width=420,height=860');
}

/** Only addresses a browser can safely open. */
export function isSafeUrl(url) {
  return /^(https?:|mailto:|tel:)/i.test(url);
}

/** Runs `work` once, a moment after the last of many calls. */
export function settleDown(work, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
}
