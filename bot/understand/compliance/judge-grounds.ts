import type { ComplianceFlag, Intent } from '../intents.ts';
import { findGrounds, findIdentityCards, GROUNDS, type GroundHit, says } from './grounds.ts';

/** Orders that turn somebody down or weigh them: a property named there counts against them. */
const REFUSES: ReadonlySet<Intent> = new Set(['reject', 'score']);
/** Orders that choose among people: a property named there is a filter. */
const CHOOSES: ReadonlySet<Intent> = new Set(['list', 'shortlist']);
/** Orders that put somebody off: because of a property, unless the person wishes it. */
const PUTS_OFF: ReadonlySet<Intent> = new Set(['hold', 'cancel']);
/** Orders that take somebody: being chosen for one's age or origin keeps others out. */
const TAKES: ReadonlySet<Intent> = new Set(['approve', 'offer']);
/** What asks about the product or the figures, or only talks, weighs nobody. */
const WEIGHS_NOBODY: ReadonlySet<Intent> = new Set([
  'help',
  'smalltalk',
  'report',
  'undo',
  'blind_on',
  'blind_off',
  'resume_nudges',
]);
/** Nothing is carried out or stored of these, so there is nothing to leave out. */
const STORES_NOTHING: ReadonlySet<Intent> = new Set([...WEIGHS_NOBODY, 'list', 'open_requisition', 'unknown']);
/** Orders by which a candidate can be asked for papers. */
const ASKS_FOR_PAPERS: ReadonlySet<Intent> = new Set([
  'send_message',
  'schedule',
  'reschedule',
  'shortlist',
  'call_outcome',
  'open_requisition',
  'approve',
  'unknown',
]);

/** Grounds on which an order may not be carried out, and whether something private stands in it. */
export function judgeGrounds(intent: Intent, plain: string): ComplianceFlag[] {
  const hits = WEIGHS_NOBODY.has(intent) ? [] : withoutPartsOfEvents(findGrounds(plain));
  const around = {
    adverse: says(plain, 'adverse'),
    ownWish: says(plain, 'own_wish'),
    withdrawn: says(plain, 'withdrawn'),
  };
  const against = hits.filter((hit) => countsAgainst(hit, intent, around));
  if (against.length > 0) return oneGround(against);
  const hidden = hits.some(
    ({ kind, neutral }) =>
      !STORES_NOTHING.has(intent) &&
      (kind !== 'fact' || neutral === 'private' || (neutral === 'note' && intent === 'note')),
  );
  return hidden ? ['SENSITIVE'] : [];
}

/** Her son, of "her son is sick", is part of what happened and no property of hers. */
const withoutPartsOfEvents = (hits: readonly GroundHit[]): GroundHit[] =>
  hits.filter(
    (hit) =>
      hit.kind !== 'fact' ||
      !hits.some(({ kind, start, end }) => kind === 'event' && start <= hit.start && end >= hit.end),
  );

interface Around {
  adverse: boolean;
  ownWish: boolean;
  withdrawn: boolean;
}

function countsAgainst(hit: GroundHit, intent: Intent, { adverse, ownWish, withdrawn }: Around): boolean {
  if (withdrawn) return false;
  if (hit.kind === 'requirement') return true;
  if (CHOOSES.has(intent)) return hit.kind === 'fact' || adverse;
  if (REFUSES.has(intent)) return !hit.favours;
  if (hit.kind === 'event') return adverse && !ownWish;
  if (PUTS_OFF.has(intent)) return !hit.favours && (adverse || (!ownWish && !hit.names));
  // A vacancy tells what it asks for in words of its own; a bare fact is why somebody left (部長退休).
  if (intent === 'open_requisition') return hit.favours || adverse;
  if (TAKES.has(intent)) return adverse || hit.favours;
  return adverse && !ownWish && hit.neutral !== undefined;
}

/**
 * The grounds named, the surest first: a requirement says more than a fact, and a fact inside the words of a requirement of
 * another ground (生得細路多 holds 細路) adds nothing.
 */
function oneGround(hits: readonly GroundHit[]): ComplianceFlag[] {
  const outer = hits.filter(
    (hit) =>
      hit.kind === 'requirement' ||
      !hits.some(
        (other) =>
          other.ground !== hit.ground &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          (other.end - other.start > hit.end - hit.start ||
            (other.kind === 'requirement' && hit.kind !== 'requirement')),
      ),
  );
  return GROUNDS.filter((ground) => outer.some((hit) => hit.ground === ground));
}

/** Whether a candidate is asked for the identity card, its copy or its number, and nothing says that they have taken the job. */
export function asksForIdentityCard(intent: Intent, plain: string): boolean {
  if (!ASKS_FOR_PAPERS.has(intent) || says(plain, 'accepted')) return false;
  if (findIdentityCards(plain).length === 0) return false;
  return says(plain, 'copied') || (says(plain, 'brings') && !says(plain, 'original'));
}
