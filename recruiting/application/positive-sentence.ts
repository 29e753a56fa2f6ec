import { toTraditional } from '../../hongkong/chinese-text.ts';
import { containsHkid } from '../../hongkong/hkid.ts';
import { foldName } from '../../hongkong/names.ts';
import { RuleBroken } from '../../lib/errors.ts';

/** Longest sentence: the letter keeps inside its 190 characters. */
const MOST = 40;

/** What a letter never speaks of: comparison with others, age, looks, and grounds that the law protects. */
const NEVER =
  /比(?:其他|別人|人)|其他應徵者|年輕|年紀|年齡|歲|靚|樣貌|外貌|外表|身材|性別|男仔|女仔|懷孕|結婚|已婚|單身|子女|湊仔|家庭|病|殘疾|種族|國籍|口音|宗教/;

/**
 * The one true sentence of a letter, brought into the form the letter needs: a noun phrase that begins with 您的, in its
 * own words and without full stop.
 * @param reasons what managers gave as their reason: it never enters the letter
 * @throws RuleBroken `positive_empty`, `positive_too_long`, `positive_not_allowed`, `positive_is_reason`
 */
export function positiveSentence(typed: string, reasons: readonly string[] = []): string {
  const plain = toTraditional(typed)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:我們|我哋|我们)?(?:欣賞|欣赏)[:：，,]?\s*/u, '')
    .replace(/[。．.！!？?；;，,、\s]+$/u, '');
  const owned = plain.replace(/^(?:您|你|佢|他|她)(?:的|嘅)?/u, '');
  if (owned.length < 2) throw new RuleBroken('positive_empty');
  const sentence = `您的${owned}`;
  if (sentence.length > MOST) throw new RuleBroken('positive_too_long', { most: MOST });
  if (/[。！？!?\n]/.test(sentence) || NEVER.test(sentence) || containsHkid(sentence)) {
    throw new RuleBroken('positive_not_allowed');
  }
  const folded = foldName(owned);
  for (const reason of reasons) {
    const other = foldName(reason);
    if (other.length >= 2 && (folded.includes(other) || other.includes(folded)))
      throw new RuleBroken('positive_is_reason');
  }
  return sentence;
}
