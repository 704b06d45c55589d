/** What the outputs say of how it ended; empty where they do not. */
export function verdictOf(outputs: Readonly<Record<string, string>>) {
  return {
    status: outputs['status'] ?? '',
    health: outputs['health'] ?? '',
    changed: outputs['changed'] ?? '',
    reason: outputs['failure-reason'] ?? '',
  };
}
