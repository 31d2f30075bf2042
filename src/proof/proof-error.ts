/**
 * What was given proves nothing: malformed, forged, or of something else. The message is Dutch: it
 * is told to who has it checked.
 */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

/** The ledger shows another history than was seen before. */
export class ForkError extends ProofError {}

/** There is nothing to look at, or this machine cannot: it says nothing of the ledger. */
export class UnreadError extends ProofError {}
