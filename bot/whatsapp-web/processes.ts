import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What the machine's process list says; where there is none (not Linux), nothing is found and nothing is ended. */

interface Browser {
  pid: number
  parent: number
}

/** Browsers that run on this very profile: nobody else has a reason to. */
function browsersOn(profile: string): Browser[] {
  return pids().flatMap(pid => {
    const words = commandOf(pid)
    const ours =
      words.includes(`--user-data-dir=${profile}`) && !words.some(word => word.startsWith('--type='))
    return ours ? [{ pid, parent: Number(statOf(pid)[1]) }] : []
  })
}

export function browserPids(profile: string): number[] {
  return browsersOn(profile).map(({ pid }) => pid)
}

/** Ends what still runs on the profile, with its children: puppeteer made it the leader of a group of its own. */
export function killBrowsers(profile: string) {
  for (const pid of browserPids(profile).flatMap(pid => [-pid, pid])) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It went in between, or leads no group.
    }
  }
}

/**
 * Makes the profile free for a new browser: ends one that an earlier life left behind, and takes away the marks of
 * one that is no more. False if another bot's worker holds it.
 */
export function freeProfile(profile: string, worker: string): boolean {
  const held = browsersOn(profile).some(({ parent }) => commandOf(parent).includes(worker))
  if (held) return false
  killBrowsers(profile)
  for (const mark of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    rmSync(join(profile, mark), { force: true })
  return true
}

/** What the worker and its browser hold, shared memory counted by share. */
export function memoryBytes(profile: string, worker: number | undefined): number {
  const leaders = browserPids(profile)
  const group = leaders.length > 0 ? pids().filter(pid => leaders.includes(Number(statOf(pid)[2]))) : []
  const shares = [...group, ...(worker ? [worker] : [])].map(pid => {
    const pss = /^Pss:\s+(\d+) kB/m.exec(fileOf(pid, 'smaps_rollup'))?.[1]
    return Number(pss ?? 0) * 1024
  })
  return shares.reduce((sum, bytes) => sum + bytes, 0)
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function commandOf(pid: number): string[] {
  return fileOf(pid, 'cmdline').split('\0')
}

/** What follows the name, which may hold anything: state, parent, group, … */
function statOf(pid: number): string[] {
  const stat = fileOf(pid, 'stat')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
