import type { StaffChannel } from '../channels/channel.ts';
import type { LocalDate } from '../hongkong/zone.ts';
import type { ActRecord } from '../models/act.model.ts';
import type { ApplicationRecord, ApplicationStage } from '../models/application.model.ts';
import type { BranchRecord } from '../models/branch.model.ts';
import type { CandidateRecord } from '../models/candidate.model.ts';
import type { IntakeRecord } from '../models/intake.model.ts';
import type { RequisitionRecord } from '../models/requisition.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import type { Permission } from '../recruiting/access/permissions.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import type { Reply } from './replies/reply.ts';
import type { Lang, Said, Texts } from './replies/said.ts';

/** An application with the person and the vacancy it joins: what most commands are about. */
export interface ApplicationInfo {
  application: ApplicationRecord;
  candidate: CandidateRecord;
  requisition: RequisitionRecord;
}

/** What a command may take, by kind, and what its action gets. */
export interface ArgumentValues {
  /** By candidate's name or `C1001`, or `A1003`. */
  application: ApplicationInfo;
  /** By name or `C1001`. */
  candidate: CandidateRecord;
  /** By job title or `R101`. */
  requisition: RequisitionRecord;
  /** By name, short name or code. */
  branch: BranchRecord;
  /** By name, English name, 「我」. */
  staff: StaffRecord;
  /** A member of the organisation by staffId (`staff:007`), who need not be known to the robot yet. */
  staffId: string;
  /** By `T2612`. */
  intake: IntakeRecord;
  /** A day and a time of day. */
  moment: Date;
  /** A Hong Kong day. */
  date: LocalDate;
  number: number;
  /** E.164. */
  phone: string;
  /** Lower case. */
  email: string;
  /** Free text, cleaned of identity card numbers: what nothing else has claimed. At most one unlabelled per command. */
  text: string;
  /** The `id` of one of `choices`. */
  choice: string;
}
export type ArgumentKind = keyof ArgumentValues;

/** A word from a closed list, with every way to type it. */
export interface Choice {
  id: string;
  title: Texts;
  aliases: readonly string[];
}

/** One thing a command takes. */
export interface Argument {
  kind: ArgumentKind;
  title: Texts;
  /** May be left out. Otherwise the robot asks for it with `question`. */
  optional?: boolean;
  /** Several may be given; the action gets an array. */
  many?: boolean;
  /** Words that introduce it, such as 面試官, 原因, interviewer: 「原因：太遠」. Needed by further free texts. */
  labels?: readonly string[];
  /** Free text only behind one of its labels. */
  labelled?: boolean;
  /** For `number`: words behind it (人, 個). */
  units?: readonly string[];
  /** For `choice`. */
  choices?: readonly Choice[];
  /** For `application`: among several of one person, those in these stages are meant. */
  stages?: readonly ApplicationStage[];
  /** What the robot asks when it is missing; by default a question for its kind. */
  question?: Texts;
}
export type ArgumentMap = Readonly<Record<string, Argument>>;

type ValueOf<A extends Argument> = A['many'] extends true ? ArgumentValues[A['kind']][] : ArgumentValues[A['kind']];

/** The arguments an action gets: arrays for `many`, `undefined` only for optional ones (an optional `many` is `[]`). */
export type ArgsOf<T extends ArgumentMap> = {
  [Name in keyof T]: T[Name]['many'] extends true
    ? ValueOf<T[Name]>
    : T[Name]['optional'] extends true
      ? ValueOf<T[Name]> | undefined
      : ValueOf<T[Name]>;
};

/** Any argument value as the framework carries it. */
export type ArgumentValue = ArgumentValues[ArgumentKind] | ArgumentValues[ArgumentKind][] | undefined;

/** A file that came with the message. */
export interface ReceivedFile {
  name: string;
  /** Fetches the content; only in `prepare`. */
  read(): Promise<Uint8Array>;
}

/** Who asks, where, in which language. */
export interface CommandContext {
  office: Office;
  now: Date;
  asker: StaffRecord;
  lang: Lang;
  conversation: { id: string; kind: 'direct' | 'group'; title?: string };
  /** Unique for the act, the same when it is worked off again: goes into occasions. */
  eventId: string;
  /** All commands, for help and documents. */
  commands: readonly AnyCommand[];
}

/** What `prepare` may use: the outside world, and reading (never writing) the database. */
export interface PrepareContext extends CommandContext {
  reader: Reader;
  staffChannel: StaffChannel;
  /** The message as typed, without the robot's mention and the command word. */
  text: string;
  files: readonly ReceivedFile[];
}

/** What `action` may use: the one transaction. Nothing else reaches outside from here. */
export interface ActionContext extends CommandContext {
  unit: Unit;
}

/** What the undoing of an act may use, after its documents are as before and its waiting messages are dropped. */
export interface UndoContext extends ActionContext {
  act: ActRecord;
  /** The documents the act changed or made, as they were while it stood. Cards and questions are still there. */
  undone: readonly { collection: string; id: string; document: Record<string, unknown> }[];
}

/** One command: everything the robot, the help, the documents and later the understanding of free text know about it. */
export interface Command<T extends ArgumentMap = ArgumentMap, Prepared = unknown> {
  /** The intent's name, snake_case. */
  name: string;
  /** Ways to begin it. Simplified forms are understood without being listed. The first of each is shown in help. */
  aliases: { hant: readonly string[]; en: readonly string[] };
  /** One line: what it does. */
  summary: Texts;
  /** The exact form: `入圍 〈應徵者〉…`. */
  usage: Texts;
  examples: readonly string[];
  /** What it changes and which messages leave, for docs/commands.md; one English sentence. */
  changes: string;
  permission: Permission;
  /** `direct`: only in the 1:1 chat (personal data, files). */
  surface: 'any' | 'direct';
  takes: T;
  /** Shown with 確認 and 取消 before it happens; then `confirmation` is required. */
  consequential?: boolean;
  /** Works from any group, not only the HR group (setting it up, help). */
  anywhere?: boolean;
  /** It only informs: a question that is open stays open beside it. */
  readsOnly?: boolean;
  /** Not listed in help and documents: plumbing behind a quick reply. */
  hidden?: boolean;
  /** Other ways to begin it than its words: a file that came, a pasted table. Only in the 1:1 chat. */
  startsFrom?(message: { text: string; files: readonly { name: string }[] }): boolean;
  /**
   * Whether a file still has to come, and how it is asked for. A file and a text are two messages on the platform: the
   * name may come before or behind it.
   */
  needsFile?(message: { text: string; files: readonly { name: string }[] }): Texts | undefined;
  /** Reads the typed text itself in `prepare` (a pasted table): nothing counts as left over. */
  readsText?: boolean;
  /** Keeps what `prepare` returned (plain JSON) with the confirmation instead of preparing again after 確認. */
  keepsPrepared?: boolean;
  /** Calls to the outside (files, address book, calendars), made before the transaction. */
  prepare?(context: PrepareContext, args: ArgsOf<T>): Promise<Prepared>;
  /**
   * Who, what, when and which message will leave. Runs in a transaction that changes nothing; throws RuleBroken when it
   * cannot be done anyway.
   */
  confirmation?(context: ActionContext, args: ArgsOf<T>, prepared: Prepared): Promise<Said>;
  /** Runs the use case and says what happened, what comes next and when. */
  action(context: ActionContext, args: ArgsOf<T>, prepared: Prepared): Promise<Reply>;
  /** After 「復原」 took the act back: closes cards that were shown, asks again … */
  undone?(context: UndoContext): Promise<Reply | undefined>;
  /** What can still be done when the time to undo is over; said beside what has gone out. */
  remedy?: Texts;
}

/** A command whose argument types only its own action knows. */
export type AnyCommand = Command<ArgumentMap, unknown>;

/**
 * Declares a command. `T` keeps the literal types of `takes`, so that `action` gets exact argument types.
 * @throws Error for a consequential command that cannot show what it will do
 */
export function defineCommand<const T extends ArgumentMap, Prepared = undefined>(
  declaration: Command<T, Prepared>,
): AnyCommand {
  if (declaration.consequential && !declaration.confirmation) {
    throw new Error(`command ${declaration.name}: consequential, but has no confirmation`);
  }
  return declaration as unknown as AnyCommand;
}
