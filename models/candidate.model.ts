import { partSchema, recordSchema } from './schema-options.ts';

/** The parts of a name, kept apart because none can be derived from another. `display` is what staff read. */
export interface CandidateName {
  display: string;
  surnameZh: string | null;
  givenZh: string | null;
  surnameEn: string | null;
  givenEn: string | null;
  englishName: string | null;
  /** Only when the person typed it as the name to be called by. */
  preferredName: string | null;
  /** 先生, 小姐, 女士, 太太 …: the person's own choice, never guessed. */
  preferredTitle: string | null;
}

/** What a person has switched off. `newsConsentAt` set = has asked for news; nothing set = no news. */
export interface MessageChoices {
  newsConsentAt: Date | null;
  nudgesStoppedAt: Date | null;
  allStoppedAt: Date | null;
}

/** A person who applies (應徵者). */
export interface CandidateRecord {
  _id: string;
  /** What people type: `C1001`. */
  ref: string;
  name: CandidateName;
  /** Every folded form people may type, for search. */
  foldedNames: string[];
  /** E.164. */
  phone: string | null;
  /** Lower case. */
  email: string | null;
  /** Set when the person is (already) a member of the organisation in DingTalk. */
  staffId: string | null;
  /** Numbers and addresses of theirs whose holder says that they are somebody else's; nothing is sent there. */
  wrongAddresses: string[];
  source: string | null;
  choices: MessageChoices;
  /** Personal information collection statement: which version was shown, and when. */
  picsVersion: string | null;
  picsShownAt: Date | null;
  /** The day on which the data must go. */
  purgeAfter: Date;
  /** Last moment the person showed life: page opened by a browser, press, reply, call reached. */
  lastActivityAt: Date | null;
  /** Last moment the person's page was in use; decides whether a notice must go out with a message. */
  pageSeenAt: Date | null;
  /** Last `portal_notice`; one per half hour. */
  noticedAt: Date | null;
  createdAt: Date;
  createdBy: string;
}

const nameSchema = partSchema<CandidateName>({
  display: { type: String, required: true },
  surnameZh: { type: String, default: null },
  givenZh: { type: String, default: null },
  surnameEn: { type: String, default: null },
  givenEn: { type: String, default: null },
  englishName: { type: String, default: null },
  preferredName: { type: String, default: null },
  preferredTitle: { type: String, default: null },
});

const choicesSchema = partSchema<MessageChoices>({
  newsConsentAt: { type: Date, default: null },
  nudgesStoppedAt: { type: Date, default: null },
  allStoppedAt: { type: Date, default: null },
});

export const candidateSchema = recordSchema<CandidateRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    name: { type: nameSchema, required: true },
    foldedNames: { type: [String], default: [] },
    phone: { type: String, default: null },
    email: { type: String, default: null },
    staffId: { type: String, default: null },
    wrongAddresses: { type: [String], default: [] },
    source: { type: String, default: null },
    choices: { type: choicesSchema, default: () => ({}) },
    picsVersion: { type: String, default: null },
    picsShownAt: { type: Date, default: null },
    purgeAfter: { type: Date, required: true },
    lastActivityAt: { type: Date, default: null },
    pageSeenAt: { type: Date, default: null },
    noticedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
  },
  'candidates',
);
candidateSchema.index({ ref: 1 }, { unique: true });
candidateSchema.index({ foldedNames: 1 });
candidateSchema.index({ phone: 1 }, { partialFilterExpression: { phone: { $type: 'string' } } });
candidateSchema.index({ staffId: 1 }, { partialFilterExpression: { staffId: { $type: 'string' } } });
candidateSchema.index({ email: 1 }, { partialFilterExpression: { email: { $type: 'string' } } });
candidateSchema.index({ purgeAfter: 1 });
