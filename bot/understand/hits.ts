import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { findHkids, redactHkids } from '../../hongkong/hkid.ts';
import { findPhones } from '../../hongkong/phones.ts';
import type { Argument } from '../command.ts';
import type { Piece } from './frame.ts';

/** A stretch of a line and what it says. Places are those of the line. */
export interface Hit {
  start: number;
  end: number;
  piece: Piece;
}

/** References such as A1003; `letters` says which kinds. */
export function refHits(text: string, letters: string): Hit[] {
  const pattern = new RegExp(`(?<![A-Za-z0-9])[${letters}] ?-?(\\d{3,6})(?![A-Za-z0-9])`, 'gi');
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    piece: { typed: match[0].replace(/[ -]/g, '').toUpperCase() },
  }));
}

export function phoneHits(text: string): Hit[] {
  return findPhones(text).map(({ start, end, phone }) => ({ start, end, piece: { value: phone.e164 } }));
}

export function emailHits(text: string): Hit[] {
  return [...text.matchAll(/[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    piece: { value: match[0].toLowerCase() },
  }));
}

export function staffIdHits(text: string): Hit[] {
  return [...text.matchAll(/(?<![\w@.])(?:staff:)?([\w-]{2,64})(?![\w@])/gi)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    piece: { value: match[1] ?? '' },
  }));
}

export function choiceHits(argument: Argument, folded: string): Hit[] {
  const hits: Hit[] = [];
  const words = (argument.choices ?? []).flatMap((choice) =>
    [choice.id, choice.title.hant, choice.title.en, ...choice.aliases].map((alias) => ({
      id: choice.id,
      word: foldForMatching(alias),
    })),
  );
  for (const { id, word } of words.sort((a, b) => b.word.length - a.word.length)) {
    const latin = /[\p{Script=Latin}\p{Nd}]/u;
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const end = at + word.length;
      const inside =
        (latin.test(word[0] ?? '') && latin.test(folded[at - 1] ?? ' ')) ||
        (latin.test(word.at(-1) ?? '') && latin.test(folded[end] ?? ' '));
      if (!inside && hits.every((hit) => end <= hit.start || at >= hit.end)) {
        hits.push({ start: at, end, piece: { value: id } });
      }
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** Free text as it may be kept: spaces evened out, identity card numbers gone. */
export function clean(text: string): string {
  const plain = text
    .replace(/[ \t]+/g, ' ')
    .trim()
    .replace(/^[,，:：;；、。\-\s]+/, '');
  return findHkids(plain).length > 0 ? redactHkids(plain) : plain;
}
