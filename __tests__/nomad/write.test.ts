import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { NomadResponseError, NomadUnreachableError } from '../../src/nomad/errors.ts';
import { writeOnce } from '../../src/nomad/write.ts';

const answered = (status: number, words = 'no') => new NomadResponseError('nomad-error', words, '', status, words);
const lost = new NomadUnreachableError('reset', '', false);
const unsent = new NomadUnreachableError('refused', '', true);
const cancelled = new ActionError('cancelled', 'cancelled');

interface Play {
  /** What each attempt comes to, the last one again and again; undefined is a success. */
  readonly sent: readonly (Error | undefined)[];
  /** What each look finds, likewise. */
  readonly looks?: readonly (Error | boolean)[];
  readonly patience?: number;
}

async function play({ sent, looks = [false], patience = 0 }: Play) {
  const did: string[] = [];
  const next = <Item>(list: readonly Item[], word: string) => {
    const item = list[Math.min(did.filter((one) => one === word).length, list.length - 1)];
    did.push(word);
    return item;
  };
  const written = await writeOnce(
    async () => {
      const failure = next(sent, 'send');
      if (failure !== undefined) throw failure;
    },
    async () => {
      const found = next(looks, 'look');
      if (found instanceof Error) throw found;
      return found === true;
    },
    patience,
  );
  return { state: written.state, failure: 'failure' in written ? written.failure : undefined, did: did.join(' ') };
}

describe('a write', () => {
  test.each<[string, Play, Awaited<ReturnType<typeof play>>]>([
    ['is done when it is answered', { sent: [undefined] }, { state: 'done', failure: undefined, did: 'send' }],
    [
      'is undone when it is refused',
      { sent: [answered(403)] },
      { state: 'undone', failure: answered(403), did: 'send' },
    ],
    ['is undone when it never left', { sent: [unsent] }, { state: 'undone', failure: unsent, did: 'send' }],
    [
      'is looked for when its answer is lost',
      { sent: [lost], looks: [true] },
      { state: 'done', failure: undefined, did: 'send look' },
    ],
    [
      'is looked for when a gateway answers',
      { sent: [answered(502)], looks: [true] },
      { state: 'done', failure: undefined, did: 'send look' },
    ],
    [
      'is looked for when the server fails over it, and not sent again',
      { sent: [answered(500)], patience: 5_000 },
      { state: 'undone', failure: answered(500), did: 'send look' },
    ],
    [
      'is sent again once it is known not to be done',
      { sent: [lost, undefined], patience: 5_000 },
      { state: 'done', failure: undefined, did: 'send look send' },
    ],
    [
      'is not sent again once it is done, late',
      { sent: [answered(503)], looks: [false, false, true], patience: 5_000 },
      { state: 'done', failure: undefined, did: 'send look send look send look' },
    ],
    [
      'is looked for when the second attempt is refused: the first one may have been carried out',
      { sent: [lost, answered(404)], looks: [false, true], patience: 5_000 },
      { state: 'done', failure: undefined, did: 'send look send look' },
    ],
    [
      'is undone when the second attempt is refused, and nothing is there',
      { sent: [lost, answered(403)], patience: 5_000 },
      { state: 'undone', failure: answered(403), did: 'send look send look' },
    ],
    [
      'is unknown where nobody can look',
      { sent: [lost], looks: [lost], patience: 5_000 },
      { state: 'unknown', failure: lost, did: 'send look' },
    ],
    [
      'is unknown when the step was cancelled over it',
      { sent: [cancelled], looks: [cancelled], patience: 5_000 },
      { state: 'unknown', failure: cancelled, did: 'send look' },
    ],
    [
      'is unknown when patience is over',
      { sent: [answered(502)] },
      { state: 'unknown', failure: answered(502), did: 'send look' },
    ],
  ])('%s', async (_, played, expected) => {
    expect(await play(played)).toEqual(expected);
  });
});
