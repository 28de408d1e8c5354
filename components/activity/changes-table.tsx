import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'

export type AttributeChange = { attribute: string; before?: string; after?: string }

/** What a request changed, attribute by attribute. */
export function ChangesTable({ changes }: { changes: readonly AttributeChange[] }) {
  return (
    <Table caption="Changes" className="sm:table-fixed">
      <TableHead>
        <Th>Attribute</Th>
        <Th>Before</Th>
        <Th>After</Th>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <Tr key={`${change.attribute} ${change.before ?? ''} ${change.after ?? ''}`}>
            <Td place="primary" className="font-mono text-xs [overflow-wrap:anywhere] sm:w-1/3 sm:max-w-none">
              {change.attribute}
            </Td>
            <Td place="wide" label="Before" className="[overflow-wrap:anywhere]">
              {change.before === undefined ? (
                <None />
              ) : (
                <del className="text-danger decoration-danger/40">{change.before}</del>
              )}
            </Td>
            <Td place="wide" label="After" className="[overflow-wrap:anywhere]">
              {change.after === undefined ? (
                <None />
              ) : (
                <ins className="text-success no-underline">{change.after}</ins>
              )}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

function None() {
  return <span className="text-fg-subtle">none</span>
}
