export default {
  testMatch: ['**/src/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  testEnvironmentOptions: { customExportConditions: ['@sekisho/source', 'node', 'node-addons'] },
}
