/** What an SMS costs in the network's own units. */
export interface SmsSize {
  /** Chinese needs UCS-2; a text of the GSM alphabet alone is cheaper. */
  encoding: 'GSM-7' | 'UCS-2';
  /** UTF-16 units, or GSM-7 septets. An emoji counts 2. */
  units: number;
  segments: number;
  /** Room in each segment: 70 or 160 alone, 67 or 153 when joined. */
  unitsPerSegment: number;
}

const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENDED = '^{}\\[~]|€\f';

/** Counts units and segments. A character of two units is never cut in half between segments. */
export function smsSize(text: string): SmsSize {
  const characters = [...text];
  const gsm = characters.every((char) => GSM_BASIC.includes(char) || GSM_EXTENDED.includes(char));
  const weights = characters.map((char) => (gsm ? (GSM_EXTENDED.includes(char) ? 2 : 1) : char.length));
  const units = weights.reduce((sum, weight) => sum + weight, 0);
  const [single, joined] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1, unitsPerSegment: single };
  let segments = 1;
  let room = joined;
  for (const weight of weights) {
    if (weight > room) {
      segments += 1;
      room = joined;
    }
    room -= weight;
  }
  return { encoding, units, segments, unitsPerSegment: joined };
}

/** The price of sending a text once, in the currency of the price of one segment. */
export function smsCost(size: SmsSize, pricePerSegment: number): number {
  return Math.round(size.segments * pricePerSegment * 10_000) / 10_000;
}
