import { join } from 'node:path';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { temporaryFolder } from '../support/folders.ts';
import { eventLogContract } from './event-log.contract.ts';

eventLogContract('memory', openMemoryLog);
eventLogContract('sqlite', () => openSqliteLog({ file: join(temporaryFolder(), 'log.sqlite') }));
