/** What is wrong with input, in Dutch and in few words. */
import { z } from 'zod';

const { localeError } = z.locales.nl();

/** Sets the language of every schema in this process. */
export const speakDutch = (): void => {
  z.config({
    localeError: (issue) => {
      if (issue.code === 'unrecognized_keys')
        return `onbekend veld: ${issue.keys.join(', ').slice(0, 200)}`;
      if (issue.code === 'invalid_type' && issue.input === undefined) return 'ontbreekt';
      const said = localeError(issue);
      const text = typeof said === 'string' ? said : said?.message;
      return text?.replace(/^Ongeldige invoer: /, '');
    },
  });
};
