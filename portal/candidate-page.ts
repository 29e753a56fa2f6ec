import type { ApplicationStage } from '../models/application.model.ts';
import { type ToldQuestion, toldStage, trainingVisibility, type Visibility } from '../recruiting/portal/told-facts.ts';
import type { Settings } from '../recruiting/settings.ts';
import type { CandidateFacts } from './candidate-facts.ts';

/** What every part of a candidate's page is written from. */
export interface PageQuestion {
  facts: CandidateFacts;
  /** `/` and the link's secret. */
  base: string;
  now: Date;
  settings: Settings;
  /** The button a message asked for (`?do=`). */
  wanted: string | null;
  /** Names the forms of this page, so that one sent twice is one press. */
  once: string;
}

/** A button of a page: a form of its own, so that it works without script. */
export interface PageButton {
  /** Button id, as in the messages. */
  id: string;
  label: string;
  /** `main` for the answer we hope for, `quiet` for what ends something. */
  look: 'main' | 'plain' | 'quiet';
  wanted: boolean;
  base: string;
  /** Names the element, so that messages can lead to it. */
  anchor: string;
  fields: { name: string; value: string }[];
}

/** The stage as the candidate knows it; null without an application. */
export function stageOnPage(question: PageQuestion): ApplicationStage | null {
  const told = toldQuestion(question);
  return told ? toldStage(told) : null;
}

/** The question put to the rules about what has been told. */
export function toldQuestion({ facts, now, settings }: PageQuestion): ToldQuestion | null {
  const { application, plan, messages } = facts;
  return application ? { application, plan, messages, now, settings } : null;
}

/** The training as the candidate may read it; `none` while there is no fixed one. */
export function trainingOnPage({ facts }: PageQuestion): Visibility | 'none' {
  const { plan, intake, messages } = facts;
  if (!plan || intake?.state !== 'fixed' || !intake.firstDayAt) return 'none';
  return trainingVisibility(plan, intake, messages);
}
