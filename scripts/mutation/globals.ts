import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';

/** What tests import as `@jest/globals`, for tests that run in a plain process: jest's own parts, without its sandbox of modules. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
export { jestExpect as expect };

type Config = ConstructorParameters<typeof ModernFakeTimers>[0]['config'];

/** The part of jest's object that tests use. */
export const jest = new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {} } as Config });
