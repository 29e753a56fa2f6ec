import { findDescriptions } from '../../bot/understand/mentions/described.ts';
import { foldLine } from '../../bot/understand/text/marked-text.ts';
import { readTimes } from '../../bot/understand/time/read-times.ts';
import { KnownPeople } from '../../bot/understand/world/known-people.ts';
import type { World, WorldCandidate } from '../../bot/understand/world/world.ts';
import { chineseNumber } from '../../hongkong/chinese-number.ts';
import { foldName } from '../../hongkong/names.ts';
import { fullNameFor, nameLike, othersLike } from './invent-names.ts';
import type { LabelledLine } from './labelled-lines.ts';

/** The moment at which the labelled lines are typed. */
export const LINES_NOW = '2026-11-23T10:00:00+08:00';
/** How many further people who nearly have the same names live in the world. */
const OTHERS = 300;

const list = (value: unknown): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');

/** An order or answer of a line with its own entities: the line itself, and what stands in `also`. */
export function parts(line: LabelledLine): Record<string, unknown>[] {
  const also = Array.isArray(line.entities.also) ? line.entities.also : [];
  return [
    { intent: line.intent, ...line.entities },
    ...also.map((each) => (typeof each === 'string' ? { intent: each } : (each as Record<string, unknown>))),
  ];
}

/** Names a line's labels give to candidates or interviewers, in their Traditional or corrected form. */
function namesIn(lines: readonly LabelledLine[], key: 'candidate' | 'interviewer'): string[] {
  const names = lines.flatMap(parts).flatMap((part) => {
    const corrected = list(part[`${key}_norm`]);
    return list(part[key]).map((typed, at) => corrected[at] ?? typed);
  });
  return [...new Map(names.map((name) => [foldName(name), name])).values()];
}

/** The asker, and people who are named by their function only. */
const FUNCTIONS =
  /^(?:我|我自己|自己|me|myself|i|.*(?:經理|經理人|店長|主管|老闆|老板|店主|manager|boss|supervisor|hr|大廚|主廚|chef))$/i;

/**
 * Makes the world that a file of labelled lines speaks of: everybody named in it once (a short form belongs to the one
 * person of the file whose name contains it), one person for each description, and others whose names nearly agree.
 * Looks at whom the labels name and what they describe, never at intents or times of orders.
 */
export function makeWorld(lines: readonly LabelledLine[]): World {
  const world: World = { now: LINES_NOW, candidates: [], staff: [], branches: [], requisitions: [], interviews: [] };
  const named = namesIn(lines, 'candidate').sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  for (const name of named) addPerson(world, name);
  for (const name of namesIn(lines, 'interviewer').filter((each) => !FUNCTIONS.test(each))) {
    world.staff.push({ id: `S${world.staff.length + 1}`, names: [name] });
  }
  addDescribed(world, lines);
  const originals = world.candidates.length;
  const shortForms = named.filter((name) => fullNameFor(name) !== name);
  for (const name of othersLike(world.candidates.slice(0, originals), shortForms, OTHERS)) {
    world.candidates.push({ id: idOf(world), names: [name], facts: [] });
  }
  return world;
}

const idOf = (world: World): string => `C${1001 + world.candidates.length}`;

function addPerson(world: World, name: string): WorldCandidate | undefined {
  const known = new KnownPeople(world).find(name);
  const [hit] = known;
  if (hit?.kind === 'who' && hit.start === 0 && hit.end === name.length && hit.ids.length === 1 && !hit.near)
    return undefined;
  const full = fullNameFor(name);
  const person = { id: idOf(world), names: [...new Set([full, name])], stage: 'interview', facts: [] };
  world.candidates.push(person);
  return person;
}

/** For each description (11點嗰個, the one with a food hygiene cert) as many people as it counts, whom it fits. */
function addDescribed(world: World, lines: readonly LabelledLine[]): void {
  const words = new Set(lines.flatMap(parts).flatMap((part) => list(part.candidate_ref)));
  for (const described of words) {
    const folded = foldLine(described);
    const [time] = readTimes(folded, new Date(world.now)).filter(({ from }) => from !== undefined);
    const count = Math.max(1, findDescriptions(folded, [], world)[0]?.count ?? countIn(folded));
    for (let at = 0; at < count; at += 1) {
      const person = {
        id: idOf(world),
        names: [nameLike(`${described}${at}`)],
        stage: 'interview',
        facts: [described],
      };
      world.candidates.push(person);
      if (time?.from) addInterview(world, person.id, time.from, time.clock);
    }
  }
}

const countIn = (folded: string): number => chineseNumber(/(?:嗰|那)([兩二三四])/u.exec(folded)?.[1] ?? '') ?? 1;

function addInterview(world: World, candidateId: string, day: string, clock = '15:00'): void {
  world.interviews.push({
    id: `I${world.interviews.length + 1}`,
    candidateId,
    startAt: `${day}T${clock}:00+08:00`,
    round: 1,
    mode: 'in_person',
    interviewerIds: [],
  });
}
