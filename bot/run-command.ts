import type { StaffRecord } from '../models/staff.model.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import { ArgumentNeeded } from './argument-needed.ts';
import type { BotParts } from './bot-parts.ts';
import type { ActionContext, AnyCommand, CommandContext, PrepareContext } from './command.ts';
import { askQuestion, closeQuestions, dismissed, type KeptTurn, type Question } from './dialogue/open-question.ts';
import { questionSubject } from './dialogue/question-subject.ts';
import type { PlannedOrder, Told } from './orders/planned-order.ts';
import { rememberPeople, rememberSpokenOf } from './orders/remember-spoken-of.ts';
import type { ReplyAddress } from './replies/render-reply.ts';
import { replyEffects } from './replies/render-reply.ts';
import type { Reply } from './replies/reply.ts';
import { inLanguage, lines, type Said, say } from './replies/said.ts';
import { toldSoFar, waitingLine } from './replies/several.ts';
import { wishInWords } from './replies/wish.ts';
import type { Turn } from './turn.ts';
import { loadArguments } from './understand/load-arguments.ts';

/** Everything about one inbound event that doing its work needs. */
export interface Scene {
  parts: BotParts;
  asker: StaffRecord;
  reader: Reader;
  address: ReplyAddress;
  conversation: { id: string; kind: 'direct' | 'group'; title?: string };
  eventId: string;
  /** A sentence put before every answer: what of the message was left out, and why. */
  preface?: Said;
  /** A sentence put behind an answer: the question that is still open. */
  postscript?: Said;
  /** Writes "this inbox item is done" in the unit. */
  done(unit: Unit): Promise<void>;
  /** Set while one of several orders of a message is done: nothing is said before the last, or before a question. */
  part?: Part;
  /** The card whose press is being worked off: it is answered with its new face, not updated. */
  pressedCardId?: string;
}

/** One of several orders on its way. `outcome` is what it came to, known when its unit is about to end. */
export interface Part {
  /** What the orders before it came to. */
  told: readonly Told[];
  /** Orders behind it. */
  rest: readonly PlannedOrder[];
  outcome?: { said: Reply } | { asked: true };
}

/** Says something and nothing else; whatever question was open stays open. */
export async function sayOnly(scene: Scene, reply: Reply, about: readonly string[] = []): Promise<void> {
  await commit(scene.parts.office, `staff:${scene.address.staffId}`, async (unit) => {
    await rememberPeople(unit, placeOf(scene), about);
    answer(unit, scene, reply);
    await scene.done(unit);
  });
}

/** Does what a turn comes to, in one unit of work. */
export async function performTurn(turn: Turn, scene: Scene): Promise<void> {
  switch (turn.act) {
    case 'say':
      return sayOnly(scene, turn.reply, turn.about);
    case 'dismiss':
      return inUnit(scene, async (unit) => {
        await close(unit, scene, 'cancelled');
        answer(unit, scene, { text: dismissed(turn.dialogue) });
      });
    case 'expire':
      return inUnit(scene, async (unit) => {
        await close(unit, scene, 'expired');
        const late = say(
          '這條問題已過時，未有執行。請再輸入一次指令。',
          'That question has expired and nothing was done. Please type the command again.',
        );
        answer(unit, scene, { text: late });
      });
    case 'ask':
      return inUnit(scene, async (unit) => {
        await rememberSpokenOf(unit, placeOf(scene), turn.command, turn.question.turn.frame);
        await ask(unit, scene, turn.question, becomes(turn));
      });
    case 'several':
      throw new Error('several orders are run one by one');
    default:
      return run(turn, scene);
  }
}

async function run(turn: Extract<Turn, { act: 'run' }>, scene: Scene): Promise<void> {
  const { command, confirmed } = turn;
  const { office } = scene.parts;
  const base: CommandContext = {
    office,
    now: office.clock.now(),
    asker: scene.asker,
    lang: turn.lang,
    conversation: scene.conversation,
    eventId: scene.eventId,
    commands: scene.parts.commands,
  };
  const prepared = await prepare(command, turn, scene, base);
  try {
    await inUnit(scene, perform);
  } catch (error) {
    if (!(error instanceof ArgumentNeeded)) throw error;
    const { argument, question: text, suggestions } = error;
    const given = turn.turn.frame.args[argument] ?? [];
    const kept: KeptTurn = { ...turn.turn, pieceIndex: given.length > 0 ? 0 : null };
    const question: Question = { kind: 'ask', argument, text, options: [], suggestions, turn: kept };
    await inUnit(scene, (unit) => ask(unit, scene, question, becomes(turn)));
  }

  async function perform(unit: Unit): Promise<void> {
    const context: ActionContext = { ...base, now: unit.now, unit };
    const args = await loadArguments(unit, command, turn.turn.frame);
    await rememberSpokenOf(unit, placeOf(scene), command, turn.turn.frame);
    const remarks = (turn.turn.remarks ?? []).map(
      (remark): Said =>
        () =>
          remark,
    );
    if (!confirmed && (command.consequential || turn.turn.mustConfirm)) {
      const shown = await command.confirmation?.(context, args as never, prepared);
      const text = lines(shown ?? wishInWords(command, args), ...remarks);
      const kept: KeptTurn = { ...turn.turn, ...(command.keepsPrepared ? { prepared } : {}) };
      await ask(unit, scene, { kind: 'confirm', argument: null, text, options: [], turn: kept }, becomes(turn));
      return;
    }
    if (turn.answers || !command.readsOnly) await close(unit, scene, turn.answers ? 'answered' : 'cancelled');
    const reply = await command.action(context, args as never, prepared);
    if (reply.did !== undefined) unit.undoable(command.name, reply.did, scene.conversation.id);
    // Remarks were read with the confirmation.
    const told = confirmed ? reply : { ...reply, text: lines(reply.text, ...remarks) };
    const undoable = reply.did !== undefined && !scene.part;
    answer(unit, scene, undoable ? withUndo(told, unit.settings.undoSeconds) : told);
  }
}

async function prepare(
  command: AnyCommand,
  turn: Extract<Turn, { act: 'run' }>,
  scene: Scene,
  base: CommandContext,
): Promise<unknown> {
  if (!command.prepare) return undefined;
  if (command.keepsPrepared && turn.confirmed) return turn.turn.prepared;
  const { staffChannel } = scene.parts;
  const context: PrepareContext = {
    ...base,
    reader: scene.reader,
    staffChannel,
    text: turn.text,
    files: turn.turn.files.map(({ name, downloadCode }) => ({
      name,
      read: () => staffChannel.downloadFile(downloadCode),
    })),
  };
  return command.prepare(context, (await loadArguments(scene.reader, command, turn.turn.frame)) as never);
}

const placeOf = ({ conversation, asker }: Scene): { conversationId: string; staffId: string } => ({
  conversationId: conversation.id,
  staffId: asker._id,
});

/** An answer with the way back under it. */
export function withUndo(reply: Reply, undoSeconds: number): Reply {
  const span = undoSeconds % 60 === 0 ? undoSeconds / 60 : undefined;
  const hint = say(
    `${span ? `${span}分鐘` : `${undoSeconds}秒`}內可輸入「復原」收回。`,
    `You can type "undo" within ${span ? `${span} minute${span === 1 ? '' : 's'}` : `${undoSeconds} seconds`}.`,
  );
  return {
    ...reply,
    text: lines(reply.text, hint),
    quickReplies: [...(reply.quickReplies ?? []), { label: say('復原', 'Undo'), sends: say('復原', 'undo') }],
  };
}

function inUnit(scene: Scene, work: (unit: Unit) => Promise<void>): Promise<void> {
  return commit(scene.parts.office, `staff:${scene.asker._id}`, async (unit) => {
    await work(unit);
    await scene.done(unit);
  });
}

/** Says something; of several orders it is kept until the last is done. */
function answer(unit: Unit, scene: Scene, reply: Reply): void {
  if (scene.part) {
    scene.part.outcome = { said: reply };
    return;
  }
  // What is answered in the 1:1 chat says nothing of a question in the group.
  const elsewhere = reply.isPrivate === true && scene.conversation.kind === 'group';
  const text = lines(scene.preface, reply.text, elsewhere ? undefined : scene.postscript);
  for (const effect of replyEffects({ ...reply, text }, scene.address)) unit.effect(effect);
}

/** What becomes of the question that was open when a turn asks the next one. */
function becomes(turn: Extract<Turn, { act: 'ask' | 'run' }>): 'answered' | 'cancelled' {
  return turn.answers && !turn.corrects ? 'answered' : 'cancelled';
}

/** Asks; of several orders it says what was done before, and keeps those that wait. */
async function ask(
  unit: Unit,
  scene: Scene,
  question: Question,
  before: 'answered' | 'cancelled' = 'cancelled',
): Promise<void> {
  const { part } = scene;
  if (part) part.outcome = { asked: true };
  const rest = part ? [...part.rest] : question.turn.rest;
  const subject = question.kind === 'ask' ? await questionSubject(unit, question.turn.frame) : undefined;
  const named = subject?.isCertain === true && !inLanguage(question.text, scene.address.lang).includes('\n');
  const asked: Said = (lang) => {
    const words = inLanguage(question.text, lang);
    return named ? `${subject.text}${lang === 'en' ? ': ' : '：'}${words}` : words;
  };
  const text = lines(
    scene.preface,
    part && part.told.length > 0 ? toldSoFar(part.told) : undefined,
    asked,
    rest && rest.length > 0 ? waitingLine(rest) : undefined,
  );
  const turn = { ...question.turn, named, ...(rest && rest.length > 0 ? { rest } : {}) };
  const hasCards = scene.parts.staffChannel.hasCards();
  await askQuestion(unit, { ...question, text, turn }, scene.address, hasCards, before);
}

function close(unit: Unit, scene: Scene, state: 'answered' | 'cancelled' | 'expired'): Promise<void> {
  return closeQuestions(unit, scene.conversation.id, scene.asker._id, state, scene.pressedCardId);
}
