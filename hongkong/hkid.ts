/** An identity card number found in a text. Never stored, logged or repeated: only `redactHkids` may touch it. */
export interface HkidHit {
  start: number;
  end: number;
  /** False for a number in the card's form whose check digit is wrong (a slip of the finger, still personal data). */
  checkDigitRight: boolean;
}

/**
 * The check character of an identity card number: two letters (a missing first one counts as a space = 36; A = 10 …
 * Z = 35) weighted 9 and 8, six digits weighted 7 to 2, so that with the check character (A = 10) the sum divides by 11.
 * @param body one or two letters and six digits, such as `A123456`.
 */
export function hkidCheckCharacter(body: string): string {
  const match = /^([A-Z]{1,2})(\d{6})$/.exec(body.toUpperCase());
  if (!match?.[1] || !match[2]) throw new RangeError('an identity card number is one or two letters and six digits');
  const letters = match[1].padStart(2, ' ');
  const values = [...letters].map((char) => (char === ' ' ? 36 : char.charCodeAt(0) - 55));
  values.push(...[...match[2]].map(Number));
  const sum = values.reduce((total, value, index) => total + value * (9 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'A' : String(check);
}

/** True for a complete number with the right check character, with or without brackets and spaces. */
export function isValidHkid(text: string): boolean {
  const match = /^([A-Z]{1,2})(\d{6})\(?([0-9A])\)?$/.exec(toAscii(text).toUpperCase().replace(/[\s-]/g, ''));
  return Boolean(match && hkidCheckCharacter(`${match[1]}${match[2]}`) === match[3]);
}

/** Full-width letters, digits, brackets and spaces become ASCII, one for one, so that places in the text stay right. */
function toAscii(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ')
    .replace(/[–—‐‑−_]/g, '-')
    .replace(/[[{〔【]/g, '(')
    .replace(/[\]}〕】]/g, ')');
}

const FORM =
  /(?:(?<![A-Za-z0-9])|(?<=HKID))([A-Za-z]{1,2})[ -]{0,2}((?:\d[ -]?){5}\d)([ -]?\(? ?[0-9Aa] ?\)?)?(?![A-Za-z0-9])/gi;

/** Words that say the next number is an identity card's, even when it is incomplete or mistyped. */
const CONTEXT = /(?:身[份分]證|身份证|HKID|\bI\.?D\.?\b|identity)[^\n。；;]{0,12}$/i;

/**
 * Finds identity card numbers in any text or file name: full-width, spaced, lower case, with or without brackets.
 * In brackets the form is enough; without brackets the check character must be right or a word such as 身份證 must stand
 * before it, so that reference numbers, dates and telephone numbers stay free.
 */
export function findHkids(text: string): HkidHit[] {
  const ascii = toAscii(text);
  const hits: HkidHit[] = [];
  for (const match of ascii.matchAll(FORM)) {
    const [whole, letters = '', spacedDigits = '', tail = ''] = match;
    const body = letters + spacedDigits.replace(/[ -]/g, '');
    const check = tail.replace(/[^0-9A]/gi, '').toUpperCase();
    const bracketed = tail.includes('(') || tail.includes(')');
    const checkDigitRight = check !== '' && hkidCheckCharacter(body) === check;
    const named = CONTEXT.test(ascii.slice(Math.max(0, match.index - 24), match.index));
    // Hyphens between the figures alone are a date (on 2026-11-2), not a number.
    const looksLikeDate = spacedDigits.includes('-') && !bracketed;
    if (named || bracketed || (checkDigitRight && !looksLikeDate)) {
      hits.push({ start: match.index, end: match.index + whole.trimEnd().length, checkDigitRight });
    }
  }
  return hits;
}

/** True when a text or file name carries an identity card number. */
export function containsHkid(text: string): boolean {
  return findHkids(text).length > 0;
}

/** What may be kept and repeated instead of a number. */
export const HKID_REDACTED = '[身份證號碼已移除]';

/** The text with every identity card number replaced. */
export function redactHkids(text: string, replacement: string = HKID_REDACTED): string {
  let clean = '';
  let at = 0;
  for (const { start, end } of findHkids(text)) {
    clean += text.slice(at, start) + replacement;
    at = end;
  }
  return clean + text.slice(at);
}

/** At most this much of a number is shown, never beside a full name: `A123***(*)`. */
export function maskHkid(hkid: string): string {
  const match = /^([A-Z]{1,2}\d{3})/.exec(toAscii(hkid).toUpperCase().replace(/[\s-]/g, ''));
  return match ? `${match[1]}***(*)` : '***';
}
