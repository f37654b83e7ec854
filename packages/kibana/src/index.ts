export { type KibanaFile, kibanaFiles, OBJECTS_FILE, RULE_FILE } from './kibana-files.ts'
