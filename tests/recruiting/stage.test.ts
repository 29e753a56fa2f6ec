import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPLICATION_STAGES, type ApplicationStage } from '../../models/application.model.ts';
import { STAGE_TEMPLATES, type StageTemplate } from '../../models/requisition.model.ts';
import { hasEnded, mayMove, STAGE_RULES, WAITING_STAGES } from '../../recruiting/application/stage.ts';

const stage = fc.constantFrom(...APPLICATION_STAGES);
const template = fc.constantFrom(...STAGE_TEMPLATES);

/** A walk through stages, each step picked among those that are allowed. */
function walk(kind: StageTemplate, picks: readonly number[]): ApplicationStage[] {
  const road: ApplicationStage[] = ['applied'];
  for (const pick of picks) {
    const next = STAGE_RULES[kind].next[road.at(-1)!];
    if (next.length === 0) break;
    road.push(next[pick % next.length]!);
  }
  return road;
}

describe('the stages of an application', () => {
  test('the usual road of an office job', () => {
    const road: ApplicationStage[] = [
      'applied',
      'shortlisted',
      'interview',
      'interviewed',
      'passed',
      'offer_sent',
      'offer_accepted',
      'arrived',
    ];
    for (let i = 1; i < road.length; i += 1)
      expect(mayMove('office', road[i - 1]!, road[i]!)).toEqual({ allowed: true });
  });

  test.each<[StageTemplate, ApplicationStage, ApplicationStage, string]>([
    ['office', 'applied', 'interview', 'not_shortlisted_yet'],
    ['office', 'passed', 'arrived', 'offer_not_accepted'],
    ['shop', 'shortlisted', 'passed', 'not_interviewed_yet'],
    ['shop', 'applied', 'arrived', 'not_passed_yet'],
    ['shop', 'passed', 'interview', 'already_passed'],
    ['shop', 'passed', 'passed', 'already_in_stage'],
    ['shop', 'interviewed', 'offer_sent', 'not_passed_yet'],
    ['kitchen', 'rejected', 'shortlisted', 'application_ended'],
    ['kitchen', 'arrived', 'withdrawn', 'application_ended'],
    ['shop', 'interview', 'offer_accepted', 'not_passed_yet'],
    ['shop', 'passed', 'declined', 'no_offer_sent'],
  ])('%s: %s -> %s is refused because of %s', (kind, from, to, obstacle) => {
    expect(mayMove(kind, from, to)).toEqual({ allowed: false, obstacle });
  });

  test('shops and kitchens meet people who walk in and start before the papers are exchanged', () => {
    for (const kind of ['shop', 'kitchen'] as const) {
      expect(mayMove(kind, 'applied', 'interview').allowed).toBe(true);
      expect(mayMove(kind, 'passed', 'arrived').allowed).toBe(true);
    }
  });

  test('a trial shift is for shops and kitchens only', () => {
    expect(STAGE_RULES.office.interviewKinds).not.toContain('trial');
    expect(STAGE_RULES.kitchen.interviewKinds).toContain('trial');
  });

  test('every step is either allowed or says what stands in the way, never both', () => {
    fc.assert(
      fc.property(template, stage, stage, (kind, from, to) => {
        const verdict = mayMove(kind, from, to);
        if (verdict.allowed) expect(STAGE_RULES[kind].next[from]).toContain(to);
        else expect(verdict.obstacle).not.toBe('');
      }),
    );
  });

  test('nobody waits for day 1 without having been interviewed, whatever the road', () => {
    fc.assert(
      fc.property(template, fc.array(fc.nat(20), { maxLength: 30 }), (kind, picks) => {
        const road = walk(kind, picks);
        const firstWaiting = road.findIndex((at) => WAITING_STAGES.includes(at) || at === 'arrived');
        if (firstWaiting >= 0) expect(road.slice(0, firstWaiting)).toContain('interviewed');
      }),
      { numRuns: 500 },
    );
  });

  test('whoever has arrived stays arrived, and no stage leads to itself', () => {
    for (const kind of STAGE_TEMPLATES) {
      expect(STAGE_RULES[kind].next.arrived).toEqual([]);
      for (const at of APPLICATION_STAGES) expect(STAGE_RULES[kind].next[at]).not.toContain(at);
    }
  });

  test('as long as an application lives it can be withdrawn, and until day 1 refused', () => {
    for (const kind of STAGE_TEMPLATES) {
      for (const at of APPLICATION_STAGES.filter((one) => !hasEnded(one))) {
        expect(mayMove(kind, at, 'withdrawn').allowed).toBe(true);
        expect(mayMove(kind, at, 'rejected').allowed).toBe(true);
      }
    }
  });
});
