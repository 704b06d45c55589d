import { type Allocation, type CheckResult, checkResultsSchema } from '../api.ts';
import type { NomadClient, RequestOptions } from '../client.ts';

/** More of them nobody reads. */
const mostChecks = 3;
const mostCharacters = 300;

export interface CheckInquiry {
  readonly client: NomadClient;
  readonly suspect: Allocation;
  readonly redact: (text: string) => string;
  readonly options: RequestOptions;
}

/**
 * The health checks of an allocation that do not pass, redacted: `health check "alive" of service "web" fails: connection refused`;
 * several joined with `; `. Empty where there are none, or where the node cannot be asked. Of checks in Consul Nomad tells nothing.
 */
export async function describeFailingChecks({ client, suspect, redact, options }: CheckInquiry): Promise<string> {
  const path = `/v1/client/allocation/${encodeURIComponent(suspect.ID)}/checks`;
  try {
    const query = { namespace: suspect.Namespace };
    const { body } = await client.get(path, checkResultsSchema, { ...options, query });
    const failing = Object.values(body ?? {}).filter(
      ({ Mode, Status }) => Mode !== 'readiness' && Status !== 'success',
    );
    const told = failing.map((check) => describeCheck(check, redact)).sort();
    const more = told.length > mostChecks ? [`${told.length - mostChecks} more`] : [];
    return [...told.slice(0, mostChecks), ...more].join('; ');
  } catch (error) {
    client.log(`No health checks of allocation ${suspect.ID}: ${(error as Error).message}`);
    return '';
  }
}

function describeCheck({ Check, Service, Status, Output }: CheckResult, redact: (text: string) => string): string {
  // So Nomad calls a check that was not given a name.
  const name = Check.startsWith('service: ') ? 'health check' : `health check "${redact(Check)}"`;
  const subject = `${name} of service "${redact(Service)}"`;
  if (Status === 'pending') return `${subject} has not answered yet`;
  const output = redact(Output).replace(/\s+/g, ' ').trim();
  const shown = output.length > mostCharacters ? `${output.slice(0, mostCharacters).toWellFormed()}…` : output;
  return shown === '' ? `${subject} fails` : `${subject} fails: ${shown}`;
}
