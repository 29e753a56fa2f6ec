import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  containsHkid,
  findHkids,
  hkidCheckCharacter,
  isValidHkid,
  maskHkid,
  redactHkids,
} from '../../hongkong/hkid.ts';
import { findPhones, formatPhone, maskPhone, maskPhonesIn, parsePhone } from '../../hongkong/phones.ts';

const fullWidth = (text: string): string =>
  [...text].map((char) => (/[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)).join('');

describe('telephone numbers', () => {
  test.each([
    ['91234567', '+85291234567', 'mobile'],
    ['9123 4567', '+85291234567', 'mobile'],
    ['852-91234567', '+85291234567', 'mobile'],
    ['+852 9123-4567', '+85291234567', 'mobile'],
    ['００８５２ ９１２３４５６７', '+85291234567', 'mobile'],
    ['（852）2123 4567', '+85221234567', 'fixed'],
    ['電話：4612 3456', '+85246123456', 'mobile'],
    ['+86 138 0013 8000', '+8613800138000', 'mobile'],
    ['13800138000', '+8613800138000', 'mobile'],
    ['+63 917 123 4567', '+639171234567', 'unknown'],
  ])('%s is read', (typed, e164, kind) => {
    expect(parsePhone(typed)).toMatchObject({ e164, kind });
  });

  test.each(['1234567', '12345678', 'HK$18,500', '2026-11-23', 'TST-102', '', '912345678', '+852 1234', '陳大文'])(
    '%s is no number',
    (typed) => {
      expect(parsePhone(typed)).toBeUndefined();
    },
  );

  test('what is shown reads back as the same number, however it was typed', () => {
    const hongKong = fc
      .tuple(fc.constantFrom(...'23456789'), fc.stringMatching(/^\d{7}$/))
      .map(([a, b]) => `+852${a}${b}`);
    const mainland = fc
      .tuple(fc.constantFrom(...'3456789'), fc.stringMatching(/^\d{9}$/))
      .map(([a, b]) => `+861${a}${b}`);
    fc.assert(
      fc.property(fc.oneof(hongKong, mainland), fc.boolean(), (e164, wide) => {
        const shown = formatPhone(e164);
        expect(parsePhone(wide ? fullWidth(shown) : shown)?.e164).toBe(e164);
        expect(parsePhone(e164.slice(1))?.e164).toBe(e164);
        expect(maskPhone(e164)).not.toContain(e164.slice(-4));
      }),
    );
  });

  test('groups see half a number', () => {
    expect(maskPhone('+85291234567')).toBe('9123 ****');
    expect(maskPhonesIn('陳大文 9123 4567，或+852 2123-4567。職位TST-102，月薪18500，2026年')).toBe(
      '陳大文 9123 ****，或2123 ****。職位TST-102，月薪18500，2026年',
    );
    expect(findPhones('面試 2026-11-26 15:30，薪金 HK$17,000')).toEqual([]);
  });
});

describe('identity card numbers', () => {
  const bodies = fc
    .tuple(fc.stringMatching(/^[A-Z]{1,2}$/), fc.stringMatching(/^\d{6}$/))
    .map(([letters, digits]) => letters + digits);

  test('the usual samples have the right check digit', () => {
    expect(isValidHkid('A123456(3)')).toBe(true);
    expect(isValidHkid('AB123456(9)')).toBe(true);
    expect(isValidHkid('A123456(4)')).toBe(false);
  });

  test.each([
    'A123456(3)',
    'a123456（3）',
    'A1234563',
    'A 123456 (3)',
    'A 123 456 3',
    'Ａ１２３４５６（３）',
    'A123456［3］',
    'A123456(4)',
    '身份證A123456',
    'HKID: A1234567',
    'ID no. AB123456(9)',
    '我嘅身份證號碼係 a123456-3 呀',
    'CV_A123456(3).pdf',
    'a1234563.jpg',
  ])('found in %s', (text) => {
    expect(containsHkid(text)).toBe(true);
    expect(redactHkids(text)).not.toMatch(/[Aa\uff21].{0,3}[1１]/);
  });

  test.each([
    '9123 4567',
    '+852 91234567',
    'TST-1234563',
    'TST-102',
    'cand_a1234563b',
    'HK$123456',
    '編號A1234567',
    '2026-11-23 10:00',
    'AB12345',
    'WhatsApp 91234567',
    'Mon 20261123',
    'on 2026-11-1',
    'on 2026-11-2',
    'on 2026-11-3',
    'by 2027-1-10',
    'by 2027-1-11',
    'by 2027-1-12',
    'at 1130 1230',
    '時薪HK$65，5個人',
  ])('not seen in %s', (text) => {
    expect(findHkids(text)).toEqual([]);
  });

  test('any number is found wherever it stands and nothing of it stays', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.constantFrom('({})', '（{}）', '{}', ' ({})', ' {}'),
        fc.boolean(),
        fc.boolean(),
        (body, form, lower, wide) => {
          let number = body + form.replace('{}', hkidCheckCharacter(body));
          if (lower) number = number.toLowerCase();
          if (wide) number = fullWidth(number);
          const text = `證件：${number}，請查收`;
          expect(findHkids(text)).toEqual([{ start: 3, end: 3 + number.length, checkDigitRight: true }]);
          expect(redactHkids(text, '█')).toBe('證件：█，請查收');
        },
      ),
    );
  });

  test('one wrong figure is noticed', () => {
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 9 }), (body, shift) => {
        const check = hkidCheckCharacter(body);
        const wrong = '0123456789A'[('0123456789A'.indexOf(check) + shift) % 11];
        expect(isValidHkid(`${body}(${wrong})`)).toBe(false);
      }),
    );
  });

  test('at most four characters are shown', () => {
    expect(maskHkid('a123456(3)')).toBe('A123***(*)');
  });
});
