/** The key by which a repeated request is known. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { keyIn } from './headers.ts';
import { invalidInput } from './problems.ts';

export const keyHeader = {
  'Idempotency-Key': z.string().meta({
    description: 'ULID of UUID. Dezelfde sleutel met dezelfde opdracht geeft het eerste antwoord.',
    example: '01JZ0000000000000000000000',
  }),
};
/** @throws ProblemError `invalid` */
export const keyOf = (request: FastifyRequest): string => {
  const given = request.headers['idempotency-key'];
  const key = typeof given === 'string' ? keyIn(given) : undefined;
  if (key !== undefined) return key;
  throw invalidInput([
    {
      pointer: 'Idempotency-Key',
      detail:
        given === undefined ? 'ontbreekt; stuur een ULID of UUID' : 'verwacht een ULID of UUID',
    },
  ]);
};
