import { recordSchema } from './schema-options.ts';

export const REQUISITION_STATES = ['open', 'frozen', 'filled', 'closed'] as const;
export type RequisitionState = (typeof REQUISITION_STATES)[number];

/** Which steps a job's applicants go through (recruiting/application/stage.ts reads it). */
export const STAGE_TEMPLATES = ['shop', 'kitchen', 'office'] as const;
export type StageTemplate = (typeof STAGE_TEMPLATES)[number];

/** A vacancy (職位空缺). */
export interface RequisitionRecord {
  _id: string;
  /** What people type: `R101`. */
  ref: string;
  jobTitle: string;
  foldedTitle: string;
  headcount: number;
  branchId: string;
  hiringManagerId: string;
  /** The HR person who answers for it; call tasks go to them. */
  recruiterId: string;
  stageTemplate: StageTemplate;
  state: RequisitionState;
  openedAt: Date;
  openedBy: string;
}

export const requisitionSchema = recordSchema<RequisitionRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    jobTitle: { type: String, required: true },
    foldedTitle: { type: String, required: true },
    headcount: { type: Number, required: true },
    branchId: { type: String, required: true },
    hiringManagerId: { type: String, required: true },
    recruiterId: { type: String, required: true },
    stageTemplate: { type: String, enum: STAGE_TEMPLATES, required: true },
    state: { type: String, enum: REQUISITION_STATES, required: true },
    openedAt: { type: Date, required: true },
    openedBy: { type: String, required: true },
  },
  'requisitions',
);
requisitionSchema.index({ ref: 1 }, { unique: true });
requisitionSchema.index({ state: 1, foldedTitle: 1 });
