/** A plain line for whoever reads the run: what was tried, what was lost. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
