/** docs/access.md, made of the table of access. */
import { reachOf } from '../../src/ledger/access/index.ts';
import {
  type Action,
  actions,
  parts,
  type Resource,
  roleNames,
  roles,
  type Role,
} from '../../src/ledger/access/table.ts';

const head = `# Wie wat mag zien en doen

Gemaakt uit \`src/ledger/access/table.ts\` met \`node test/access/make.ts\`; wijzig het daar. Elke ingang leest die ene tabel: HTTP, opdrachtregel, gebeurtenissen, proberen en verklaringen.

Zonder aanmelding geldt de rol \`public\`. Een programma meldt zich met een token (\`Authorization: Bearer …\`), een mens via de aanmeldpagina of de eigen inlogdienst, en wie op de machine zelf werkt via de socket in de gegevensmap. *Eigen* is van de eigen gemeente, en van gemeenten die daarin zijn opgegaan. Wie niets mag, krijgt 401 (zonder aanmelding) of 403; waar zelfs het bestaan niet openbaar is, 404.
`;

const rolesTable = (): string =>
  ['| rol | wie |', '|---|---|', ...roleNames.map((r) => `| \`${r}\` | ${roles[r]} |`)].join('\n');

const cell = (role: Role, resource: Resource): string => {
  const words = (Object.keys(actions) as Action[]).flatMap((action) => {
    const reach = reachOf({ roles: [role], municipalities: [] }, resource, action);
    if (reach === undefined) return [];
    return [reach === 'own' ? `${actions[action]} (eigen)` : actions[action]];
  });
  return words.length === 0 ? '–' : words.join(', ');
};

const sections = (): readonly string[] =>
  parts.map((part) => {
    const [first] = part.resources;
    const rows = roleNames.map((role) => `| \`${role}\` | ${cell(role, first)} |`);
    const hidden = 'hidden' in part ? '\n\nWie hier niets mag, krijgt 404.' : '';
    const names = part.resources.map((name) => `\`${name}\``).join(', ');
    return `## ${part.title}\n\n${names}${hidden}\n\n| rol | mag |\n|---|---|\n${rows.join('\n')}\n`;
  });

export const accessDocument = (): string =>
  [head, '## Rollen\n', rolesTable(), '', ...sections()].join('\n');
