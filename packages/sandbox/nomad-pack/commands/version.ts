import type { CommandFunction } from '../session.ts';

export const version: CommandFunction = ({ ui, release }) => {
  ui.output(`Nomad Pack v${release.version}\n`);
  return 0;
};
