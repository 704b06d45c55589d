/** A line of an error's context: what it is about, and its value. */
export type ContextLine = readonly [label: string, value: string];

/** What nomad-pack says when something is wrong: a title, the error, and where it was. */
export class Problem extends Error {
  readonly title: string;
  readonly context: readonly ContextLine[];

  constructor(title: string, message: string, context: readonly ContextLine[] = []) {
    super(message);
    this.name = 'Problem';
    this.title = title;
    this.context = context;
  }

  /** The same, with more context after its own. */
  within(context: readonly ContextLine[]): Problem {
    return new Problem(this.title, this.message, [...this.context, ...context]);
  }
}

/** Several problems at once. */
export class Problems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'Problems';
    this.problems = problems;
  }
}
