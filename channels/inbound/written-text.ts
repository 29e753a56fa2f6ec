import {
  ATTRIBUTION_END,
  BARE_ATTRIBUTION,
  CLOSING,
  DEVICE_LINE,
  HEAD_FROM,
  HEAD_MORE,
  NAMES_WHEN_OR_WHO,
  NOTICE_START,
  NOTICE_WORDS,
  RULER,
  SAYS_SOMETHING,
  SEPARATOR,
  SIGNATURE_LINE,
  SIGNATURE_MARK,
} from './quotation-marks.ts';

/** What is looked at; nobody writes more, and quoted chains can be very long. In UTF-16 units. */
const LONGEST_SOURCE = 100_000;
/** What is kept of it. */
const LONGEST_WORDS = 4_000;
/** Longer lines are sentences of people: they introduce no quotation and are no signature. */
const LONGEST_MARK = 300;
/** More lines than this below `--` are no signature. */
const LONGEST_SIGNATURE = 12;
const LONGEST_CLOSING = 6;

/**
 * What somebody wrote themselves in answer to a mail: without the earlier mail (quoted with `>` or repeated below), the
 * lines that a phone adds, the signature and the standing notice. Answers between or below quoted lines are kept. Where
 * it is not certain that a line was not written by the person, it stays.
 */
export function writtenText(source: string): string {
  const lines = source
    .slice(0, LONGEST_SOURCE)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .split('\n');
  const own = withoutSignature(withoutNotice(withoutQuotation(lines).filter((line) => !isDeviceLine(line))));
  return own
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, LONGEST_WORDS);
}

/** A line as the marks are compared with it; too long for a mark = empty. */
function plain(line: string | undefined): string {
  if (line === undefined || line.length > LONGEST_MARK) return '';
  return line
    .replace(/[\u00a0\u3000\t]/g, ' ')
    .replaceAll('：', ':')
    .trim();
}

function isQuoted(line: string): boolean {
  return /^\s*[>＞|｜]/.test(line);
}

function isDeviceLine(line: string): boolean {
  return DEVICE_LINE.test(plain(line));
}

function withoutQuotation(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isQuoted(line)) continue;
    if (startsEarlierMail(lines, at)) break;
    const length = attributionLength(lines, at);
    if (length > 0) {
      const next = lines.slice(at + length).find((one) => one.trim() !== '');
      // Not marked line by line: there is no telling where it ends.
      if (next === undefined || !isQuoted(next)) break;
      at += length - 1;
      continue;
    }
    own.push(line);
  }
  return own;
}

/** A ruler, a separator or a repeated head. */
function startsEarlierMail(lines: readonly string[], at: number): boolean {
  const line = plain(lines[at]);
  if (SEPARATOR.test(line)) return true;
  if (RULER.test(line)) {
    const next = lines.findIndex((one, index) => index > at && one.trim() !== '');
    return next !== -1 && isHead(lines, next);
  }
  return isHead(lines, at);
}

function isHead(lines: readonly string[], at: number): boolean {
  if (!HEAD_FROM.test(plain(lines[at]))) return false;
  return lines.slice(at + 1, at + 7).some((line) => HEAD_MORE.test(plain(line)));
}

/** How many lines introduce a quotation here, for programmes break them after some 70 characters; 0 = none. */
function attributionLength(lines: readonly string[], at: number): number {
  if (plain(lines[at]) === '') return 0;
  let joined = '';
  for (let length = 1; length <= 4; length += 1) {
    const line = plain(lines[at + length - 1]);
    if (line === '') return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > LONGEST_MARK) return 0;
    const isOne = (ATTRIBUTION_END.test(joined) && NAMES_WHEN_OR_WHO.test(joined)) || BARE_ATTRIBUTION.test(joined);
    if (isOne) return startsLikeAttribution(joined, length) ? length : 0;
  }
  return 0;
}

/** One line may begin with anything; joined lines only with what such lines begin with, or a person's line is lost. */
function startsLikeAttribution(joined: string, length: number): boolean {
  return length === 1 || /^(?:on |於|于|在|["'“]?[^\s].{0,60}<|\d{4}\s*[年/-])/i.test(joined);
}

/** A company's notice about secrecy, to the end; only below words of the person. */
function withoutNotice(lines: readonly string[]): string[] {
  const start = lines.findIndex(
    (line, index) =>
      index > 0 &&
      lines[index - 1]?.trim() === '' &&
      NOTICE_START.test(line.trim()) &&
      NOTICE_WORDS.test(lines.slice(index, index + 12).join(' ')),
  );
  const above = lines.slice(0, start === -1 ? lines.length : start);
  return above.some((line) => line.trim() !== '') ? [...above] : [...lines];
}

function withoutSignature(lines: readonly string[]): string[] {
  const filled = (from: number): string[] => lines.slice(from).filter((line) => line.trim() !== '');
  const mark = lines.findIndex((line) => SIGNATURE_MARK.test(line.trim()));
  if (mark > 0 && filled(mark + 1).length <= LONGEST_SIGNATURE) return lines.slice(0, mark);
  for (let at = lines.length - 1; at > 0; at -= 1) {
    if (!CLOSING.test(plain(lines[at]))) continue;
    const below = filled(at + 1).map(plain);
    const isSignature =
      below.length <= LONGEST_CLOSING &&
      below.every((line) => SIGNATURE_LINE.test(line) && !SAYS_SOMETHING.test(line)) &&
      filled(0).length > below.length + 1;
    return isSignature ? lines.slice(0, at) : [...lines];
  }
  return [...lines];
}
