import type { AnyCommand } from '../command.ts';
import { addCandidateCommand } from './add-candidate.ts';
import { approve } from './approve.ts';
import { arrived } from './arrived.ts';
import { CALL_COMMANDS } from './call-commands.ts';
import { cancel } from './cancel.ts';
import { CASE_COMMANDS } from './case-commands.ts';
import { complianceReport } from './compliance-report.ts';
import { decide } from './decide.ts';
import { help } from './help.ts';
import { hold, unhold } from './hold.ts';
import { howRead } from './how-read.ts';
import { importTable } from './import-table.ts';
import { INTAKE_COMMANDS } from './intake-commands.ts';
import { interviewDone } from './interview-done.ts';
import { keepCv, openCv } from './keep-cv.ts';
import { listApplications } from './list-applications.ts';
import { listInterviews } from './list-interviews.ts';
import { listBranches, listStaff } from './list-organisation.ts';
import { misread } from './misread.ts';
import { noShow } from './no-show.ts';
import { offer } from './offer.ts';
import { preview } from './preview.ts';
import { readiness } from './readiness.ts';
import { readingReviews } from './reading-reviews.ts';
import { reject, rejectionLetter } from './reject.ts';
import { listRequisitions, openRequisitionCommand, requisitionStateCommands } from './requisitions.ts';
import { reschedule } from './reschedule.ts';
import { schedule } from './schedule.ts';
import { setBranch } from './set-branch.ts';
import { setHrGroupCommand } from './set-hr-group.ts';
import { setOrganisationCommands } from './set-organisation.ts';
import { removeStaff, setStaff } from './set-staff.ts';
import { shortlist } from './shortlist.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { WAITING_COMMANDS } from './waiting-commands.ts';
import { whoami } from './whoami.ts';
import { withdraw } from './withdraw.ts';
import { note } from './write-note.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [
  addCandidateCommand,
  importTable,
  keepCv,
  openCv,
  shortlist,
  schedule,
  reschedule,
  cancel,
  interviewDone,
  noShow,
  decide,
  approve,
  reject,
  rejectionLetter,
  hold,
  unhold,
  offer,
  withdraw,
  arrived,
  status,
  listApplications,
  listInterviews,
  note,
  preview,
  openRequisitionCommand,
  listRequisitions,
  ...requisitionStateCommands,
  ...INTAKE_COMMANDS,
  ...WAITING_COMMANDS,
  ...CALL_COMMANDS,
  ...CASE_COMMANDS,
  undo,
  howRead,
  misread,
  whoami,
  readiness,
  complianceReport,
  readingReviews,
  setHrGroupCommand,
  ...setOrganisationCommands,
  setBranch,
  listBranches,
  setStaff,
  removeStaff,
  listStaff,
  help,
];
