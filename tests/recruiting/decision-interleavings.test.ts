import fc from 'fast-check';
import type { ClientSession } from 'mongoose';
import { describe, expect } from 'vitest';
import { decisionCard } from '../../bot/cards/decision-card.ts';
import { rejectionLetterCard } from '../../bot/cards/rejection-letter-card.ts';
import { createBot } from '../../bot/handle-event.ts';
import type { InboundPress, SendAnswer } from '../../channels/channel.ts';
import { createInbox, type Inbox } from '../../channels/inbox/inbox.ts';
import { markInboxItemDone } from '../../channels/inbox/mark-inbox-item-done.ts';
import { Dispatcher } from '../../jobs/dispatch/dispatcher.ts';
import { leaseOf } from '../../lib/lease.ts';
import { realTimers } from '../../lib/timers.ts';
import { applicationScope } from '../../recruiting/application/application-scope.ts';
import { askForDecision } from '../../recruiting/decision/ask-for-decision.ts';
import { type TestOffice, test } from '../fixtures/office.ts';
import { addApplication, openCompany } from '../fixtures/world.ts';
import { Phones } from './two-phones.ts';

const RUNS = 100;
const MANAGERS = ['gloria', 'ivan'] as const;
const NAMES = { gloria: '黃美玲', ivan: '何志偉' };

/** What happens to one run of the work on a press: nothing, or the process dies before or after its transaction. */
type Crash = 'none' | 'before' | 'after';

interface Press {
  who: (typeof MANAGERS)[number];
  button: 'hire' | 'another_interview' | 'reject';
  hasReason: boolean;
  /** Delivered so many times, with the same id. */
  deliveries: number;
  /** The answer comes too late for the platform: the phone does not get it. */
  late: boolean;
}
type Step = { does: 'press'; press: Press } | { does: 'restart' } | { does: 'wait' };

const press = fc.record<Press>({
  who: fc.constantFrom(...MANAGERS),
  button: fc.constantFrom('hire', 'another_interview', 'reject'),
  hasReason: fc.boolean(),
  deliveries: fc.integer({ min: 1, max: 3 }),
  late: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: press.map((one) => ({ does: 'press' as const, press: one })) },
  { weight: 1, arbitrary: fc.constant({ does: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ does: 'wait' as const }) },
);
const fault: fc.Arbitrary<SendAnswer> = fc.constantFrom<SendAnswer>(
  { outcome: 'refused', kind: 'bad_request', retryAfterMs: null, detail: 'param.cardNotExist' },
  { outcome: 'refused', kind: 'throttled', retryAfterMs: 1_000, detail: 'QpsLimit' },
  { outcome: 'uncertain', detail: 'time-out' },
);
const scenario = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 6 }),
  crashes: fc.array(fc.constantFrom<Crash>('none', 'none', 'before', 'after'), { maxLength: 6 }),
  faults: fc.array(fault, { maxLength: 3 }),
});

/** Puts the question to both managers and plays a scenario. */
class Evening {
  readonly phones = new Phones();
  readonly #office: TestOffice;
  readonly #crashes: Crash[];
  readonly #dispatcher: Dispatcher;
  #inbox: Inbox;

  constructor(office: TestOffice, crashes: Crash[], faults: SendAnswer[]) {
    this.#office = office;
    this.#crashes = [...crashes];
    this.phones.faults.push(...faults);
    this.#dispatcher = new Dispatcher({
      office,
      staff: this.phones,
      channels: {} as never,
      calendar: (() => undefined) as never,
      lease: leaseOf(office.ids.next('process'), () => new Date(), true),
    });
    this.#inbox = this.#openInbox();
  }

  async restart(): Promise<void> {
    await this.#inbox.stop();
    this.#inbox = this.#openInbox();
    await this.#inbox.start();
  }

  /** A press as it is delivered, perhaps several times at once. */
  async press(cardId: string, eventId: string, { who, button, hasReason, deliveries, late }: Press): Promise<void> {
    const event: InboundPress = {
      kind: 'press',
      eventId,
      sentAt: this.#office.clock.now(),
      cardId,
      staffId: who,
      button,
      values: hasReason ? { reason: '當值時間未能配合' } : {},
    };
    const inbox = this.#inbox;
    const faces = await Promise.all(Array.from({ length: deliveries }, () => inbox.receive(event)));
    for (const face of faces) if (face && !late) this.phones.show(cardId, face);
  }

  /** Everything typed and pressed is worked off, everything due is sent, also what is tried again later. */
  async settle(): Promise<void> {
    await this.#inbox.wake();
    await this.#inbox.idle();
    let { nextDue } = await this.#dispatcher.runDue();
    while (nextDue) {
      if (nextDue > this.#office.clock.now()) this.#office.clock.moveTo(nextDue);
      ({ nextDue } = await this.#dispatcher.runDue());
    }
    await this.#inbox.stop();
    await this.#dispatcher.stop();
  }

  async sendDue(): Promise<void> {
    await this.#dispatcher.runDue();
  }

  #openInbox(): Inbox {
    const office = this.#office;
    const bot = createBot({
      office,
      staffChannel: this.phones,
      markDone: (session: ClientSession, mark: Parameters<typeof markInboxItemDone>[2]) =>
        markInboxItemDone(office.models, session, mark),
      robotNames: ['招聘助手'],
      adminStaffIds: [],
      commands: [],
      cardHandlers: [decisionCard, rejectionLetterCard],
    });
    return createInbox({
      models: office.models,
      clock: office.clock,
      ids: office.ids,
      timers: realTimers,
      log: office.log,
      work: async (event, item) => {
        const crash = item.attempt === 1 ? (this.#crashes.shift() ?? 'none') : 'none';
        if (crash === 'before') throw new Error('died before its transaction');
        const face = event.kind === 'words' ? undefined : await bot(event, item);
        if (crash === 'after') throw new Error('died after its transaction');
        return face;
      },
      onSetAside: async () => {},
      owner: 'test',
      shared: false,
      answerBudgetMs: 5_000,
      retryAfterMs: () => 1,
    });
  }
}

describe('two managers, one decision', () => {
  test(`${RUNS} random interleavings: one decision, one plan, one set of messages, and both see who decided`, async ({
    office,
  }) => {
    await openCompany(office);
    let count = 1000;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ steps, crashes, faults }) => {
        const ref = `A${++count}`;
        const applicationId = await addApplication(office, `陳家${ref}`, 'interviewed', { ref });
        const evening = new Evening(office, crashes, faults);
        const request = await office.run('job:finish-interviews', async (unit) =>
          askForDecision(unit, {
            scope: await applicationScope(unit, applicationId),
            interview: null,
            askedOf: MANAGERS,
          }),
        );
        await evening.sendDue();
        const cards = await office.models.cards.find({ subjectId: request._id }).lean();
        const cardOf = (who: string): string => cards.find(({ staffId }) => staffId === who)!._id;

        const running: Promise<void>[] = [];
        for (const [index, one] of steps.entries()) {
          if (one.does === 'press') {
            running.push(evening.press(cardOf(one.press.who), `press:${ref}:${index}`, one.press));
          } else {
            await Promise.all(running.splice(0));
            if (one.does === 'restart') await evening.restart();
            else await evening.sendDue();
          }
        }
        await Promise.all(running);
        await evening.settle();

        await expectOneDecision(office, evening.phones, request._id, applicationId, steps);
      }),
      { numRuns: RUNS, seed: 20261123 },
    );
  }, 240_000);
});

async function expectOneDecision(
  office: TestOffice,
  phones: Phones,
  requestId: string,
  applicationId: string,
  steps: readonly Step[],
): Promise<void> {
  const presses = steps.flatMap((one) => (one.does === 'press' ? [one.press] : []));
  const valid = presses.filter(({ button, hasReason }) => button === 'hire' || hasReason);
  const request = (await office.models.decisionRequests.findById(requestId).lean())!;
  const plans = await office.models.waitingPlans.countDocuments({ _id: applicationId });
  const acts = await office.models.acts.find({ 'before.id': requestId }).lean();
  const told = await office.models.outbox.countDocuments({ applicationId, what: 'decision_taken' });
  const letters = await office.models.cards.countDocuments({ subjectId: requestId, kind: 'rejection_letter' });

  if (valid.length === 0) {
    expect([request.state, plans, acts.length, told, letters]).toEqual(['open', 0, 0, 0, 0]);
    return;
  }
  expect(request.state).toBe('decided');
  expect(valid.map(({ who, button }) => [who, button])).toContainEqual([request.decidedBy, request.choice]);
  expect(acts).toHaveLength(1);
  expect(plans).toBe(request.choice === 'hire' ? 1 : 0);
  expect([told, letters]).toEqual(request.choice === 'reject' ? [0, 1] : [1, 0]);
  const application = (await office.models.applications.findById(applicationId).lean())!;
  expect(application.stage).toBe(request.choice === 'hire' ? 'passed' : 'interviewed');
  expect(await office.models.outbox.countDocuments({ applicationId, kind: 'candidate_message' })).toBe(0);
  const decider = NAMES[request.decidedBy as keyof typeof NAMES];
  for (const manager of MANAGERS) expect(phones.reads(manager)).toContain(`${decider} 已決定`);
  expect(await office.models.outbox.countDocuments({ applicationId, state: { $nin: ['done'] } })).toBe(0);
}
