import { describe, expect, test } from '@jest/globals';
import { afterwards } from '../../../__tests__/support/afterwards.ts';
import { type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { ask, jobSpecification, register } from './support/api.ts';

/** A job that runs, at version 0. */
async function running(specification: string): Promise<SimulatedNomad> {
  const nomad = await startNomad();
  afterwards(() => nomad.stop());
  await register(nomad, specification);
  await nomad.until((state) => state.jobAllocations('default', 'web').some((one) => one.ClientStatus === 'running'));
  return nomad;
}

const tags = ({ state }: SimulatedNomad) =>
  state.jobVersions('default', 'web').map(({ Version, VersionTag }) => `${Version} ${VersionTag?.Name ?? '-'}`);

/** As measured on Nomad 2.0.6. */
describe('tags of versions', () => {
  const tag = async (nomad: SimulatedNomad, version: number, name: string) =>
    await ask(nomad, `POST /v1/job/web/versions/${name}/tag`, { Version: version, Description: 'why' });

  test('are of one version each, can be written anew, and be taken away', async () => {
    const nomad = await running(jobSpecification('web'));
    expect(await tag(nomad, 0, 'one')).toMatchObject({ status: 200, body: { Name: 'one', Description: 'why' } });
    expect((await tag(nomad, 0, 'two')).status).toBe(200);
    await register(nomad, jobSpecification('web', { message: 'other' }));
    expect(await tag(nomad, 1, 'two')).toMatchObject({
      status: 500,
      text: 'tag "two" already exists on a different version of job "web"',
    });
    expect((await tag(nomad, 7, 'three')).text).toBe('job "web" version 7 not found');
    expect(tags(nomad)).toEqual(['1 -', '0 two']);
    expect((await ask(nomad, 'DELETE /v1/job/web/versions/two/tag')).status).toBe(200);
    expect((await ask(nomad, 'DELETE /v1/job/web/versions/two/tag')).text).toBe('tag "two" not found on job "web"');
    expect(tags(nomad)).toEqual(['1 -', '0 -']);
  });

  test('make another version of the same job without one, go with a stop, and not with a revert', async () => {
    const nomad = await running(jobSpecification('web'));
    await tag(nomad, 0, 'one');
    await register(nomad, jobSpecification('web'));
    expect(tags(nomad)).toEqual(['1 -', '0 one']);
    await tag(nomad, 1, 'two');
    await ask(nomad, 'DELETE /v1/job/web');
    expect(tags(nomad)).toEqual(['2 two', '1 two', '0 one']);
    await ask(nomad, 'POST /v1/job/web/revert', { JobID: 'web', JobVersion: 0 });
    expect(tags(nomad)[0]).toBe('3 -');
  });

  test('keep a version from being forgotten', async () => {
    const nomad = await running(jobSpecification('web'));
    await tag(nomad, 0, 'one');
    for (let index = 0; index < 9; index += 1)
      await register(nomad, jobSpecification('web', { message: `number ${index}` }));
    expect(tags(nomad)).toEqual(['9 -', '8 -', '7 -', '6 -', '5 -', '4 -', '0 one']);
  });
});

test.each([
  ['service', 1],
  ['system', 0],
])(
  'an allocation of a %s that is stopped has %i in its place before the job is evaluated again',
  async (type, count) => {
    const nomad = await running(jobSpecification('web', { type }));
    const [first] = nomad.state.jobAllocations('default', 'web');
    expect((await ask(nomad, `POST /v1/allocation/${first?.ID}/stop`)).status).toBe(200);
    const isRunning = () =>
      nomad.state.jobAllocations('default', 'web').filter(({ ClientStatus }) => ClientStatus === 'running').length;
    await nomad.until((state) => {
      const done = state.jobEvaluations('default', 'web').every(({ Status }) => Status === 'complete');
      return done && state.allocation(first?.ID ?? '')?.ClientStatus === 'complete' && isRunning() === count;
    });
    await ask(nomad, 'POST /v1/job/web/evaluate', { JobID: 'web' });
    await nomad.until(() => isRunning() === 1);
    expect((await ask(nomad, 'POST /v1/allocation/none/stop')).status).toBe(404);
  },
);
