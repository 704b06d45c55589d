export { type CommitOptions, makeRegistry, type Registry, type RegistryOptions } from './registry.ts';
export {
  type GitServer,
  type GitServerOptions,
  type Misbehaviour,
  type Occasion,
  type ServedRepository,
  startGitServer,
} from './server.ts';
