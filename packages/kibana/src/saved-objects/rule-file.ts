import { linesOf } from './saved-object.ts'

/** Rules as a file that the detection engine imports: a line each, and one of details as Kibana writes it when it exports. */
export function rulesFile(rules: readonly object[]): string {
  const details = {
    exported_count: rules.length,
    exported_rules_count: rules.length,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: 0,
    exported_exception_list_item_count: 0,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: 0,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  }
  return linesOf([...rules, details])
}
