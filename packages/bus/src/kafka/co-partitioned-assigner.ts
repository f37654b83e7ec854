import { AssignerProtocol, type PartitionAssigner } from 'kafkajs'
import { balancedShares, type Member } from './balanced-shares.ts'

const NAME = 'SekishoCoPartitioned'
const VERSION = 0

/**
 * Gives partition p of all topics to the same member. Each member tells with its request to join which partitions it
 * has, so that it may keep them.
 * @param ownPartitions what this member has now
 */
export function coPartitionedAssigner(ownPartitions: () => Iterable<number>): PartitionAssigner {
  return ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.from(JSON.stringify([...ownPartitions()])),
      }),
    }),
    assign: async ({ members, topics }) => {
      const counts = topics.map((topic) => cluster.findTopicPartitionMetadata(topic).length)
      const shares = balancedShares(
        Math.max(0, ...counts),
        members.map(({ memberId, memberMetadata }) => memberOf(memberId, memberMetadata)),
      )
      return [...shares].map(([memberId, partitions]) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: VERSION,
          assignment: Object.fromEntries(topics.map((topic) => [topic, partitions])),
          userData: Buffer.alloc(0),
        }),
      }))
    },
  })
}

function memberOf(id: string, metadata: Buffer): Member {
  const userData = AssignerProtocol.MemberMetadata.decode(metadata)?.userData
  let partitions: unknown = []
  try {
    partitions = JSON.parse(String(userData ?? '[]'))
  } catch {
    // Of a version that says it otherwise: it keeps nothing, which is right too.
  }
  const isNumber = (partition: unknown): partition is number => Number.isInteger(partition)
  return { id, partitions: Array.isArray(partitions) ? partitions.filter(isNumber) : [] }
}
