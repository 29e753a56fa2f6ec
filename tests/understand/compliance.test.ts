import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPLIANCE_LINES, findGrounds, says, withoutLookAlikes } from '../../bot/understand/compliance/grounds.ts';
import { asksForIdentityCard, judgeGrounds } from '../../bot/understand/compliance/judge-grounds.ts';
import { screenWords } from '../../bot/understand/compliance/screen-words.ts';
import { withoutSensitive } from '../../bot/understand/compliance/without-sensitive.ts';
import type { Intent } from '../../bot/understand/intents.ts';
import { makeKnown } from '../../bot/understand/known.ts';
import { foldLine } from '../../bot/understand/text/marked-text.ts';
import { understand } from '../../bot/understand/understand.ts';

const plainOf = (text: string): string => withoutLookAlikes(foldLine(text));

function flagsOfText(intent: Intent, text: string): string[] {
  const plain = plainOf(text);
  return [...judgeGrounds(intent, plain), ...(asksForIdentityCard(intent, plain) ? ['HKID_EARLY'] : [])];
}

/** Orders in which a look-alike must not be taken for a ground. */
const ORDERS = ['reject', 'open_requisition', 'list', 'approve', 'note', 'send_message'] as const;

describe('every line of the lexicon says what its own example says', () => {
  const lines = (folder: string) => (COMPLIANCE_LINES[folder] ?? []).map((line) => [line.place, line] as const);
  const found = (pattern: RegExp, text: string): boolean => {
    pattern.lastIndex = 0;
    return pattern.test(text);
  };

  test.each(lines('compliance-requirements'))('%s asks for a ground or keeps it out, in any order', (_place, line) => {
    expect(found(line.pattern, plainOf(line.example))).toBe(true);
    for (const intent of ['reject', 'open_requisition', 'hold', 'note'] as const) {
      expect(flagsOfText(intent, line.example)).toContain(line.meaning);
    }
  });

  test.each(lines('compliance-facts'))('%s counts where somebody is chosen or turned down by it', (_place, line) => {
    expect(found(line.pattern, plainOf(line.example))).toBe(true);
    expect(flagsOfText(line.keys.favours ? 'shortlist' : 'reject', line.example)).toContain(line.meaning);
  });

  test.each(lines('compliance-allowed'))('%s only looks like a ground', (_place, line) => {
    expect(found(line.pattern, foldLine(line.example))).toBe(true);
    for (const intent of ORDERS) expect(flagsOfText(intent, line.example)).toEqual([]);
  });

  test.each(lines('compliance-identity'))('%s is an identity card asked for', (_place, line) => {
    expect(found(line.pattern, plainOf(line.example))).toBe(true);
    expect(flagsOfText('send_message', line.example)).toEqual(['HKID_EARLY']);
  });

  test.each(lines('compliance-context'))('%s changes how a property is meant', (_place, line) => {
    expect(found(line.pattern, plainOf(line.example))).toBe(true);
    expect(says(plainOf(line.example), line.meaning as Parameters<typeof says>[1])).toBe(true);
  });
});

describe('what HR and managers type', () => {
  const cases = readFileSync(join(import.meta.dirname, 'compliance/cases.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split('\t') as [Intent, string, string]);

  test.each(cases)('%s: %s -> %s', (intent, text, flags) => {
    expect(flagsOfText(intent, text).sort()).toEqual(flags.split(',').filter(Boolean).sort());
  });
});

describe('the flag stands with the order that causes it', () => {
  const known = makeKnown({
    now: '2026-11-23T10:00:00+08:00',
    candidates: [
      { id: 'c1', names: ['黃志明'], stage: 'interview', facts: [] },
      { id: 'c2', names: ['Kelly Ng'], stage: 'interview', facts: [] },
      { id: 'c3', names: ['孫大文'], stage: 'offer_accepted', facts: [] },
    ],
    staff: [],
    branches: [{ id: 'b1', names: ['印度街店'] }],
    requisitions: [],
    interviews: [],
  });
  const read = (text: string) => understand({ text, channel: 'direct', role: 'hr' }, known);

  test('two orders, one of them on a ground', () => {
    const { frames, decision } = read('Kelly Ng 入圍，黃志明唔要，佢坐輪椅');
    expect(frames.map(({ intent, entities }) => [intent, entities.compliance_flag])).toEqual([
      ['shortlist', undefined],
      ['reject', 'DDO'],
    ]);
    expect(decision).toBe('refuse');
  });

  test('a name and a branch say nothing about anybody', () => {
    expect(read('reject 孫大文, 去印度街店太遠').frames[0].entities.compliance_flag).toBeUndefined();
  });

  test('whoever has taken the job may be asked for the copy', () => {
    expect(
      read('叫黃志明帶身份證副本嚟').frames.some(({ entities }) => entities.compliance_flag === 'HKID_EARLY'),
    ).toBe(true);
    expect(read('叫孫大文帶身份證副本嚟').frames.every(({ entities }) => entities.compliance_flag === undefined)).toBe(
      true,
    );
  });
});

describe('what is kept of a note', () => {
  test.each([
    ['唔企得耐,盡量排收銀,佢做過膝頭手術', '唔企得耐,盡量排收銀'],
    ['這周别打给她，她妈妈住院', '這周别打给她'],
    ['别排她搬货，她刚做完腰椎手术', '别排她搬货'],
    ['有糖尿病 每四個鐘要唞一唞食嘢', '每四個鐘要唞一唞食嘢'],
    ['唔排得通宵,佢有甲亢要定時食藥', '唔排得通宵'],
    ["can't stand long because of knee surgery", "can't stand long"],
    ['has asthma so no freezer work', 'no freezer work'],
    ['做過心臟手術所以唔搬得重', '唔搬得重'],
    ['只返得早更，因為要照顧中風嘅老公', '只返得早更'],
    ['prefers mornings, single mum of two, lives in Tai Po', 'prefers mornings, lives in Tai Po'],
    ['係巴基斯坦人,識烏都話', '識烏都話'],
    ['58歲,手腳快', '手腳快'],
    ['佢家姐過身', ''],
  ])('%s -> %s', (text, kept) => {
    expect(withoutSensitive(text)).toEqual({ kept, leftOut: true });
  });

  test('nothing private: kept as typed', () => {
    const text = '識整奶茶, 返得夜更;\n英文麻麻';
    expect(withoutSensitive(text)).toEqual({ kept: text, leftOut: false });
  });

  const LIMITS = ['唔企得耐', '只返早更', '盡量排收銀', '唔搬得重', '住大埔', 'no night shifts', 'prefers weekends'];
  const PRIVATE = [
    '佢做過膝頭手術',
    '有糖尿病',
    '媽媽住院',
    '佢大肚',
    '要湊仔',
    'she has epilepsy',
    'her dad passed away',
  ];
  const part = fc.oneof(
    fc.constantFrom(...LIMITS).map((words) => ({ words, secret: false })),
    fc.constantFrom(...PRIVATE).map((words) => ({ words, secret: true })),
  );

  test('whatever the order of the parts, limits stay and private life goes', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 7 }),
        fc.constantFrom('，', ', ', '。', '\n'),
        (parts, sign) => {
          const { kept } = withoutSensitive(parts.map(({ words }) => words).join(sign));
          for (const { words, secret } of parts) expect(kept.includes(words)).toBe(!secret);
          expect(findGrounds(plainOf(kept)).filter(({ neutral }) => neutral)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text at all is looked through without a fault, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { kept } = withoutSensitive(text);
        expect(withoutSensitive(kept).kept).toBe(kept);
      }),
      { numRuns: 300 },
    );
  });
});

describe('very long messages', () => {
  test.each(['a', ' ', '佢大肚', '南亞人人人人', '要個係個', 'need some a the ', 'her son '])(
    'of %j are looked through at once',
    (unit) => {
      const text = unit.repeat(Math.ceil(20_000 / unit.length));
      const begun = performance.now();
      flagsOfText('reject', text);
      expect(performance.now() - begun).toBeLessThan(2_000);
    },
  );
});

describe('words looked through before they are kept', () => {
  test('a reason on a ground is refused', () => {
    expect(screenWords('reject', '個肚咁大')).toEqual({ outcome: 'refused', grounds: ['SDO'] });
    expect(screenWords('hold', '係印度人')).toEqual({ outcome: 'refused', grounds: ['RDO'] });
  });

  test('a kind note keeps what matters for the work', () => {
    expect(screenWords('note', '唔企得耐,做過膝頭手術')).toEqual({ outcome: 'kept', words: '唔企得耐', leftOut: true });
  });

  test('a reason to do with the job stays as it is', () => {
    expect(screenWords('reject', '經驗不足')).toEqual({ outcome: 'kept', words: '經驗不足', leftOut: false });
  });
});
