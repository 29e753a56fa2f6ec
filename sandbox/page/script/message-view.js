import { CardView } from './card-view.js';
import { button, element, isSafeUrl, outsideLink } from './element.js';
import { timeText } from './hong-kong-time.js';
import { renderMarkdown, renderPlain } from './markdown.js';

/** One message as its reader sees it. `actions` has `tap(seq, button)`, `press(card, button, values)`. */
export class MessageView {
  node;
  #card;

  constructor(message, readerId, actions) {
    const isMine = message.from === readerId;
    const isNotice = message.from === 'system';
    this.node = element('li', {
      class: `message ${isNotice ? 'notice' : isMine ? 'mine' : 'theirs'}`,
      'data-seq': message.seq,
      'data-from': message.from,
    });
    if (isNotice) {
      this.node.append(element('p', {}, message.text));
      return;
    }
    const isRobot = message.from.startsWith('bot');
    const avatar = element(
      'span',
      { class: `avatar ${isRobot ? 'avatar-robot' : `avatar-${shade(message.from)}`}`, 'aria-hidden': 'true' },
      isRobot ? '招' : message.fromName.slice(-1),
    );
    const body = element('div', { class: 'message-body' });
    body.append(
      element(
        'p',
        { class: 'message-from' },
        element('span', { class: isMine ? 'only-heard' : '' }, message.fromName),
        element('time', { datetime: message.at }, timeText(new Date(message.at))),
      ),
      this.#content(message, readerId, actions),
    );
    this.node.append(avatar, body);
  }

  /** Shows a card as it is now; false when the message must be drawn anew. */
  update(message) {
    if (!this.#card || !message.card) return false;
    this.#card.update(message.card, message.buttons);
    return true;
  }

  #content(message, readerId, actions) {
    if (message.card) {
      this.#card = new CardView(message.card, (id, values) => actions.press(message.card.outTrackId, id, values));
      return this.#card.node;
    }
    const bubble = element('div', { class: 'bubble' });
    const isMarkdown = message.kind === 'markdown' || message.kind === 'actionCard';
    if (message.title && message.kind !== 'markdown') bubble.append(element('p', { class: 'heading' }, message.title));
    if (isMarkdown) {
      const markdown = element('div', { class: 'markdown' });
      markdown.append(renderMarkdown(message.text, { tap: (id) => actions.tap(message.seq, id), readerId }));
      bubble.append(markdown);
    } else if (message.text !== '' && !message.files?.length) {
      bubble.append(element('div', { class: 'plain' }, renderPlain(message.text)));
    }
    for (const file of message.files ?? []) bubble.append(fileLink(file));
    if (message.files?.length && message.text !== '' && message.kind === 'richText') {
      bubble.prepend(element('div', { class: 'plain' }, renderPlain(message.text)));
    }
    // The links of Markdown stand where they were written; those of action cards stand below.
    if (message.kind !== 'markdown' && message.buttons.length > 0) {
      bubble.append(
        element('div', { class: 'card-buttons' }, ...message.buttons.map((one) => tapButton(message, one, actions))),
      );
    }
    return bubble;
  }
}

function tapButton(message, one, actions) {
  if (one.url !== undefined && isSafeUrl(one.url)) return outsideLink(one.url, one.label, { class: 'button' });
  return button(one.label, { class: 'button', onclick: () => actions.tap(message.seq, one.id) });
}

function fileLink(file) {
  const url = `/files/${encodeURIComponent(file.fileId)}`;
  if (/\.(png|jpe?g|gif|webp)$/i.test(file.name)) {
    return element(
      'a',
      { href: url, download: file.name },
      element('img', { src: url, alt: file.name, class: 'picture' }),
    );
  }
  const kilobytes = Math.max(1, Math.round(file.bytes / 1024));
  return element(
    'a',
    { class: 'file', href: url, download: file.name },
    element('span', { class: 'file-name' }, file.name),
    element('span', { class: 'file-size' }, `${kilobytes} KB`),
  );
}

/** One of six shades, always the same for the same person. */
function shade(id) {
  return [...id].reduce((sum, char) => (sum + char.charCodeAt(0)) % 6, 0);
}
