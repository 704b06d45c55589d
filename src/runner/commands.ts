import { appendFileSync } from 'node:fs';
import type { Environment } from '../settings/inputs.ts';

/*
 * The runner's own protocol, as `@actions/core` speaks it. That library loads an HTTP client along with it, which takes longer than
 * this whole action needs to say that an input is wrong.
 */

/** Where an annotation points, and what it is headed with. */
export interface AnnotationProperties {
  readonly title?: string | undefined;
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  /** 1-based. */
  readonly col?: number | undefined;
}

/** Gives the runner a command on stdout; nothing in the message or the properties can be taken for another one. */
export function issueCommand(
  command: 'add-mask' | 'debug' | 'notice' | 'warning' | 'error' | 'group' | 'endgroup',
  message = '',
  properties: AnnotationProperties = {},
): void {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  process.stdout.write(`::${command}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escapeData(message)}\n`);
}

/** Writes a line on stdout, which the runner shows. The caller sees to it that the runner does not take it for a command. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Sets the outputs of the step, all of them or none; without a runner to read them, nothing happens. */
export function setOutputs(environment: Environment, outputs: Readonly<Record<string, string>>): void {
  writeFileCommand(environment['GITHUB_OUTPUT'], outputs);
}

/** Adds to the job summary; without a runner to read it, nothing happens. */
export function appendSummary(environment: Environment, markdown: string): void {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') appendFileSync(file, markdown);
}

/** Keeps a value for the step's end, which finds it as `STATE_<name>`. */
export function saveState(environment: Environment, name: string, value: string): void {
  writeFileCommand(environment['GITHUB_STATE'], { [name]: value });
}

/** Sets a variable of the environment of later steps. */
export function setVariable(environment: Environment, name: string, value: string): void {
  writeFileCommand(environment['GITHUB_ENV'], { [name]: value });
}

/** Puts a folder on the PATH of later steps. */
export function addPath(environment: Environment, folder: string): void {
  const file = environment['GITHUB_PATH'];
  if (file !== undefined && file !== '') appendFileSync(file, `${folder}\n`);
}

function writeFileCommand(file: string | undefined, values: Readonly<Record<string, string>>): void {
  if (file === undefined || file === '') return;
  appendFileSync(file, Object.entries(values).map(fileCommand).join(''));
}

function fileCommand([name, value]: readonly [string, string]): string {
  // The value ends where this line comes again, so it must not be in it.
  let delimiter = 'END';
  while (value.includes(delimiter)) delimiter += '_';
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
