import type { Mail } from './mailbox.ts';

/** One line of a head: a line break in a value would begin a new one. */
function line(name: string, value: string): string {
  const plain = value.replace(/[\r\n]+/g, ' ').trim();
  const isAscii = /^[\x20-\x7e]*$/.test(plain);
  return `${name}: ${isAscii ? plain : encoded(plain)}`;
}

/** RFC 2047, in pieces short enough for one encoded word each. */
function encoded(text: string): string {
  const pieces = [...text].reduce<string[]>(
    (all, character) => {
      const last = all.at(-1) ?? '';
      if (Buffer.byteLength(last + character) > 42) all.push(character);
      else all[all.length - 1] = last + character;
      return all;
    },
    [''],
  );
  return pieces.map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

/** The earlier mail as phones quote it. */
function quoted({ from, at, text }: Mail): string {
  const when = new Intl.DateTimeFormat('zh-HK', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Hong_Kong' });
  const lines = text.trimEnd().split(/\r?\n/);
  return `\r\n\r\n${from} 於 ${when.format(new Date(at))} 寫道：\r\n\r\n${lines.map((one) => `> ${one}`).join('\r\n')}`;
}

/** A plain mail as a candidate's phone sends it (RFC 5322). */
export function replySource(reply: {
  from: string;
  to: string;
  subject: string;
  text: string;
  messageId: string;
  at: Date;
  answers?: Mail | undefined;
}): Buffer {
  const { answers } = reply;
  const head = [
    line('Return-Path', `<${reply.from}>`),
    line('Delivered-To', reply.to),
    line('From', reply.from),
    line('To', reply.to),
    line('Subject', reply.subject),
    line('Date', reply.at.toUTCString().replace('GMT', '+0000')),
    line('Message-ID', reply.messageId),
    ...(answers?.messageId ? [line('In-Reply-To', answers.messageId), line('References', answers.messageId)] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const text = reply.text.replace(/\r?\n/g, '\r\n');
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}${answers ? quoted(answers) : ''}\r\n`);
}
