/** Every page there is. */
import type { Page } from '../routes.ts';
import { balanceList, balancePage } from './balances.ts';
import { checkPage } from './check.ts';
import { decisionList, decisionPage } from './decisions.ts';
import { dossierList, dossierPage } from './dossier.ts';
import { eventProofPage } from './event-proof.ts';
import { eventList, eventPage, searchPage, timelinePage } from './events.ts';
import { exploreForm, exploreList, exploreProposal } from './explore.ts';
import { findingList, findingPage } from './findings.ts';
import { goalsPage } from './goals.ts';
import { lumpSumList, lumpSumPage } from './lump-sums.ts';
import { overview } from './overview.ts';
import { packagePage } from './package.ts';
import { partnershipPage } from './partnership.ts';
import { contractPage, plusPage } from './pluspakket.ts';
import { recordForm, recordList } from './record.ts';
import { replayPage } from './replay.ts';
import { ruleList, rulePage } from './rules.ts';
import { whyPage } from './why.ts';

export const pages: readonly Page[] = [
  overview,
  partnershipPage,
  decisionList,
  decisionPage,
  packagePage,
  plusPage,
  contractPage,
  lumpSumList,
  lumpSumPage,
  balanceList,
  balancePage,
  goalsPage,
  dossierList,
  dossierPage,
  findingList,
  findingPage,
  ruleList,
  rulePage,
  replayPage,
  exploreList,
  exploreProposal,
  exploreForm,
  recordList,
  recordForm,
  checkPage,
  eventProofPage,
  timelinePage,
  eventList,
  eventPage,
  searchPage,
  whyPage,
];
