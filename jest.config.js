/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '<rootDir>/packages/*/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  // For a test that hangs; a machine that is busy may be slow.
  testTimeout: 30_000,
  // Where mutants are tried.
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types.js' },
};
