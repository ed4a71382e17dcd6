import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')
const threats = page
  .split('## Dependencies')[0]
  ?.split(/\n(?=\*\*)/)
  .slice(1)

const proofs = (threats ?? []).flatMap(threat => {
  const line = /^Tests: (.+)$/m.exec(threat)?.[1] ?? ''
  return line.split(/(?=`tests\/)/).flatMap(part => {
    const [, file = ''] = /^`([^`]+)`/.exec(part) ?? []
    return [...part.matchAll(/"([^"]+)"/g)].map(([, name = '']) => [file, name] as const)
  })
})

describe('docs/security.md', () => {
  test('says of each threat how it is tested and what remains', () => {
    expect(threats?.length).toBeGreaterThanOrEqual(12)
    for (const threat of threats ?? []) expect(threat).toMatch(/\nTests: `tests\/.*"\.\nRemains: /)
  })

  test.each(proofs)('%s has a test «%s»', (file, name) => {
    expect(existsSync(file)).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain(name)
  })

  test('is right about the versions: each is exact', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    )
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(versions.filter(version => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([])
  })
})
