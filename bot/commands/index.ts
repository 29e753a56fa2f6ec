import type { AnyCommand } from '../command.ts';
import { addCandidateCommand } from './add-candidate.ts';
import { CALL_COMMANDS } from './call-commands.ts';
import { help } from './help.ts';
import { importTable } from './import-table.ts';
import { INTAKE_COMMANDS } from './intake-commands.ts';
import { keepCv, openCv } from './keep-cv.ts';
import { listApplications } from './list-applications.ts';
import { listBranches, listStaff } from './list-organisation.ts';
import { preview } from './preview.ts';
import { readiness } from './readiness.ts';
import { listRequisitions, openRequisitionCommand, requisitionStateCommands } from './requisitions.ts';
import { setBranch } from './set-branch.ts';
import { setHrGroupCommand } from './set-hr-group.ts';
import { setOrganisationCommands } from './set-organisation.ts';
import { removeStaff, setStaff } from './set-staff.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { WAITING_COMMANDS } from './waiting-commands.ts';
import { whoami } from './whoami.ts';
import { note } from './write-note.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [
  addCandidateCommand,
  importTable,
  keepCv,
  openCv,
  status,
  listApplications,
  note,
  preview,
  openRequisitionCommand,
  listRequisitions,
  ...requisitionStateCommands,
  ...INTAKE_COMMANDS,
  ...WAITING_COMMANDS,
  ...CALL_COMMANDS,
  undo,
  whoami,
  readiness,
  setHrGroupCommand,
  ...setOrganisationCommands,
  setBranch,
  listBranches,
  setStaff,
  removeStaff,
  listStaff,
  help,
];
