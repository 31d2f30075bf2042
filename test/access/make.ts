/** Writes docs/access.md. */
import { writeFileSync } from 'node:fs';
import { accessDocument } from './document.ts';

writeFileSync(new URL('../../docs/access.md', import.meta.url), accessDocument());
