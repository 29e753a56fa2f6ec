import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { randomIds } from '../../lib/ids.ts';
import { plusAddress, plusTagOf } from '../../lib/plus-address.ts';
import { findByReplyTag } from '../../recruiting/correspondence/find-writer.ts';
import { mintReplyAddress, replyDigest } from '../../recruiting/correspondence/reply-address.ts';
import { type TestOffice, test } from '../fixtures/office.ts';
import { addApplication, openCompany } from '../fixtures/world.ts';

const local = fc.stringMatching(/^[a-z0-9._-]{1,29}$/);
const domain = fc.stringMatching(/^[a-z0-9-]{1,12}\.(?:hk|com|example)$/);
const mailboxes = fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`);
const anyCase = (text: string, upper: readonly boolean[]): string =>
  [...text].map((one, index) => (upper[index % upper.length] ? one.toUpperCase() : one)).join('');

const mint = (mailbox: string, now = new Date('2026-11-23T02:00:00Z')) =>
  mintReplyAddress(
    { ids: randomIds, mailbox, now, expiresAt: new Date('2028-11-20T00:00:00Z') },
    { candidateId: 'cand_A1003', applicationId: 'app_A1003', messageId: 'out_1' },
  );

describe('the address a candidate answers to', () => {
  test('fits into a mail, comes back in any case, and is known by its mailbox only', () => {
    fc.assert(
      fc.property(
        mailboxes,
        mailboxes,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        (mailbox, other, upper) => {
          const { address, record } = mint(mailbox);
          expect(address.slice(0, address.lastIndexOf('@')).length).toBeLessThanOrEqual(64);
          const tag = plusTagOf(anyCase(address, upper), mailbox);
          expect(replyDigest(tag ?? '')).toBe(record._id);
          if (other !== mailbox) expect(plusTagOf(address, other)).toBeUndefined();
          expect(plusTagOf(mailbox, mailbox)).toBeUndefined();
        },
      ),
    );
  });

  test('names nobody and nothing: no id in it, no two alike, and the database does not hold it', () => {
    const minted = Array.from({ length: 500 }, () => mint('hr@kamkee.example'));
    expect(new Set(minted.map(({ address }) => address)).size).toBe(500);
    for (const { address, record } of minted) {
      const token = /\+r\.([0-9a-f]{32})@/.exec(address)?.[1] ?? 'no token';
      expect(JSON.stringify(record)).not.toContain(token);
      for (const id of ['cand', 'A1003', 'out_1']) expect(address).not.toContain(id);
    }
    // 128 bits of chance: every place of the token takes every digit.
    for (let place = 0; place < 32; place += 1) {
      const digits = new Set(minted.map(({ address }) => address['hr+r.'.length + place]));
      expect(digits.size).toBe(16);
    }
  });

  test('tags of any other kind are none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (tag) => {
        const isToken = /^r\.[0-9a-f]{32}$/i.test(tag);
        expect(replyDigest(tag) !== undefined).toBe(isToken);
        expect(plusTagOf(plusAddress('hr@kamkee.example', 'x'), tag)).toBeUndefined();
      }),
    );
  });
});

async function minted(office: TestOffice): Promise<string> {
  await openCompany(office);
  await addApplication(office, '陳家欣');
  const { address, record } = mint('hr@kamkee.example', office.clock.now());
  await office.models.portalLinks.create(record);
  return plusTagOf(address, 'hr@kamkee.example') ?? '';
}

describe('finding the person', () => {
  test('one wrong digit finds nobody', async ({ office }) => {
    const tag = await minted(office);
    expect(await findByReplyTag(office, tag)).toMatchObject({ candidateIds: ['cand_A1003'] });
    await fc.assert(
      fc.asyncProperty(fc.nat(31), fc.integer({ min: 1, max: 15 }), async (place, by) => {
        const at = 'r.'.length + place;
        const digit = ((Number.parseInt(tag[at] ?? '', 16) + by) % 16).toString(16);
        const wrong = tag.slice(0, at) + digit + tag.slice(at + 1);
        expect(await findByReplyTag(office, wrong)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('other links, revoked and expired ones, and people whose data are due to go, are all nobody', async ({
    office,
  }) => {
    const tag = await minted(office);
    const { portalLinks, candidates } = office.models;
    const nobody = async () => expect(await findByReplyTag(office, tag)).toBeUndefined();
    await portalLinks.updateOne({}, { purpose: 'page' });
    await nobody();
    await portalLinks.updateOne({}, { purpose: 'reply', revokedAt: office.clock.now() });
    await nobody();
    await portalLinks.updateOne({}, { revokedAt: null, expiresAt: office.clock.now() });
    await nobody();
    await portalLinks.updateOne({}, { expiresAt: new Date('2028-11-20T00:00:00Z') });
    await candidates.updateOne({}, { purgeAfter: office.clock.now() });
    await nobody();
    await candidates.updateOne({}, { purgeAfter: new Date('2028-11-20T00:00:00Z') });
    expect(await findByReplyTag(office, tag)).toMatchObject({ candidateIds: ['cand_A1003'], email: null });
  });
});
