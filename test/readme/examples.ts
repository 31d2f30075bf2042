/** Reads and runs the examples of the README. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root, type Service } from './service.ts';

interface Example {
  /** Line of the command in the README. */
  readonly line: number;
  readonly command: string;
  readonly expected: string;
}

/** Commands begin with `$ `; what follows, up to the next command, is their output. */
export const consoleExamples = (markdown: string): readonly Example[] => {
  const examples: { line: number; command: string; output: string[] }[] = [];
  let inside = false;
  let current: (typeof examples)[number] | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) {
      inside = !inside && text === '```console';
      current = undefined;
    } else if (inside && text.startsWith('$ ')) {
      current = { line: index + 1, command: text.slice(2), output: [] };
      examples.push(current);
    } else if (inside) {
      if (current === undefined) throw new Error(`output without a command, line ${index + 1}`);
      current.output.push(text);
    }
  }
  return examples.map(({ line, command, output }) => ({
    line,
    command,
    expected: output.join('\n').trimEnd(),
  }));
};

/** Whether output is as expected; `…` stands for anything, or nothing. */
export const matches = (expected: string, output: string): boolean => {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`).test(output);
};

/** Words of a command; quotes hold words together, as in a shell. */
const wordsOf = (command: string): readonly string[] => {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const bare = command.replace(/'[^']*'|"[^"]*"/g, '');
  if (/[;&|<>$`*?(){}\\!#]/.test(bare))
    throw new Error(`only plain commands, special characters in quotes: ${command}`);
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
};

const usual = '127.0.0.1:8470';

/** Output of one command, as if the service ran on its usual port. */
export const runExample = async (command: string, service: Service): Promise<string> => {
  const words = wordsOf(command.replaceAll(usual, service.host));
  const output = await run(words, service);
  return output.replaceAll(service.host, usual).trimEnd();
};

const run = async (words: readonly string[], { host, env }: Service): Promise<string> => {
  const [program = '', ...args] = words;
  const line = words.join(' ');
  if (program === 'curl' && args.length === 2 && line.startsWith(`curl -s http://${host}/`))
    return (await fetch(args[1]!)).text();
  if (/^(npx ledger|npm run -s ledger --) /.test(line)) {
    // npx must find the program here, and never fetch one.
    const settings = { npm_config_yes: 'false', npm_config_offline: 'true' };
    const options = { cwd: root, env: { ...process.env, ...settings, ...env } };
    return (await promisify(execFile)(program, args, options)).stdout;
  }
  throw new Error(`only curl -s http://${usual}/…, npx ledger and npm run -s ledger -- : ${line}`);
};
