import type { StaffRecord } from '../models/staff.model.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import { ArgumentNeeded } from './argument-needed.ts';
import type { BotParts } from './bot-parts.ts';
import type { ActionContext, AnyCommand, CommandContext, PrepareContext } from './command.ts';
import { askQuestion, closeQuestions, type KeptTurn, type Question } from './dialogue/open-question.ts';
import type { Turn } from './plan-turn.ts';
import type { ReplyAddress } from './replies/render-reply.ts';
import { replyEffects } from './replies/render-reply.ts';
import type { Reply } from './replies/reply.ts';
import { lines, type Said, say } from './replies/said.ts';
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
  /** Writes "this inbox item is done" in the unit. */
  done(unit: Unit): Promise<void>;
  /** The card whose press is being worked off: it is answered with its new face, not updated. */
  pressedCardId?: string;
}

/** Says something and nothing else; whatever question was open stays open. */
export async function sayOnly(scene: Scene, reply: Reply): Promise<void> {
  await commit(scene.parts.office, `staff:${scene.address.staffId}`, async (unit) => {
    answer(unit, scene, reply);
    await scene.done(unit);
  });
}

/** Does what a turn comes to, in one unit of work. */
export async function performTurn(turn: Turn, scene: Scene): Promise<void> {
  switch (turn.act) {
    case 'say':
      return sayOnly(scene, turn.reply);
    case 'dismiss':
      return inUnit(scene, async (unit) => {
        await close(unit, scene, 'cancelled');
        answer(unit, scene, {
          text: say('好，已取消，未有作出任何更改。', 'OK, cancelled. Nothing has been changed.'),
        });
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
      return inUnit(scene, (unit) => ask(unit, scene, turn.question));
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
    const { argument, question: text } = error;
    const kept: KeptTurn = { ...turn.turn, pieceIndex: null };
    await inUnit(scene, (unit) => ask(unit, scene, { kind: 'ask', argument, text, options: [], turn: kept }));
  }

  async function perform(unit: Unit): Promise<void> {
    const context: ActionContext = { ...base, now: unit.now, unit };
    const args = await loadArguments(unit, command, turn.turn.frame);
    if (command.consequential && command.confirmation && !confirmed) {
      const text = await command.confirmation(context, args as never, prepared);
      const kept: KeptTurn = { ...turn.turn, ...(command.keepsPrepared ? { prepared } : {}) };
      await ask(unit, scene, { kind: 'confirm', argument: null, text, options: [], turn: kept });
      return;
    }
    await close(unit, scene, 'answered');
    const reply = await command.action(context, args as never, prepared);
    if (reply.did !== undefined) unit.undoable(command.name, reply.did, scene.conversation.id);
    answer(unit, scene, reply.did === undefined ? reply : withUndo(reply, unit.settings.undoSeconds));
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

function withUndo(reply: Reply, undoSeconds: number): Reply {
  const span = undoSeconds % 60 === 0 ? undoSeconds / 60 : undefined;
  const hint = say(
    `${span ? `${span}分鐘` : `${undoSeconds}秒`}內可輸入「復原」收回。`,
    `You can type "undo" within ${span ? `${span} minute${span === 1 ? '' : 's'}` : `${undoSeconds} seconds`}.`,
  );
  return {
    ...reply,
    text: lines(reply.text, hint),
    quickReplies: [...(reply.quickReplies ?? []), { label: say('復原', 'Undo'), sends: '復原' }],
  };
}

function inUnit(scene: Scene, work: (unit: Unit) => Promise<void>): Promise<void> {
  return commit(scene.parts.office, `staff:${scene.asker._id}`, async (unit) => {
    await work(unit);
    await scene.done(unit);
  });
}

function answer(unit: Unit, scene: Scene, reply: Reply): void {
  const text = scene.preface ? lines(scene.preface, reply.text) : reply.text;
  for (const effect of replyEffects({ ...reply, text }, scene.address)) unit.effect(effect);
}

async function ask(unit: Unit, scene: Scene, question: Question): Promise<void> {
  const text = scene.preface ? lines(scene.preface, question.text) : question.text;
  await askQuestion(unit, { ...question, text }, scene.address, scene.parts.staffChannel.hasCards());
}

function close(unit: Unit, scene: Scene, state: 'answered' | 'cancelled' | 'expired'): Promise<void> {
  return closeQuestions(unit, scene.conversation.id, scene.asker._id, state, scene.pressedCardId);
}
