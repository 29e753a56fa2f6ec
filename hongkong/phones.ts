/** A telephone number, stored as E.164. */
export interface Phone {
  e164: string;
  region: 'HK' | 'CN' | 'other';
  /** Only mobiles get SMS. Of numbers from elsewhere it is not known. */
  kind: 'mobile' | 'fixed' | 'unknown';
}

/** Full-width digits, plus and hyphens become ASCII; lengths stay the same. */
function toAscii(text: string): string {
  return text.replace(/[０-９＋－（）　]/g, (char) =>
    char === '　' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

/**
 * Reads a telephone number as people type it: `9123 4567`, `852-91234567`, `(852) 2123 4567`, `+86 138 0013 8000`,
 * full-width digits. Hong Kong mobiles begin with 4 to 9, fixed lines with 2 or 3; Mainland mobiles have 11 digits and
 * begin with 1. Other countries need their `+` or `00`.
 * @returns undefined when it is no number we could call.
 */
export function parsePhone(text: string): Phone | undefined {
  const plain = toAscii(text).trim();
  if (!/^(?:tel|電話|手機)?[:：]?\s*\+?[\d\s().\-–]+$/i.test(plain)) return undefined;
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(plain)) return undefined; // a date
  const international = /^\D*\+/.test(plain) || /^\D*00/.test(plain);
  const digits = plain.replace(/\D/g, '').replace(/^00/, '');
  const hongKong = /^(?:852)?([2-9]\d{7})$/.exec(digits);
  if (hongKong?.[1] && !(international && digits.length === 8)) {
    return { e164: `+852${hongKong[1]}`, region: 'HK', kind: /^[23]/.test(hongKong[1]) ? 'fixed' : 'mobile' };
  }
  const mainland = /^(?:86)?(1[3-9]\d{9})$/.exec(digits);
  if (mainland?.[1]) return { e164: `+86${mainland[1]}`, region: 'CN', kind: 'mobile' };
  if (!international || digits.startsWith('852')) return undefined;
  if (digits.startsWith('86') && digits.length >= 11 && digits.length <= 13) {
    return { e164: `+${digits}`, region: 'CN', kind: 'fixed' };
  }
  return /^[1-9]\d{7,14}$/.test(digits) ? { e164: `+${digits}`, region: 'other', kind: 'unknown' } : undefined;
}

/** A stored number as people read it: `9123 4567`, `+86 138 0013 8000`. */
export function formatPhone(e164: string): string {
  const hongKong = /^\+852(\d{4})(\d{4})$/.exec(e164);
  if (hongKong) return `${hongKong[1]} ${hongKong[2]}`;
  const mainland = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(e164);
  if (mainland) return `+86 ${mainland[1]} ${mainland[2]} ${mainland[3]}`;
  return e164;
}

/** A stored number as groups may see it: `9123 ****`. */
export function maskPhone(e164: string): string {
  const hongKong = /^\+852(\d{4})\d{4}$/.exec(e164);
  if (hongKong) return `${hongKong[1]} ****`;
  const mainland = /^\+86(1\d{2})\d{8}$/.exec(e164);
  if (mainland) return `+86 ${mainland[1]} **** ****`;
  return `${e164.slice(0, Math.max(3, e164.length - 6))}******`;
}

/** Candidates for numbers inside running text: 8 digits, 852 + 8, 86 + 11, with spaces or hyphens between. */
const IN_TEXT =
  /(?<![\w$.,:/-])(?:(?:\+|00)?852[\s-]?)?[2-9]\d{3}[\s-]?\d{4}(?![\w]|[.,:/-]\d)|(?<![\w$.,:/-])(?:(?:\+|00)?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\w)/g;

/** Finds telephone numbers in running text, with their place in it. */
export function findPhones(text: string): { start: number; end: number; phone: Phone }[] {
  const found = [];
  for (const match of toAscii(text).matchAll(IN_TEXT)) {
    const phone = parsePhone(match[0]);
    if (phone) found.push({ start: match.index, end: match.index + match[0].length, phone });
  }
  return found;
}

/** Running text with every telephone number masked, for groups and logs. */
export function maskPhonesIn(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, end, phone } of findPhones(text)) {
    masked += text.slice(at, start) + maskPhone(phone.e164);
    at = end;
  }
  return masked + text.slice(at);
}
