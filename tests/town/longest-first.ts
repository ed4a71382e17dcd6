import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits for processes, browsers and clocks; begun last, one of them alone would keep everybody waiting. */
const longest = [
  'faults/platform',
  'tests/access',
  'whatsapp-web/life',
  'db/backup.test',
  'faults/kill',
  'faults/full-disk',
  'faults/processes',
  'bot/stop',
  'faults/database',
  'whatsapp-web/queue',
  'db/embedded',
  'e2e/',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex(name => moduleId.includes(name))
      return found < 0 ? longest.length : found
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
