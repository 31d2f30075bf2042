/** Every package has a reason in the README and a use in the tree; the lock installs anywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { depcruise, root } from './depcruise.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const Names = z.record(z.string(), z.string());
const { dependencies, devDependencies, scripts } = z
  .object({ dependencies: Names, devDependencies: Names, scripts: Names })
  .parse(JSON.parse(read('package.json')));

/** Names of the packages that some modules import. */
const importedBy = (...entries: string[]): ReadonlySet<string> =>
  new Set(
    depcruise(root, ...entries)
      .modules.flatMap((module) => module.dependencies)
      .filter(({ dependencyTypes }) => dependencyTypes.some((type) => type.startsWith('npm')))
      .map(({ module }) =>
        module
          .split('/')
          .slice(0, module.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );

describe('README', () => {
  const section = read('README.md')
    .split(/^## /m)
    .find((part) => part.startsWith('Dependencies'));

  test.each(Object.keys({ ...dependencies, ...devDependencies }))(
    'gives a reason for %s',
    (name) => {
      const line = section?.split('\n').find((text) => text.includes(`\`${name}\``));
      expect(line, `README.md, Dependencies, has no line for ${name}`).toBeDefined();
      expect(line!.length).toBeGreaterThan(name.length + 20);
    },
  );

  test('names no package that is not there', () => {
    const named = [...(section ?? '').matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in { ...dependencies, ...devDependencies }))).toEqual([]);
  });
});

describe('package.json', () => {
  test('every dependency is imported by what runs', () => {
    const imported = importedBy('events', 'projections', 'src');
    // Styles and fonts are no modules: the stylesheet names the packages it is put together from.
    const styles = read('src/web/stylesheet.ts');
    const used = (name: string): boolean => imported.has(name) || styles.includes(`'${name}/`);
    expect(Object.keys(dependencies).filter((name) => !used(name))).toEqual([]);
  });

  test('every development dependency is imported, run by a script, or brings types', () => {
    const imported = importedBy('test', 'vitest.config.ts', 'eslint.config.js');
    const programs: Readonly<Record<string, string>> = {
      typescript: 'tsc',
      'dependency-cruiser': 'depcruise',
    };
    const commands = Object.values(scripts).flatMap((script) => script.split(' '));
    const unused = Object.keys(devDependencies)
      .filter((name) => !name.startsWith('@types/'))
      .filter((name) => !imported.has(name) && !commands.includes(programs[name] ?? name));
    expect(unused).toEqual([]);
  });

  test('versions are exact', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('the lock names no registry', () => {
  const lock = read('package-lock.json');
  expect(lock).not.toContain('"resolved"');
  expect(lock).not.toMatch(/https?:\/\/[^"]*\.tgz/);
});

describe('what the lock brings', () => {
  const Locked = z.object({
    version: z.string(),
    integrity: z.string().optional(),
    license: z.string().optional(),
    hasInstallScript: z.boolean().optional(),
  });
  const { packages } = z
    .object({ packages: z.record(z.string(), Locked) })
    .parse(JSON.parse(read('package-lock.json')));
  const brought = Object.entries(packages).filter(([path]) => path !== '');

  test('is checked by its hash', () => {
    const unchecked = brought.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  test('runs nothing when it is installed, but for Node itself', () => {
    const scripted = brought.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    // What protobufjs would run only warns; npm is told in package.json not to.
    expect(scripted.map(([path]) => path)).toEqual([
      'node_modules/node',
      'node_modules/protobufjs',
    ]);
  });

  test('may be used with our licence', () => {
    const free =
      /^\(?(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|Unlicense|MPL-2\.0|EUPL-1\.2|OFL-1\.1)( (OR|AND) .*)?\)?$/;
    const other = brought.filter(([, { license }]) => !free.test(license ?? ''));
    expect(other.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });
});
